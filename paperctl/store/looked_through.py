"""Whether papers.jsonl was looked through for lines of a newer version, which nothing may write next to.

Looking through a million lines takes longer than all else that a mark does. So of a large store
`looked_through.json` keeps which file was, by its size, time and inode: a file that anybody wrote since is
looked through again. It is derived, and where it cannot be written only time is lost.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec
from msgspec import Struct

from paperctl.errors import StoreError
from paperctl.record import SCHEMA
from paperctl.store import files

FILE = "looked_through.json"
KEPT_FROM = 10_000_000
"""Bytes of papers.jsonl from which looking through it takes longer than writing a file."""


class _Kept(Struct):
    schema: int
    """The newest that counts as known."""
    papers: files.State


def was_looked_through(folder: Path, papers: files.State) -> bool:
    """Whether this file of papers is known to hold no line of a newer version."""
    if papers[0] < KEPT_FROM:
        return False
    try:
        kept = msgspec.json.decode((folder / FILE).read_bytes(), type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return False
    return kept.papers == papers and kept.schema <= SCHEMA


def note(folder: Path, papers: files.State) -> None:
    """Keeps that this file of papers holds no line of a newer version. Call it under the lock."""
    if papers[0] >= KEPT_FROM:
        with contextlib.suppress(OSError, StoreError):
            files.write_whole(folder / FILE, [msgspec.json.encode(_Kept(SCHEMA, papers))])
