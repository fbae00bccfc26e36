"""Pages of Hugging Face papers: their lines."""
