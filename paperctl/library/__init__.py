"""What can be done to a store: one module for each operation."""
