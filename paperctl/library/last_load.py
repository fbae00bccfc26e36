"""Which load added which papers: `new:`, `load:last` and `load:ID` in a query.

A load gives all of its new papers one time, at which they were `added`. The file that notes the last one,
even where it brought nothing, is derived. Without it the last load is taken to be the one that added the
newest paper.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from functools import cached_property

import msgspec

from paperctl.library import finding
from paperctl.query.spans import Span
from paperctl.store import Store, files

FILE = "last_load.json"
_ADDED = re.compile(rb'"added": ?"([^"\\]+)"')


def note_load(store: Store, added: str) -> None:
    """Writes that a load took place at `added` (RFC 3339), the time that its new papers bear. Call it under
    the lock and before the papers are written: a load that is stopped in between has added nothing."""
    files.write_whole(store.folder / FILE, [msgspec.json.encode({"added": added})])


class StoreLoads:
    """The loads of a store, as queries ask for them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def last(self) -> str:
        """The time of the last load, "" before the first."""
        return self._last

    @cached_property
    def _last(self) -> str:
        # Another version may have loaded since without noting it.
        newest = finding.newest(self._store)
        if newest is None:
            times = (m[1] for line in self._store.lines() for m in _ADDED.finditer(line))
            newest = max(times, default=b"").decode()
        try:
            noted = msgspec.json.decode((self._store.folder / FILE).read_bytes(), type=dict[str, str])
        except (OSError, msgspec.DecodeError):
            return newest
        if noted.get("added", "") <= newest or self._was_undone(noted["added"]):
            return newest
        return noted["added"]

    def _was_undone(self, added: str) -> bool:
        """Whether the load of this time was taken back. One that changed nothing stands in no log."""
        since = [change for change in self._store.log() if change.at > added and _adds(change.did)]
        return bool(since) and all(change.undone for change in since)

    def named(self, word: str) -> Span:
        """The times between the change before a load and the load, which the log names after its papers were
        given theirs. Raises ValueError where no load, or no single one, has an id that begins so."""
        changes = self._store.log()
        called = [n for n, change in enumerate(changes) if change.called(word)]
        found = [n for n in called if _adds(changes[n].did)]
        if len(called) == 1 and not found:
            raise ValueError(f"{word} is no load but {changes[called[0]].did!r}")
        if len(found) != 1:
            raise ValueError(f"{len(found) or 'no'} load{'s' * (len(found) > 1)} called {word}")
        (n,) = found
        start = _moment(changes[n - 1].at) if n else -math.inf
        return Span(math.nextafter(start, math.inf), math.nextafter(_moment(changes[n].at), math.inf))


def _adds(did: str) -> bool:
    return did.startswith("load ")


def _moment(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()
