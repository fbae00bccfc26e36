"""Where a search looks for papers: an index of them, or, without one, each paper in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from paperctl.query.haystack import Haystack
from paperctl.query.match import Query
from paperctl.query.near import near
from paperctl.query.rank import rank
from paperctl.query.wording import Sought
from paperctl.record import Record
from paperctl.record.fields import ANYWHERE

Alternatives = Sequence[Sought]
"""Spellings of one word of a query, any of which will do."""


class Most(NamedTuple):
    """Words of which a paper is to hold so many that these weigh enough together."""

    words: Sequence[Alternatives]
    weights: Sequence[float]
    enough: float

    def all_in(self, record: Record) -> bool:
        """Whether the paper holds every word, in any of its spellings."""
        hay = Haystack(record)
        return all(any(sought.anywhere(hay) for sought in spellings) for spellings in self.words)


class Corpus(Protocol):
    """Papers to search."""

    def matching(self, query: Query, weighed: int) -> Iterable[Record]:
        """The papers that match a query. Those that may be the best ones, so many, come first, in the order
        of the store."""

    def holding_most(self, most: Most, *, whole: int = 0, query: Query | None = None) -> Iterable[Record]:
        """The papers whose words weigh enough together, and maybe others; where so many as `whole`, if not 0,
        hold all words, maybe only these. With a query, maybe only those that hold what it asks for firmly."""

    def holding(self, words: Sequence[Sought]) -> tuple[list[int], int]:
        """How many papers hold each of the words, and how many there are."""

    def near(self, word: str) -> list[str]:
        """Words of the papers that are spelt nearly so, the nearest first."""


class Scan:
    """Papers looked through one by one; `papers` begins anew at each call."""

    def __init__(self, papers: Callable[[], Iterable[Record]]) -> None:
        self._papers = papers

    def listed(self, query: Query) -> Iterator[Record]:
        """The papers that match a query, in the order of the store."""
        return (record for record in self._papers() if query.matches(record))

    def matching(self, query: Query, weighed: int) -> Iterable[Record]:
        found = list(self.listed(query))
        if len(found) <= weighed:
            return found
        return [record for _, record in rank(found, query)]

    def holding_most(self, most: Most, *, whole: int = 0, query: Query | None = None) -> Iterator[Record]:
        for record in self._papers():
            hay = Haystack(record)
            weighed = zip(most.words, most.weights, strict=True)
            if sum(w for of, w in weighed if any(s.anywhere(hay) for s in of)) >= most.enough:
                yield record

    def holding(self, words: Sequence[Sought]) -> tuple[list[int], int]:
        found, papers = [0] * len(words), 0
        for record in self._papers():
            papers += 1
            hay = Haystack(record)
            for n, word in enumerate(words):
                found[n] += word.anywhere(hay)
        return found, papers

    def near(self, word: str) -> list[str]:
        begins = f" {word[0]}"
        texts = (hay.folded(name) for hay in map(Haystack, self._papers()) for name in ANYWHERE)
        known = {other for text in texts if begins in text for other in text.split() if other[0] == word[0]}
        return near(word, known)
