"""A full-text index of a store's papers: one SQLite file next to them, derived from them alone.

It only says which lines may answer a query; the line itself is read and tested as without it, so a
wrong index costs time, never a paper more. Readers open it without a lock: it is replaced as a
whole, by renaming. Whatever is the matter with it, it is thrown away and made again, or done without.
"""

from paperctl.store import Store

PAYS_FROM = 1_000_000
"""Bytes of papers.jsonl from which an index is worth its making: some 700 papers with abstracts."""


def pays(store: Store) -> bool:
    """Whether the papers are so many that an index saves time."""
    try:
        return store.papers_file.stat().st_size >= PAYS_FROM
    except OSError:
        return False
