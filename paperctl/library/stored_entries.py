"""Which entries of dumps a store holds already."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from paperctl.reading.incoming import Incoming, spot_of
from paperctl.store import Store, Writing, files
from paperctl.store.lazy import LazyPapers, StoredSource


def names_of(source: StoredSource) -> tuple[tuple[str, bytes], tuple[str, str]]:
    """What the entry of a source is known by: its dump's SHA-256 and its spot there, and the dump's name and
    the facts."""
    spot = spot_of(source.lines, source.key, source.title)
    return (source.sha256, spot), (source.file, source.entry)


_SHA256 = re.compile(rb'"sha256":"([0-9a-f]{64})"')


class Changed(Exception):
    """The store is another than the one that reading relied on."""


class Held:
    """The entries of large dumps that a store holds, so that these are not understood again.

    It is asked while no lock is held: `check` says under the lock whether it was right.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._state = files.state(store.papers_file)
        self._used = False
        self._dumps: frozenset[bytes] | None = None
        self._spots: dict[str, set[bytes]] | None = None

    def __call__(self, sha256: str) -> Container[bytes]:
        """The spots of the entries of a dump that need not be read. None, where papers were taken out: then
        it hangs on the facts what becomes of an entry."""
        if self._dumps is None:
            lines = () if self._store.overlay.removed else self._store.lines()
            self._dumps = frozenset(found for line in lines for found in _SHA256.findall(line))
        if sha256.encode() not in self._dumps:
            return ()
        self._used = True
        if self._spots is None:
            self._spots = {}
            papers = Writing(self._store).lazy_papers()
            for n in range(len(papers)):
                for (dump, spot), _ in map(names_of, papers.sources(n)):
                    self._spots.setdefault(dump, set()).add(spot)
        return self._spots.get(sha256, ())

    def check(self) -> None:
        """Raises Changed where the store was written since and what was read hangs on it."""
        if self._used and files.state(self._store.papers_file) != self._state:
            raise Changed


_SOURCE = re.compile(rb'"(?:sha256|entry)":"([0-9a-f]+)"')


def not_stored_yet(stored: LazyPapers, incoming: Sequence[Incoming]) -> tuple[list[Incoming], list[int]]:
    """The entries that the store does not hold, and the places of the papers that an equal one or one of
    the same dump went into; entries that the store holds are counted as unchanged.

    An entry is held when the same dump was loaded, by content, and the entry stood in the same lines;
    or when a dump of the same name had an entry with the same facts (a dump that grew). Dumps read in
    one go are compared as if they came one after the other.
    """
    hashes = {name.encode() for entry in incoming for name in (entry.sha256, entry.entry)}
    held: set[tuple[str, str | bytes]] = set()
    places = list(stored.mentioning(hashes, _SOURCE)) if hashes else []
    for n in places:
        for source in stored.sources(n):
            held.update(names_of(source))
    fresh: list[Incoming] = []
    done = 0
    for entry in incoming:
        if fresh and fresh[-1].receipt is not entry.receipt:  # the next dump: what came before is held
            held.update(name for one in fresh[done:] for name in _names(one))
            done = len(fresh)
        if held and not held.isdisjoint(_names(entry)):
            entry.receipt.unchanged += 1
        else:
            fresh.append(entry)
    return fresh, places


def _names(entry: Incoming) -> tuple[tuple[str, str | bytes], ...]:
    return (entry.sha256, entry.spot), (entry.receipt.file, entry.entry)
