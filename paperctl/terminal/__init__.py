"""What a person sees in a terminal: cleaned text, tables, views, bars."""
