"""The papers of a store by id, each read from the disk when it is shown: a hundred thousand open at once."""

from __future__ import annotations

from typing import BinaryIO

from paperctl.record import Record
from paperctl.store import Store
from paperctl.store.files import State, state
from paperctl.store.lazy import own_id
from paperctl.store.shape import completed

_KEPT = 500
"""Papers kept as they were read: several screens of them."""


class Catalogue:
    """Where each paper stands in papers.jsonl. It holds the file open, so another process may replace it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._file: BinaryIO | None = None
        self._state: State | None = None
        self._places: dict[str, tuple[int, int]] = {}
        """Id → offset and number of its line."""
        self._read: dict[str, Record] = {}
        self.ids: list[str] = []

    def renew(self) -> None:
        """Takes up what this or another process changed meanwhile."""
        self._store.refresh()
        self._read.clear()
        now = state(self._store.papers_file)
        if now is not None and now != self._state:
            self._state = now
            self._open()

    def _open(self) -> None:
        self.close()
        self._file = self._store.papers_file.open("rb")
        self._places = {}
        at = 0
        for n, line in enumerate(self._file, 1):
            if (own := own_id(line)) is not None:
                self._places[own.decode()] = at, n
            elif (record := self._store.record(line, n)) is not None:
                self._places[record["id"]] = at, n
            at += len(line)
        self.ids = list(self._places)

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()

    def __contains__(self, paper: str) -> bool:
        return paper in self._places

    def __getitem__(self, paper: str) -> Record:
        """A paper with its decisions and corrections. Raises KeyError for an id that is not there."""
        found = self._read.get(paper)
        if found is None:
            if len(self._read) >= _KEPT:
                self._read.clear()
            found = self._read[paper] = self._store.overlay.apply(self._record(*self._places[paper], paper))
        return found

    def _record(self, at: int, n: int, paper: str) -> Record:
        assert self._file is not None
        self._file.seek(at)
        return self._store.record(self._file.readline(), n) or completed({"id": paper})
