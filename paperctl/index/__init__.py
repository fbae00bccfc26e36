"""A full-text index of a store's papers: one SQLite file beside them, derived from them alone.

It only says which lines may answer a query; the line itself is read and tested as without it, so a
wrong index costs time, never a paper more. Readers open it without a lock: it is replaced as a
whole, by renaming. Whatever is the matter with it, it is thrown away and made again, or done without.
"""
