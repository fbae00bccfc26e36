"""Which papers of a store are one work, and where their lines stand.

They are read off papers.jsonl in one pass that decodes the lines with version links alone. Of a large store
what was read is kept in `works.json`, which is derived: it counts while papers.jsonl was not written since.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec import Struct

from paperctl.errors import StoreError
from paperctl.record import Record
from paperctl.record.ids import known_ids
from paperctl.record.works import linked, place_in_work
from paperctl.store import files
from paperctl.store.lazy import own_id

FILE = "works.json"
KEPT_FROM = 1_000_000
"""Bytes of papers.jsonl from which reading the kept file is quicker than the pass."""
_LINKS = b'"versions":['
Read = Callable[[bytes, int], Record | None]


class Member(Struct, frozen=True, array_like=True):
    """A version of a work: its id and those merged into it, what dumps decided, the bytes of its line."""

    id: str
    names: tuple[str, ...]
    decision: str | None
    at: int
    length: int


Work = tuple[Member, ...]


class _Kept(Struct, frozen=True):
    layout: int
    papers: files.State
    works: list[Work]


class Works:
    """The works of more than one paper. Nothing is read before the first is asked for."""

    def __init__(self, read: Callable[[], list[Work]] = list) -> None:
        self._read = read

    @cached_property
    def _by_name(self) -> dict[str, Work]:
        return {name: work for work in self._read() for member in work for name in member.names}

    def of(self, paper: str) -> Work:
        """The versions of the work that a paper belongs to, best first; none if it stands alone."""
        return self._by_name.get(paper, ())

    def all(self) -> list[Work]:
        """Every work."""
        return list(dict.fromkeys(self._by_name.values()))

    def front(self, paper: str) -> str:
        """The id of the version in front of a paper's work."""
        work = self.of(paper)
        return work[0].id if work else paper


def works_in(papers: Path, lines: Iterator[bytes], read: Read) -> list[Work]:
    """The works among the papers of a store; kept in a file for a large one where the disk allows it."""
    now = files.state(papers)
    large = now is not None and now[0] >= KEPT_FROM
    kept = papers.with_name(FILE)
    if large:
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            found = msgspec.json.decode(kept.read_bytes(), type=_Kept)
            if found.papers == now and found.layout == _LAYOUT:
                return found.works
    works = _looked_up(lines, read)
    if now is not None and large and now == files.state(papers) and os.access(papers.parent, os.W_OK):
        with contextlib.suppress(OSError, StoreError):
            files.write_whole(kept, [msgspec.json.encode(_Kept(_LAYOUT, now, works))])
    return works


_LAYOUT = 1


def _looked_up(lines: Iterator[bytes], read: Read) -> list[Work]:
    members: dict[str, Member] = {}
    places = {}
    versions = {}
    at = 0
    for n, line in enumerate(lines, 1):
        here, at = at, at + len(line)
        if own_id(line) is not None and not _has_links(line):
            continue
        record = read(line, n)
        if record is None or not record["versions"]:
            continue
        paper = record["id"]
        members[paper] = Member(paper, tuple(known_ids(record)), record["decision"], here, len(line))
        places[paper], versions[paper] = place_in_work(record), record["versions"]
    return [
        tuple(members[paper] for paper in sorted(group, key=places.__getitem__)) for group in linked(versions)
    ]


def _has_links(line: bytes) -> bool:
    """Whether a line may name versions; a merged paper says in its sources, too, which it had."""
    at = line.find(_LINKS)
    while at >= 0:
        if line[at + len(_LINKS)] != ord("]"):
            return True
        at = line.find(_LINKS, at + len(_LINKS))
    return False
