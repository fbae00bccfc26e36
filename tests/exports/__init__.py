"""Tests of what papers leave as."""
