"""Web pages of conferences: where each keeps its papers."""
