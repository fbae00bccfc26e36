"""Which entries of dumps a store holds already, without a look at the papers they went into."""

from __future__ import annotations

import re
from collections.abc import Container

from paperctl.reading.incoming import spot_of
from paperctl.store import Store, Writing, files
from paperctl.store.lazy import StoredSource


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
