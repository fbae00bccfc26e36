"""What the user sees in a terminal: cleaned text, tables, views, bars."""
