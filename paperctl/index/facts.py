"""What papers are sorted by and counted among, kept next to their texts."""

from __future__ import annotations

import sqlite3
from collections import Counter

from msgspec import Struct

from paperctl.index.layout import OUT_OF_ORDER, SORTED, TWICE
from paperctl.index.texts import Texts
from paperctl.record.tallies import Counted, Tally, tallies


class _Alike(Struct):
    """Papers that are counted alike: the numbers of their tallies, the same as text, how many they are."""

    numbers: list[int]
    text: str
    papers: int = 0


class Facts:
    """The tables `fact` and `tally` while an index is made or brought up to date."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ids: dict[Tally, int] = {}
        self._counts: Counter[int] = Counter()
        for number, kind, name, papers in connection.execute("SELECT id, kind, name, papers FROM tally"):
            self._ids[kind, name] = number
            self._counts[number] = papers
        self._alike: dict[Counted, _Alike] = {}
        self._added: list[tuple[object, ...]] = []
        self._dropped: list[tuple[int]] = []

    def put(self, row: int, texts: Texts, before: tuple[int, ...] | None) -> None:
        """A paper that is new, or has changed since it was in the row that `before` begins with."""
        if before:
            self.drop(before[0])
        found = self._alike.get(texts.counted)
        if found is None:
            ids = self._ids
            numbers = [ids.setdefault(tally, len(ids) + 1) for tally in tallies(texts.counted)]
            found = self._alike[texts.counted] = _Alike(numbers, " ".join(map(str, numbers)))
        found.papers += 1
        self._added.append((row, *texts.order, texts.decided, found.text))

    def drop(self, row: int) -> None:
        """A paper that is gone, or has changed."""
        self._dropped.append((row,))
        for (numbers,) in self._connection.execute("SELECT tallies FROM fact WHERE row = ?", (row,)):
            self._counts.subtract(map(int, numbers.split()))

    def write_rows(self) -> None:
        """Writes the rows that came and went since the last time: all of a store would fill the memory."""
        self._connection.executemany("DELETE FROM fact WHERE row = ?", self._dropped)
        marks = ", ".join("?" * (len(SORTED) + 3))
        self._connection.executemany(f"INSERT INTO fact VALUES ({marks})", self._added)
        self._dropped.clear()
        self._added.clear()

    def write(self, *, in_order: bool, twice: int) -> None:
        """Writes what was added and dropped."""
        for alike in self._alike.values():
            for number in alike.numbers:
                self._counts[number] += alike.papers
        for tally, count in (((OUT_OF_ORDER, ""), not in_order), ((TWICE, ""), twice)):
            self._counts[self._ids.setdefault(tally, len(self._ids) + 1)] = count
        self.write_rows()
        self._connection.execute("DELETE FROM tally")
        rows = ((number, *tally, self._counts[number]) for tally, number in self._ids.items())
        self._connection.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", rows)
