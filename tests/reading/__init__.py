"""Reading dumps: from files and folders to entries."""
