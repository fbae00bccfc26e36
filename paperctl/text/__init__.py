"""Text as characters: folding, cleaning, width. Imports nothing of paperctl."""
