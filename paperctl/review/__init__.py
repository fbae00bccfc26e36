"""Review of doubtful pairs: the questions, the view of a pair, the session."""
