"""BibTeX: its grammar, and what its fields mean."""
