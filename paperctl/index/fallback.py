"""An index that answers whatever happens to its file: the papers are then looked through one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from paperctl.index.indexed import Indexed
from paperctl.parallel.reports import Notify
from paperctl.query.corpus import Corpus, Most, Scan
from paperctl.query.match import Query
from paperctl.query.wording import Sought
from paperctl.record import Record

T = TypeVar("T")


class IndexOrScan:
    """The papers through an index while it can be read; when it no longer can, `notify` gets a message, and
    `forget` has it made anew the next time."""

    def __init__(self, index: Indexed, scan: Scan, notify: Notify, forget: Callable[[], None]) -> None:
        self._index: Indexed | None = index
        self._scan, self._notify, self._forget = scan, notify, forget

    def listed(self, query: Query) -> Iterator[Record] | None:
        """The papers that match a query, in the order of the store; None if the index does not know them."""
        if not self.answered(lambda index: index.can(query)):
            return None
        return self._found(lambda corpus: corpus.listed(query))

    def matching(self, query: Query, weighed: int) -> Iterator[Record]:
        return self._found(lambda corpus: corpus.matching(query, weighed))

    def _found(self, ask: Callable[[Indexed | Scan], Iterable[Record]]) -> Iterator[Record]:
        """What the index finds, and, where it fails on the way, the rest without it."""
        had = set()
        try:
            for record in ask(self._index) if self._index is not None else ():
                had.add(record["id"])
                yield record
        except sqlite3.Error as fault:
            self._give_up(fault)
        if self._index is None:
            yield from (record for record in ask(self._scan) if record["id"] not in had)

    def answered(self, ask: Callable[[Indexed], T | None]) -> T | None:
        """What only an index knows; None if it cannot be read, or does not know."""
        try:
            return ask(self._index) if self._index is not None else None
        except sqlite3.Error as fault:
            self._give_up(fault)
            return None

    def holding_most(self, most: Most, *, whole: int = 0, query: Query | None = None) -> Iterable[Record]:
        return self._asked(lambda corpus: corpus.holding_most(most, whole=whole, query=query))

    def holding(self, words: Sequence[Sought]) -> tuple[list[int], int]:
        return self._asked(lambda corpus: corpus.holding(words))

    def near(self, word: str) -> list[str]:
        return self._asked(lambda corpus: corpus.near(word))

    def _asked(self, ask: Callable[[Corpus], T]) -> T:
        if self._index is not None:
            try:
                return ask(self._index)
            except sqlite3.Error as fault:
                self._give_up(fault)
        return ask(self._scan)

    def _give_up(self, fault: sqlite3.Error) -> None:
        self._index = None
        self._forget()
        self._notify(f"no index any more: {fault}; the papers are looked through one by one")
