"""The store: a folder with `papers.jsonl`, one paper a line, decisions and corrections.

papers.jsonl       facts from dumps, and topics from the rules
decisions.jsonl    keep, skip, maybe, notes: appended, never rewritten
corrections.jsonl  topics corrected by hand, judgements on pairs ("not a duplicate"): likewise
pending.json       events of a change of papers, until they are in their files
history/           how papers.jsonl changed: what `undo` and `log` read
.lock              held by the one writer; readers take no lock

Readers see the last committed state. A line that this version cannot read is reported and kept.
"""

from __future__ import annotations

import contextlib
from codecs import BOM_UTF8
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from paperctl.errors import StoreError
from paperctl.parallel.reports import Notify, no_message
from paperctl.record import SCHEMA, Record, as_record
from paperctl.record.citekeys import PATTERN
from paperctl.store import deciding, files, history, log, undoing
from paperctl.store.events import Damage, Event, read_events
from paperctl.store.journal import Intent, read_intent
from paperctl.store.lazy import HEAD, ID_AT, own_id
from paperctl.store.log import Logged
from paperctl.store.lookup import find
from paperctl.store.overlay import Overlay
from paperctl.store.shape import completed, fits, misfits
from paperctl.store.works import Work, Works, works_in
from paperctl.store.writing import Writing, encode

_decode = msgspec.json.Decoder().decode


