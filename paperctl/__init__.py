"""paperctl: from thousands of submissions to the twenty papers worth reading."""

__version__ = "0.1.0"
