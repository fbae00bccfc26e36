"""Lists of papers in Markdown: blocks, tables, and a paper as a line tells of it."""
