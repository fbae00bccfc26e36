"""paperctl from Python: `import paperctl as pc`. docs/python.md shows it at work."""
