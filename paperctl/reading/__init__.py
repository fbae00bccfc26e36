"""Reading a dump: which reader, its entries normalised, a receipt of every line."""
