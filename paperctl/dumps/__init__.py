"""Dumps as bytes and lines: files, folders, archives, encodings."""
