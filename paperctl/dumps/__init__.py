"""Dumps: opened, unpacked and decoded, and cut into parts of one format."""
