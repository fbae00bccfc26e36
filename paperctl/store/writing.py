"""Changing a store: whole rewrites of its papers with the way back kept, events appended."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from paperctl.errors import StoreError
from paperctl.record import SCHEMA, Record
from paperctl.store import files, history, looked_through
from paperctl.store.citekeys import Added, Additions, keys_for, line_of
from paperctl.store.damaged import set_aside
from paperctl.store.events import Event, read_events
from paperctl.store.history import Hunk
from paperctl.store.journal import Intent, drop_intent, read_intent, write_intent
from paperctl.store.lazy import LazyPapers, may_be_newer, mentioning, own_id
from paperctl.store.looked_through import was_looked_through
from paperctl.store.shape import refuse_newer

if TYPE_CHECKING:
    from paperctl.store import Store

encode = msgspec.json.Encoder().encode


class Writing:
    """A store under its lock. Everything read through it was read after locking."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def papers(self) -> list[Record | None]:
        """Every line of papers.jsonl as a record without decisions and corrections; None for a line that
        cannot be read. Raises StoreError for papers of a newer version."""
        records = [self.store.record(line, n) for n, line in enumerate(self.store.lines(), 1)]
        for record in records:
            refuse_newer(record)
        return records

    def papers_with(self, ids: Iterable[str]) -> dict[int, Record]:
        """By their lines, from 0, the papers that have one of these ids or name it as a version, and some
        others, without decisions and corrections. Raises StoreError for papers of a newer version."""
        may = mentioning(ids)
        found: dict[int, Record] = {}
        for n, line in enumerate(self.store.lines()):
            if may(line) and (record := self.store.record(line, n + 1)) is not None:
                refuse_newer(record)
                found[n] = record
        return found

    def papers_of(self, ids: Collection[str]) -> dict[int, Record]:
        """Of the papers that `papers_with` gives at least those that have one of these ids themselves; read
        alone where something derived knows where they stand."""
        found: dict[int, Record] = {}
        places = self.store.lookup(ids) if ids and self.store.lookup is not None else None
        with contextlib.suppress(OSError), self.store.papers_file.open("rb") as stream:
            for n, at, length in places or ():
                stream.seek(at)
                line = stream.read(length)
                if own_id(line) is not None and (record := self.store.record(line, n + 1)) is not None:
                    found[n] = record
        whole = bool(found) and {record["id"] for record in found.values()} == set(ids)
        return found if whole else self.papers_with(ids)

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
        added: Sequence[Record] | Additions,
        did: str,
        summary: dict[str, Any],
        events: Sequence[tuple[Path, Event]] = (),
    ) -> str | None:
        """Replaces (or with None removes) the papers at these lines (from 0), adds new ones and appends
        events to their files, all or nothing. Untouched lines keep their bytes. A paper without a cite key
        gets one. Gives the time that names the change, None if there is nothing to change."""
        additions = Added(added) if isinstance(added, Sequence) else added
        keys = keys_for(self.store, edits.values(), additions)
        hunks = [
            Hunk(n, 1, [] if record is None else [line_of(record, keys)])
            for n, record in sorted(edits.items())
        ]
        if len(additions):
            hunks.append(Hunk(sum(1 for _ in self.store.lines()), 0, _Lines(additions, keys)))
        if hunks:
            return self.rewrite(hunks, did, summary, events=events)
        if len(events) == 1:
            return self.append(*events[0])
        return self._append_all(events) if events else None

    def rewrite(
        self,
        hunks: Sequence[Hunk],
        did: str,
        summary: dict[str, Any],
        undoes: str | None = None,
        redoes: str | None = None,
        events: Sequence[tuple[Path, Event]] = (),
    ) -> str:
        """Carries out hunks on papers.jsonl, keeps the way back, and appends the events: one change. Gives
        the time that names it."""
        self.settle()
        store = self.store
        target = Path(os.path.realpath(store.papers_file))
        before = files.stamp(target)
        taken: list[list[bytes]] = []
        newer: list[bytes] = []
        lines = _watched(history.patched(store.lines(), hunks, taken), newer)
        temporary, after = files.write_temporary(target, lines)
        written = files.state(temporary)
        *ats, at = self._next_ats(len(events) + 1)
        header = {
            "at": at,
            "did": did,
            "summary": summary,
            "before": before,
            "after": after,
            "schema": SCHEMA,
        }
        if undoes:
            header["undoes"] = undoes
        if redoes:
            header["redoes"] = redoes
        if store.reviewer:
            header["by"] = store.reviewer
        if events:
            header["events"] = ats
        folder = store.folder / history.FOLDER
        try:
            files.make_folder(folder)
            record = folder / f"{at.replace(':', '')}.jsonl"
            files.write_whole(record, history.encode(header, hunks, taken))
            if events:
                intent = Intent(at, after, self._stamped(events, ats))
                write_intent(store.folder, intent)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        self._replace_papers(temporary, target, after)
        if events:
            self._finish(intent)
        store.refresh()
        history.prune(store.folder, store.keep)
        if not newer and written is not None:
            looked_through.note(store.folder, written)
        return at

    def _replace_papers(self, temporary: Path, target: Path, after: files.Stamp) -> None:
        """The moment of commitment. Raises StoreError, and says whether the change is there."""
        try:
            files.put_in_place(temporary, target)
        except StoreError as fault:
            if files.stamp(target) != after:
                raise
            raise StoreError(
                f"{target} was replaced, but the disk did not confirm it ({fault.message})",
                "the change is there; a power cut may still take it back, so check the disk",
            ) from fault

    def append(self, path: Path, event: Event) -> str:
        """Appends an event durably; gives the time that names it. Raises StoreError for papers of a
        newer version."""
        self._refuse_newer()
        self._settle_intent()
        (at,) = self._next_ats(1)
        self._append_line(path, self._stamped([(path, event)], [at])[0][1])
        self.store.refresh()
        return at

    def _append_all(self, events: Sequence[tuple[Path, Event]]) -> str:
        """Appends events to several files, all or none; gives the time of the last."""
        self._refuse_newer()
        self._settle_intent()
        ats = self._next_ats(len(events))
        stamped = self._stamped(events, ats)
        intent = Intent(None, files.stamp(self.store.papers_file), stamped)
        write_intent(self.store.folder, intent)
        self._finish(intent)
        self.store.refresh()
        return ats[-1]

    def _append_line(self, path: Path, event: Event) -> None:
        if torn := files.torn_end(path).strip():
            set_aside(self.store.folder, path.name, [torn])
        files.append(path, msgspec.json.encode(event))

    def _refuse_newer(self) -> None:
        """Raises StoreError for papers of a newer version; a file that was looked through is not again."""
        store = self.store
        now = files.state(store.papers_file)
        if now is not None and now == store.looked_through:
            return
        if now is None or not was_looked_through(store.folder, now):
            for n, line in enumerate(store.lines(), 1):
                if may_be_newer(line):
                    refuse_newer(store.record(line, n))
            if now is not None:
                looked_through.note(store.folder, now)
        store.looked_through = now

    def _finish(self, intent: Intent) -> None:
        """Puts the events of a change that took place into their files. Where the disk refuses, they stay in
        the intent, where readers find them, and the next writer tries again."""
        with contextlib.suppress(StoreError, OSError):
            for name, event in intent.events:
                path = self.store.folder / name
                if event["at"] not in {e["at"] for e in read_events(path)[0]}:
                    self._append_line(path, event)
            drop_intent(self.store.folder)

    def _settle_intent(self) -> None:
        """Carries the events of a stopped change to their files if it took place, or forgets them."""
        if (intent := read_intent(self.store.folder)) is None:
            return
        if self.store.took_place(intent):
            self._finish(intent)
            if read_intent(self.store.folder) is not None:
                raise StoreError(
                    f"cannot write {self.store.folder}: an earlier change could not be finished",
                    "free some space and try again; nothing is lost and nothing was changed",
                )
        else:
            drop_intent(self.store.folder)

    def settle(self) -> None:
        """Finishes or takes back what a stopped writer left: its intent, and the history file of a rewrite
        that did not take place."""
        store = self.store
        self._settle_intent()
        changes = store.changes()
        if store.is_cut_short(changes):
            with contextlib.suppress(OSError):
                changes[-1].path.unlink()
        files.sweep(store.folder / history.FOLDER)

    def _stamped(self, events: Sequence[tuple[Path, Event]], ats: Sequence[str]) -> list[tuple[str, Event]]:
        """The events with their files, the times that name them, and who is at the keyboard."""
        by = {"by": self.store.reviewer} if self.store.reviewer else {}
        return [(path.name, {"at": at, **by, **event}) for at, (path, event) in zip(ats, events, strict=True)]

    def _next_ats(self, count: int) -> list[str]:
        """So many times in UTC, each later than the one before and than every change so far: a clock may be
        set back."""
        last = max(
            [e["at"] for e in self.store.events()]
            + [c.at for c in history.changes(self.store.folder, last=True)],
            default="",
        )
        first = datetime.now(UTC)
        if _rfc3339(first) <= last:
            first = datetime.fromisoformat(last) + timedelta(microseconds=1)
        return [_rfc3339(first + timedelta(microseconds=n)) for n in range(count)]


def _watched(lines: Iterable[bytes], newer: list[bytes]) -> Iterator[bytes]:
    """The lines; those that may be of a newer version go to `newer`, too."""
    for line in lines:
        if may_be_newer(line):
            newer.append(line)
        yield line


class _Lines(Collection[bytes]):
    """The lines of added papers, made as they are written."""

    def __init__(self, added: Additions, keys: Mapping[str, str]) -> None:
        self._added, self._keys = added, keys

    def __len__(self) -> int:
        return len(self._added)

    def __iter__(self) -> Iterator[bytes]:
        return self._added.lines(self._keys)

    def __contains__(self, line: object) -> bool:
        return any(line == other for other in self)


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
