"""The record of a paper: its fields."""