class Store:
    """A folder of papers. `notify` is called with each message for the user."""

    def __init__(self, folder: Path, notify: Notify = no_message) -> None:
        self.folder = folder
        self.notify = notify
        self.wait = 30.0
        """Seconds that a writer waits for another one."""
        self.keep = history.Keep()
        self.key_pattern = PATTERN
        """What cite keys of new papers are made of."""
        self.reviewer = ""
        """Who is at the keyboard; every change bears the name."""
        self.blind = False
        """Whether the marks of others are hidden."""
        self.papers_file = folder / "papers.jsonl"
        self.decisions_file = folder / "decisions.jsonl"
        self.corrections_file = folder / "corrections.jsonl"
        self.looked_through: files.State | None = None
        """The state of papers.jsonl in which no line is of a newer version."""
        self.lookup: Callable[[Collection[str]], Iterable[tuple[int, int, int]] | None] | None = None
        """Tells of the papers with these ids which lines they are, from 0, where they begin and how long
        they are; None where it does not know."""
        self._works: tuple[files.State | None, Works] | None = None

    # ---- reading: no lock, the last committed state -------------------------------------------

    def lines(self) -> Iterator[bytes]:
        """The raw lines of papers.jsonl, each with its line end; none when there is no store."""
        try:
            with self.papers_file.open("rb", buffering=files.BLOCK) as stream:
                for line in stream:
                    yield line if line.endswith(b"\n") else line + b"\n"
        except FileNotFoundError:
            return
        except OSError as fault:
            raise StoreError(f"cannot read {self.papers_file}: {fault.strerror or fault}") from fault

    def papers(self, needles: Sequence[bytes] = ()) -> Iterator[Record]:
        """Every paper with its decisions and corrections applied, in the order they were added.

        `needles` may leave out papers that cannot match: ASCII lines, without escapes of other
        characters, which lack one in lower case.
        """
        overlay = self.overlay
        marked = {i.encode() for i in overlay.papers()} if needles else set[bytes]()
        for n, line in enumerate(self.lines(), 1):
            if needles and line.isascii() and b"\\u" not in line:
                low = line.lower()
                # Decisions and notes are not in the line, nor found by the first id of a merged paper.
                # A line that an editor wrote may have its id anywhere.
                if any(needle not in low for needle in needles) and not (
                    marked
                    and (
                        (own := own_id(line)) is None or own in marked or line.find(HEAD[1:], ID_AT.stop) > 0
                    )
                ):
                    continue
            record = self.record(line, n)
            if record is not None:
                yield overlay.apply(record)

    def papers_of(self, ids: Collection[str]) -> Iterator[Record]:
        """The papers with these ids, in the order of the store: other lines are not decoded."""
        chosen = {i.encode() for i in ids}
        for n, line in enumerate(self.lines() if chosen else (), 1):
            # A line that an editor wrote may have its id anywhere.
            if (own := own_id(line)) is not None and own not in chosen:
                continue
            record = self.record(line, n)
            if record is not None and record["id"] in ids:
                yield self.overlay.apply(record)

    @cached_property
    def overlay(self) -> Overlay:
        """The decisions and corrections of the users, as of the first use of this object."""
        return Overlay.of(self.events(), self.works, self.reviewer if self.blind else None)

    @property
    def works(self) -> Works:
        """Which papers are one work, as papers.jsonl is now."""
        now = files.state(self.papers_file)
        if self._works is None or self._works[0] != now:
            quiet = Store(self.folder)
            self._works = now, Works(lambda: works_in(self.papers_file, self.lines(), quiet.record))
        return self._works[1]

    def versions(self, work: Work) -> Iterator[Record]:
        """The versions of a work, those left out that are no longer where they were."""
        try:
            with self.papers_file.open("rb") as stream:
                for member in work:
                    stream.seek(member.at)
                    record = Store(self.folder).record(stream.read(member.length), 0)
                    if record is not None and record["id"] == member.id:
                        yield self.overlay.apply(record)
        except OSError as fault:
            raise StoreError(f"cannot read {self.papers_file}: {fault.strerror or fault}") from fault

    def refresh(self) -> None:
        """Forgets what was read, so that what other processes wrote since is seen."""
        self.__dict__.pop("overlay", None)

    def find(self, names: Iterable[str]) -> dict[str, list[str]]:
        """For each name, the ids of the papers it may mean: an id or prefix of one (4 characters or
        more), the id of a merged paper, a cite key, an arXiv id or a DOI."""
        return find(self, names)

    def log(self) -> list[Logged]:
        """Every change, oldest first, undone ones and undos included. Events that a rewrite of the
        papers brought with it are one change with it."""
        return log.of_commands(self)

    # ---- writing: one process at a time -------------------------------------------------------

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writing]:
        """The store, locked for this process alone and read after locking."""
        waiting = "waiting for another paperctl to finish writing …"
        with files.locked(self.folder, lambda: self.notify(waiting), self.wait):
            files.sweep(self.folder)
            self.refresh()
            yield Writing(self)

    def decide(
        self,
        marks: deciding.Marks | Callable[[], deciding.Marks],
        did: str,
        records: Iterable[Record] = (),
    ) -> str | None:
        """Writes decisions and notes durably; gives the time that names the change.

        `marks` is paper id → {"decision": "keep" | "skip" | "maybe" | None, "note": text | None}, with
        the decision's "reason" (text) and "stage" ("abstract" | "fulltext") if there are any, "alone": True
        where it is not meant for the other versions of the work, and a
        "status" of reading ("todo" | "reading" | "read" | None). A decision on what two people decided
        differently resolves the conflict.
        A function that gives `marks` is called once the store is locked: for what hangs on what it holds.
        Nothing is written, and None given, when all of it is so already. `records` are the papers, where the
        caller has them.
        """
        return deciding.decide(self, marks, did, records)

    def correct_topics(self, changes: Mapping[str, Mapping[str, Sequence[str]]], did: str) -> str | None:
        """Writes topics put right by hand: paper id → {"add": topics, "remove": topics, "forget": topics};
        gives the time that names the change, None if all of it is so already."""
        return deciding.correct_topics(self, changes, did)

    def label(
        self, papers: Sequence[str], labels: Mapping[str, bool], did: str
    ) -> tuple[str | None, Sequence[str]]:
        """Gives labels to papers (True) or takes them off (False); gives the time that names the change, and
        the papers that it changed."""
        return deciding.label(self, papers, labels, did)

    def save_query(self, name: str, text: str | None, did: str) -> str | None:
        """Keeps a query under a name, or with None takes the name away; gives the time that names the change,
        None if it is so already."""
        with self.writing() as writing:
            if self.overlay.queries.get(name) == text:
                return None
            return writing.append(self.corrections_file, {"did": did, "queries": {name: text}})

    def undo(self, at: str | None = None, *, only_if_last: bool = False) -> Logged | None:
        """Takes back the last change that still stands, or the decision or correction named by `at`, with
        `only_if_last` only where it is the last that stands; gives what was undone, None if nothing was."""
        return undoing.undo(self, at, only_if_last=only_if_last)

    def redo(self) -> Logged | None:
        """Does again what was undone last; gives it, None if there is nothing to do again."""
        return undoing.redo(self)

    # ---- inside -------------------------------------------------------------------------------

    def events(self) -> list[Event]:
        events: list[Event] = []
        for path in (self.decisions_file, self.corrections_file):
            found, damage = self.events_in(path)
            events += found
            for what in damage:
                self.notify_once(f"{what.line}; left out (paperctl check)")
        return sorted(events, key=lambda e: str(e["at"]))

    def events_in(self, path: Path) -> tuple[list[Event], list[Damage]]:
        """The events of decisions.jsonl or corrections.jsonl, those included that a stopped writer left on
        their way, and what is damaged."""
        events, damage = read_events(path)
        intent = read_intent(self.folder)
        if intent is not None and self.took_place(intent):
            known = {event["at"] for event in events}
            events += [e for name, e in intent.events if name == path.name and e["at"] not in known]
        return events, damage

    def took_place(self, intent: Intent) -> bool:
        """Whether the change of an intent was committed."""
        if intent.change is None or files.has_stamp(self.papers_file, intent.after):
            return True
        return any(change.at == intent.change for change in self.committed())

    def record(self, line: bytes, n: int) -> Record | None:
        """The paper of a line in the shape of this version; None, and a message, if it is damaged."""
        try:
            record = _decode(line.removeprefix(BOM_UTF8) if n == 1 else line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
            if line.strip():
                self.notify(f"papers.jsonl line {n} is damaged ({fault}); left out (paperctl check --repair)")
            return None
        if not isinstance(record, dict) or not isinstance(record.get("id"), str):
            self.notify(f"papers.jsonl line {n} has no id; left out (paperctl check --repair)")
            return None
        if record.get("schema") == SCHEMA and fits(record):
            return as_record(record)
        return self._foreign(record, n)

    def _foreign(self, record: dict[str, Any], n: int) -> Record:
        """A record of another version or of an editor, made whole, with a message about what was wrong."""
        version = record.get("schema")
        wrong = list(misfits(record))
        if wrong:
            self.notify_once(
                f"papers.jsonl line {n}: {', '.join(wrong[:3])} not as it should be; "
                "read as far as it goes (paperctl check --repair)"
            )
            if version == SCHEMA:
                return completed(record)
        if isinstance(version, int) and version > SCHEMA:
            self.notify_once(
                f"this store was written by a newer paperctl (schema {version}); read as far as it goes"
            )
        else:
            self.notify_once(
                "this store was written by an older paperctl or by hand; missing fields are read as empty"
            )
        return completed(record)

    def notify_once(self, line: str) -> None:
        """Passes a message to the user once."""
        before = self.__dict__.setdefault("_notified", set())
        if line not in before:
            before.add(line)
            self.notify(line)

    def committed(self) -> list[history.Change]:
        """The changes of papers.jsonl that took place."""
        found = self.changes()
        return found[:-1] if self.is_cut_short(found) else found

    def changes(self) -> list[history.Change]:
        """The changes of papers.jsonl, the last of which may not have taken place."""
        return history.changes(self.folder, unreadable=self.notify_once)

    def is_cut_short(self, changes: Sequence[history.Change]) -> bool:
        """Whether the last of these changes did not take place, because its writer was stopped."""
        if not changes or changes[-1].before == changes[-1].after:
            return False
        return files.has_stamp(self.papers_file, changes[-1].before)


__all__ = ["Logged", "Store", "Writing", "encode"]
