"""Browsing: the papers of a store on the whole screen, with a preview next to the list."""
