"""How papers.jsonl changed: one file in `history/` for each rewrite, enough to take it back.

A rewrite is a list of hunks over the old file's lines, as a diff has them. Its history file holds
a header line and, for each hunk, a line `{"at": n, "old": k, "new": m}` followed by the k old
lines as they stood, byte for byte. Undoing walks the new file and puts the old lines back.

The history file is written before the new papers.jsonl takes its place; the header's `after` stamp
shows whether it took place.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
from msgspec import Struct, structs

from paperctl.errors import StoreError
from paperctl.parallel.reports import Notify, no_message
from paperctl.store.files import Stamp

FOLDER = "history"


class Keep(NamedTuple):
    """How much of the history is kept: so many changes, and of them as many as have room in so many bytes."""

    changes: int = 50
    size: int = 1_000_000_000


LEAST = 10
"""As many changes are kept whatever their size."""


class Hunk(Struct):
    """At line `at` of the old file (from 0), `old` lines give way to the `new` ones."""

    at: int
    old: int = 0
    new: Collection[bytes] = ()


class _Header(Struct):
    at: str
    did: str
    before: Stamp
    after: Stamp
    summary: dict[str, object] = {}
    undoes: str | None = None
    redoes: str | None = None
    by: str = ""
    events: tuple[str, ...] = ()
    """The events of decisions.jsonl and corrections.jsonl that are one change with it."""


class Change(_Header, kw_only=True):
    """One rewrite of papers.jsonl, read from its history file."""

    path: Path


_header = msgspec.json.Decoder(_Header).decode


def patched(lines: Iterable[bytes], hunks: Sequence[Hunk], taken: list[list[bytes]]) -> Iterator[bytes]:
    """The lines after the hunks (sorted by `at`); the lines each hunk took out go to `taken`."""
    source = iter(lines)
    at = 0
    for hunk in hunks:
        while at < hunk.at:
            yield next(source)
            at += 1
        taken.append([next(source) for _ in range(hunk.old)])
        at += hunk.old
        yield from hunk.new
    yield from source


def encode(header: dict[str, object], hunks: Sequence[Hunk], taken: Sequence[list[bytes]]) -> Iterator[bytes]:
    """The lines of a history file."""
    yield msgspec.json.encode(header) + b"\n"
    for hunk, old in zip(hunks, taken, strict=True):
        yield msgspec.json.encode({"at": hunk.at, "old": hunk.old, "new": len(hunk.new)}) + b"\n"
        yield from (line if line.endswith(b"\n") else line + b"\n" for line in old)


def changes(folder: Path, *, last: bool = False, unreadable: Notify = no_message) -> list[Change]:
    """The changes in the history, oldest first, or the last alone. A file that cannot be read is left out,
    and a line about it goes to `unreadable`."""
    found = []
    for path in _files(folder)[-1 if last else 0 :]:
        if (change := _read_header(path)) is not None:
            found.append(change)
        else:
            unreadable(f"{FOLDER}/{path.name}: cannot be read; the change that it tells of cannot be undone")
    return found


def _files(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.jsonl"))


def _read_header(path: Path) -> Change | None:
    try:
        with path.open("rb") as stream:
            header = _header(stream.readline())
    except (OSError, msgspec.DecodeError, RecursionError):
        return None
    return Change(path=path, **structs.asdict(header))


def prune(folder: Path, keep: Keep) -> None:
    """Removes the oldest changes beyond what is to be kept. Papers and decisions lose nothing by it. What was
    undone, and the undoing, do not count: going back step by step must not push out the steps ahead."""
    newest_first = changes(folder)[::-1]
    undone = {change.undoes for change in newest_first}
    standing = size = 0
    for change in newest_first:
        with contextlib.suppress(OSError):
            size += change.path.stat().st_size
            if standing >= LEAST and (standing >= keep.changes or size > keep.size):
                change.path.unlink()
        standing += not change.undoes and change.at not in undone


def way_back(change: Change) -> list[Hunk]:
    """The hunks that undo a change, read from its history file."""
    try:
        with change.path.open("rb") as stream:
            stream.readline()
            return list(_read_hunks(stream))
    except (OSError, msgspec.DecodeError, RecursionError, KeyError, TypeError) as fault:
        raise StoreError(f"{change.path}: the way back cannot be read ({fault})") from fault


def _read_hunks(stream: BinaryIO) -> Iterator[Hunk]:
    shift = 0
    for line in stream:
        hunk = msgspec.json.decode(line)
        old = [stream.readline() for _ in range(hunk["old"])]
        yield Hunk(hunk["at"] + shift, hunk["new"], old)
        shift += hunk["new"] - hunk["old"]
