"""The words of an index, in their spellings."""

from __future__ import annotations

import sqlite3
from functools import cache

from paperctl.index.layout import LAST
from paperctl.query.wording import Sought
from paperctl.text.alike import alike

_COMMON = 10_000
"""Papers that hold a word, one or the other: more are not counted one by one, which takes a millisecond."""
_SELDOM = 5
"""Spellings that so many times fewer papers hold would weigh as the rare words that they are not."""


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

    def common(self, word: Sought) -> list[int]:
        """How many papers hold each spelling of a common word, counting one does not pay for; none if it is
        another word."""
        if word.field or word.literal or not word.text.isalpha():
            return []
        papers = self.papers_of(word.text, whole=word.whole)
        return papers if sum(papers) > _COMMON else []

    def usual(self, word: Sought) -> list[str]:
        """The spellings of a common word without those that few papers hold; none if it is another word, or
        more often the beginning of one."""
        if not (papers := self.common(word)):
            return []
        found = self._connection.execute(
            "SELECT word, papers FROM word WHERE form = ? ORDER BY papers DESC", (alike(word.text),)
        ).fetchall()
        usual = {spelling: n for spelling, n in found if n * _SELDOM >= found[0][1]}
        return [*usual] if 2 * sum(usual.values()) >= sum(papers) else []

    def _first(self, query: str, *values: str) -> list[str]:
        return [word for (word,) in self._connection.execute(query, values)]
