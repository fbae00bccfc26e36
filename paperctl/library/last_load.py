"""Which load was the last, even where it brought nothing: `list --new` shows what it added.

The file is derived. Without it the last load is taken to be the one that added the newest paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from paperctl.record import Record
from paperctl.store import Store, files

FILE = "last_load.json"
_ADDED = re.compile(rb'"added": ?"([^"\\]+)"')


def note_load(store: Store, added: str) -> None:
    """Writes that a load took place at `added` (RFC 3339), the time that its new papers bear. Call it under
    the lock and before the papers are written: a load that is stopped in between has added nothing."""
    files.write_whole(store.folder / FILE, [msgspec.json.encode({"added": added})])


def added_by_last_load(store: Store, papers: Iterable[Record]) -> Iterator[Record]:
    """Of these papers, those that the last load added."""
    last = _last_load(store)
    return (record for record in papers if record["added"] == last)


def _last_load(store: Store) -> str:
    """The time of the last load. Another version may have loaded since without noting it."""
    newest = max((m[1] for line in store.lines() for m in _ADDED.finditer(line)), default=b"").decode()
    try:
        noted = msgspec.json.decode((store.folder / FILE).read_bytes(), type=dict[str, str])
        return max(newest, noted["added"])
    except (OSError, msgspec.DecodeError, KeyError):
        return newest
