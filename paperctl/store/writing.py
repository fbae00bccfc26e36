"""Changing a store: whole rewrites of its papers with the way back kept, events appended."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from paperctl.record import SCHEMA, Record
from paperctl.store import files, history
from paperctl.store.damaged import set_aside
from paperctl.store.events import Event
from paperctl.store.history import Hunk
from paperctl.store.lazy import LazyPapers, may_be_newer, mentioning
from paperctl.store.shape import refuse_newer

if TYPE_CHECKING:
    from paperctl.store import Store

encode = msgspec.json.Encoder().encode


class Writing:
    """A store under its lock. Everything read through it was read after locking."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def papers(self) -> list[Record | None]:
        """Every line of papers.jsonl as a record without what a person said; None for a line that
        cannot be read. Raises StoreError for papers of a newer version."""
        records = [self.store.record(line, n) for n, line in enumerate(self.store.lines(), 1)]
        for record in records:
            refuse_newer(record)
        return records

    def papers_with(self, ids: Iterable[str]) -> dict[int, Record]:
        """By their lines, from 0, the papers that have one of these ids or name it as a version, and some
        others, without what a person said. Raises StoreError for papers of a newer version."""
        may = mentioning(ids)
        found: dict[int, Record] = {}
        for n, line in enumerate(self.store.lines()):
            if may(line) and (record := self.store.record(line, n + 1)) is not None:
                refuse_newer(record)
                found[n] = record
        return found

    def lazy_papers(self) -> LazyPapers:
        """The papers that can be read, each decoded when it is asked for. Raises StoreError for papers
        of a newer version."""

        def decode(line: bytes, n: int) -> Record | None:
            record = self.store.record(line, n)
            refuse_newer(record)
            return record

        return LazyPapers(self.store.lines(), decode)

    def commit(
        self,
        edits: Mapping[int, Record | None],
        added: Sequence[Record],
        did: str,
        summary: dict[str, Any],
        events: Sequence[str] = (),
    ) -> bool:
        """Replaces (or with None removes) the papers at these lines (from 0) and adds new ones, all
        or nothing. Untouched lines keep their bytes. `events` appended for the same command are taken
        back with it. Gives whether anything changed."""
        hunks = [Hunk(n, 1, [] if record is None else [_line(record)]) for n, record in sorted(edits.items())]
        if added:
            hunks.append(Hunk(sum(1 for _ in self.store.lines()), 0, [_line(r) for r in added]))
        if hunks:
            self.rewrite(hunks, did, summary, events=events)
        return bool(hunks)

    def rewrite(
        self,
        hunks: Sequence[Hunk],
        did: str,
        summary: dict[str, Any],
        undoes: str | None = None,
        events: Sequence[str] = (),
    ) -> None:
        """Carries out hunks on papers.jsonl and keeps the way back."""
        self.settle()
        store = self.store
        target = Path(os.path.realpath(store.papers_file))
        before = files.stamp(target)
        taken: list[list[bytes]] = []
        temporary, after = files.write_beside(target, history.patched(store.lines(), hunks, taken))
        header = {
            "at": (at := self._next_at()),
            "did": did,
            "summary": summary,
            "before": before,
            "after": after,
            "schema": SCHEMA,
        }
        if undoes:
            header["undoes"] = undoes
        if events:
            header["events"] = list(events)
        folder = store.folder / history.FOLDER
        try:
            files.make_folder(folder)
            record = folder / f"{at.replace(':', '')}.jsonl"
            pending, _ = files.write_beside(record, history.encode(header, hunks, taken))
            files.put_in_place(pending, record)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        files.put_in_place(temporary, target)

    def append(self, path: Path, event: Event) -> str:
        """Appends an event durably; gives the time that names it. Raises StoreError for papers of a
        newer version."""
        for n, line in enumerate(self.store.lines(), 1):
            if may_be_newer(line):
                refuse_newer(self.store.record(line, n))
        at = self._next_at()
        if torn := files.torn_end(path).strip():
            set_aside(self.store.folder, path.name, [torn])
        files.append(path, msgspec.json.encode({"at": at, **event}))
        self.store.refresh()
        return at

    def settle(self) -> None:
        """Drops the history file of a rewrite that was cut short before it took place."""
        store = self.store
        told = history.changes(store.folder)
        if len(told) != len(store.committed()):
            with contextlib.suppress(OSError):
                told[-1].path.unlink()
        files.sweep(store.folder / history.FOLDER)

    def _next_at(self) -> str:
        """Now in UTC, but later than every change so far: a clock may be set back."""
        last = max(
            [e["at"] for e in self.store.events()]
            + [c.at for c in history.changes(self.store.folder, last=True)],
            default="",
        )
        now = datetime.now(UTC)
        at = _rfc3339(now)
        if at <= last:
            at = _rfc3339(datetime.fromisoformat(last) + timedelta(microseconds=1))
        return at


def _line(record: Record) -> bytes:
    return encode(record) + b"\n"


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
