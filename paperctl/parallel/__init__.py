"""Long work: shared out to processes, and how far it is."""
