"""The papers of a store as a sequence that decodes a line when it is asked for, so that adding a
thousand papers to a hundred thousand does not decode the hundred thousand."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import overload

import msgspec
from msgspec import Struct

from paperctl.record import SCHEMA, Record
from paperctl.record.ids import ID_LENGTH
from paperctl.store.shape import completed
from paperctl.text import late

_ID = late.pattern(rb'"id":"([0-9a-f]{%d})"' % ID_LENGTH)
_OWN_ID = late.pattern(rb'\{"id":"([0-9a-f]{%d})"' % ID_LENGTH)
_KNOWN = b'"schema":%d}\n' % SCHEMA
_SCHEMA = late.pattern(rb'"schema":\s*(\d{1,9})')
_VERSIONS = b'"versions":'
_DECISION, _UNMARKED = b'"decision":', b'"decision":null,"note":null'
_ANY_ID = late.pattern(rb'"([0-9a-f]{%d})"' % ID_LENGTH)

HEAD = b'{"id":"'
"""How a line of papers.jsonl begins."""
ID_AT = slice(len(HEAD), len(HEAD) + ID_LENGTH)
"""Where the id stands in it."""


class StoredSource(Struct):
    """What names an entry of a stored paper, see `Source`."""

    file: str = ""
    sha256: str = ""
    lines: list[int] = []
    key: str | None = None
    title: str = ""
    entry: str = ""


class _Sources(Struct):
    sources: list[StoredSource] = []


_sources = msgspec.json.Decoder(_Sources).decode


def mentioning(ids: Iterable[str]) -> Callable[[bytes], bool]:
    """A test of lines of papers.jsonl: whether one may be of a paper that has one of these ids, or that names
    one as a version. A line of another version or of an editor always may."""
    quoted = {msgspec.json.encode(known) for known in ids}
    chosen = {known[1:-1] for known in quoted}
    odd = [known for known in quoted if not _ANY_ID.fullmatch(known)]

    def may(line: bytes) -> bool:
        own = own_id(line)
        if own is None:
            return True
        # Most lines have one id and no versions, which is seen without looking through them.
        at = line.find(_VERSIONS) + len(_VERSIONS)
        if line.startswith(b"[]", at) and line.find(_VERSIONS, at) < 0 and line.find(b'"id":', len(own)) < 0:
            return own in chosen
        return not chosen.isdisjoint(_ANY_ID.findall(line)) or any(known in line for known in odd)

    return may


def may_be_newer(line: bytes) -> bool:
    """Whether a line of papers.jsonl may be of a newer version."""
    return not line.endswith(_KNOWN) and any(int(n) > SCHEMA for n in _SCHEMA.findall(line))


def own_id(line: bytes) -> bytes | None:
    """The id of a paper whose line is as this version writes it."""
    own = _OWN_ID.match(line)
    return own[1] if own is not None and line.endswith(_KNOWN) else None


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


class LazyPapers(OnDemand):
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
            own = own_id(line)
            if own is None:
                record = decode(line, place + 1)
                if record is None:
                    continue
                self._read[len(self._lines)] = record
                self.ids.append(record["id"])
            else:
                self.ids.append(own.decode())
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

    def sources(self, n: int) -> list[StoredSource]:
        """The entries of paper n, without decoding the rest of it."""
        try:
            return _sources(self._lines[n]).sources
        except msgspec.DecodeError:  # another hand wrote it
            return [msgspec.convert(source, StoredSource, strict=False) for source in self.at(n)["sources"]]

    def all_ids(self) -> set[str]:
        """Every id that finds a paper here: the papers' own and those of papers merged into them."""
        return {found.decode() for line in self._lines for found in _ID.findall(line)} | set(self.ids)

    def with_ids(self, ids: Iterable[str]) -> Iterator[int]:
        """The places of the papers that have one of these ids, and of some that name it."""
        may = mentioning(ids)
        return (n for n, line in enumerate(self._lines) if n in self._read or may(line))

    def marked(self) -> Iterator[int]:
        """The places of the papers that hold a decision or a note of their own line, which a dump brought."""
        for n, line in enumerate(self._lines):
            if not line.startswith(_UNMARKED, line.rfind(_DECISION)):
                yield n

    def mentioning(self, words: set[bytes], pattern: re.Pattern[bytes]) -> Iterator[int]:
        """The places of the papers in whose line the pattern's group is one of the words."""
        for n, line in enumerate(self._lines):
            if n in self._read or not words.isdisjoint(pattern.findall(line)):
                yield n
