"""The papers of a store as a sequence that decodes a line when it is asked for, so that adding a
thousand papers to a hundred thousand does not decode the hundred thousand."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import overload

from paperctl.record import ID_LENGTH, SCHEMA, Record
from paperctl.store.shape import completed

_ID = re.compile(rb'"id":"([0-9a-f]{%d})"' % ID_LENGTH)
_OWN_ID = re.compile(rb'\{"id":"([0-9a-f]{%d})"' % ID_LENGTH)
_KNOWN = b'"schema":%d}\n' % SCHEMA
_ANY_ID = re.compile(rb'"([0-9a-f]{%d})"' % ID_LENGTH)


def mentions(line: bytes, ids: Set[bytes]) -> bool:
    """Whether a line of papers.jsonl may be of a paper that has one of these ids or names it as a version.
    Most lines have one id and no versions, which is seen without looking through them."""
    own = _OWN_ID.match(line)
    if own is not None and line.find(b'"id":"', own.end()) < 0 and b'"versions":[]' in line:
        return own[1] in ids
    return not ids.isdisjoint(_ANY_ID.findall(line))


class OnDemand(Sequence[Record]):
    """Papers that are made when they are asked for, by `at`."""

    @overload
    def __getitem__(self, n: int) -> Record: ...
    @overload
    def __getitem__(self, n: slice) -> list[Record]: ...
    def __getitem__(self, n: int | slice) -> Record | list[Record]:
        if isinstance(n, slice):
            return [self[i] for i in range(*n.indices(len(self)))]
        return self.at(n)

    @abstractmethod
    def at(self, n: int) -> Record:
        """Paper n, from 0. Raises IndexError behind the last."""


class Shelf(OnDemand):
    """The papers that can be read, in their order. `places[n]` is the line of paper n, from 0.

    `decode(line, number)` gives the paper of a line (numbered from 1), or None for one that cannot
    be read; it is called for odd lines at once, for others when they are asked for.
    """

    def __init__(self, lines: Iterable[bytes], decode: Callable[[bytes, int], Record | None]) -> None:
        self._decode = decode
        self._lines: list[bytes] = []
        self._read: dict[int, Record] = {}
        self.places: list[int] = []
        self.ids: list[str] = []
        for place, line in enumerate(lines):
            own = _OWN_ID.match(line)
            if own is None or not line.endswith(_KNOWN):
                record = decode(line, place + 1)
                if record is None:
                    continue
                self._read[len(self._lines)] = record
                self.ids.append(record["id"])
            else:
                self.ids.append(own[1].decode())
            self.places.append(place)
            self._lines.append(line)

    def __len__(self) -> int:
        return len(self._lines)

    def at(self, n: int) -> Record:
        found = self._read.get(n)
        if found is None:
            # A line that looks right and is not counts as a paper that says nothing.
            found = self._decode(self._lines[n], self.places[n] + 1) or completed({"id": self.ids[n]})
            self._read[n] = found
        return found

    def all_ids(self) -> set[str]:
        """Every id that finds a paper here: the papers' own and those of papers merged into them."""
        return {found.decode() for line in self._lines for found in _ID.findall(line)} | set(self.ids)

    def with_ids(self, ids: Iterable[str]) -> Iterator[int]:
        """The places of the papers that have one of these ids, and of some that name it."""
        wanted = {known.encode() for known in ids}
        for n, line in enumerate(self._lines):
            if n in self._read or mentions(line, wanted):
                yield n

    def mentioning(self, words: set[bytes], pattern: re.Pattern[bytes]) -> Iterator[int]:
        """The places of the papers in whose line the pattern's group is one of the words."""
        for n, line in enumerate(self._lines):
            if n in self._read or not words.isdisjoint(pattern.findall(line)):
                yield n
