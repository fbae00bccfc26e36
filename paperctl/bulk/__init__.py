"""Snapshots that are no store, deduplicated and tagged on one machine or several, by the rules of a store."""
