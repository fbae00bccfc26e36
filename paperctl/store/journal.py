"""One change over several files: papers.jsonl is replaced, decisions.jsonl and corrections.jsonl grow.

The events of such a change are first written to `pending.json`, then papers.jsonl is replaced: that is the
moment of commitment. Afterwards the events go to their files and `pending.json` goes away. Whoever finds one
asks whether its change took place: then its events count, and the next writer puts them where they belong;
otherwise they never were.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec
from msgspec import Struct

from paperctl.store import files
from paperctl.store.files import Stamp

FILE = "pending.json"


class Intent(Struct):
    """The events of a change that is on its way."""

    change: str | None
    """The time that names the change of papers.jsonl; None where the events are all of it."""
    after: Stamp
    """The stamp of papers.jsonl once the change took place."""
    events: list[tuple[str, dict[str, object]]]
    """The events with the names of their files, in order."""


def write_intent(folder: Path, intent: Intent) -> None:
    """Writes the intent durably. Call it under the lock."""
    files.write_whole(folder / FILE, [msgspec.json.encode(intent)])


def read_intent(folder: Path) -> Intent | None:
    """The intent that a writer left or is about to carry out. A damaged one is none: it is written whole
    before anything else changes."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Intent)
    except (OSError, msgspec.MsgspecError):
        return None


def drop_intent(folder: Path) -> None:
    """Removes the intent, if there is one."""
    with contextlib.suppress(FileNotFoundError):
        (folder / FILE).unlink()
