"""Review of doubtful pairs: the questions, how a pair is shown, the sitting."""
