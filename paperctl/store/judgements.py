"""The user's judgements on pairs of papers: same, distinct, or versions of each other.

Entries that were one paper and were taken apart are distinct, each from all the others. That is one
judgement, however many they are, and is never written out as pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import count, product
from typing import Generic, Literal, TypeVar

Judgement = Literal["same", "distinct", "version"]
K = TypeVar("K", str, int)
J = TypeVar("J", str, int)


class Judgements(Generic[K]):
    """Judgements on pairs of papers, named by their ids or places. The newest judgement on a pair holds."""

    def __init__(self, pairs: Mapping[tuple[K, K], Judgement] | None = None) -> None:
        self._all: list[tuple[K, K, Judgement] | dict[K, int]] = []
        """Every judgement, oldest first: on a pair, or for papers kept apart the side of each."""
        self._pairs: dict[tuple[K, K], int] = {}
        self._sides: dict[K, dict[int, int]] = {}
        for (a, b), judgement in (pairs or {}).items():
            self.add(a, b, judgement)

    def __bool__(self) -> bool:
        return bool(self._all)

    def add(self, a: K, b: K, judgement: Judgement) -> None:
        """Adds a judgement on a pair."""
        self._pairs[(a, b) if a < b else (b, a)] = len(self._all)
        self._all.append((a, b, judgement))

    def separate(self, groups: Iterable[Iterable[K]]) -> None:
        """Adds that papers of different groups are distinct."""
        self._separate({paper: side for side, group in enumerate(groups) for paper in group})

    def _separate(self, sides: dict[K, int]) -> None:
        for paper, side in sides.items():
            self._sides.setdefault(paper, {})[len(self._all)] = side
        self._all.append(sides)

    def stand_with(self, papers: Iterable[K], others: Iterable[K]) -> None:
        """Adds that wherever the others were kept apart from any papers, these are so as well: on
        their side, or where they are on several, apart from all of them."""
        papers = list(papers)
        found: dict[int, set[int]] = {}
        for other in others:
            for n, side in self._sides.get(other, {}).items():
                found.setdefault(n, set()).add(side)
        for n, on in found.items():
            sides = self._all[n]
            if isinstance(sides, dict):
                side = on.pop() if len(on) == 1 else max(sides.values()) + 1
                for paper in papers:
                    if paper not in sides:
                        sides[paper] = self._sides.setdefault(paper, {})[n] = side

    def get(self, a: K, b: K) -> Judgement | None:
        """The judgement that holds on a pair."""
        newest = self._pairs.get((a, b) if a < b else (b, a), -1)
        theirs = self._sides.get(b, {})
        for n, side in self._sides.get(a, {}).items():
            if n > newest and theirs.get(n, side) != side:
                newest = n
        found = self._all[newest] if newest >= 0 else {}
        return found[2] if isinstance(found, tuple) else "distinct" if found else None

    def pairs(self) -> Iterator[tuple[K, K, Judgement]]:
        """The pairs that were judged one by one, in order, each with the judgement that holds."""
        return ((a, b, found) for a, b in self._pairs if (found := self.get(a, b)))

    def sides(self, paper: K) -> Mapping[int, int]:
        """For each time that this paper was kept apart from others a number, and on which side it was."""
        return self._sides.get(paper, {})

    def groups(self, papers: Collection[K]) -> Iterator[Mapping[K, int]]:
        """For each time that some of these papers were kept apart from others, on which side who was."""
        for n in sorted({n for paper in papers for n in self._sides.get(paper, ())}):
            sides = self._all[n]
            if isinstance(sides, dict) and any(paper not in papers for paper in sides):
                yield sides

    def papers(self) -> set[K]:
        """The papers that were judged."""
        return {paper for pair in self._pairs for paper in pair} | self._sides.keys()

    def among(self, became: Callable[[K], Iterable[J]]) -> Judgements[J]:
        """The judgements on what each paper became: none, one or several papers."""
        found: Judgements[J] = Judgements()
        for held in self._all:
            if isinstance(held, tuple):
                for one, other in product(became(held[0]), became(held[1])):
                    if one != other:
                        found.add(one, other, held[2])
                continue
            sides: dict[J, int] = {}
            alone = count(max(held.values(), default=0) + 1)
            for paper, side in held.items():
                for one in became(paper):
                    # What has two sides in it is apart from both.
                    sides[one] = side if sides.get(one, side) == side else next(alone)
            if len({*sides.values()}) > 1:
                found._separate(sides)
        return found
