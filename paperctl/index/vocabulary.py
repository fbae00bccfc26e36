"""The words of an index, in their spellings."""

from __future__ import annotations

import sqlite3
from functools import cache

from paperctl.index.layout import LAST
from paperctl.text.alike import alike


class Words:
    """The words of an index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.spellings = cache(self._spellings)

    def _spellings(self, word: str) -> list[str]:
        return self._first("SELECT word FROM word WHERE form = ?", alike(word))

    def begun(self, beginning: str, but: str) -> list[str]:
        return self._first(
            "SELECT word FROM word WHERE form >= ? AND form < ? AND NOT (word >= ? AND word < ?)",
            *(beginning, beginning + LAST, but, but + LAST),
        )

    def beginning(self, letter: str) -> list[str]:
        """All words that begin with a letter."""
        return self._first("SELECT word FROM word WHERE word >= ? AND word < ?", letter, letter + LAST)

    def papers_of(self, word: str, *, whole: bool) -> list[int]:
        """How many papers hold each spelling of a word, and, if not `whole`, each word that begins so."""
        found = self._connection.execute(
            "SELECT papers FROM word WHERE word >= ?1 AND word < ?2 UNION ALL"
            " SELECT papers FROM word WHERE form = ?3 AND NOT (word >= ?1 AND word < ?2)",
            (word, word if whole else word + LAST, alike(word)),
        )
        return [papers for (papers,) in found]

    def _first(self, query: str, *values: str) -> list[str]:
        return [word for (word,) in self._connection.execute(query, values)]
