"""Screening: one paper after the other, the most promising next, each decision kept."""
