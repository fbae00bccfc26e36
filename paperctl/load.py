"""Loading: dumps → entries → facts → papers, new, merged or unchanged, with a receipt.

Reading and normalising happen before the store is locked; matching and writing under the lock,
against what the store holds then. All dumps of a call are stored in one change.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from paperctl import paper
from paperctl.dedupe import merge, plan
from paperctl.dumps import Dump, open_dumps
from paperctl.errors import DumpError
from paperctl.normalise import normalise
from paperctl.paper import Facts, Source
from paperctl.recognise import Choice, named, read, recognise
from paperctl.record import FACTS, About, Entry, Fault, Record, Skip, paper_id
from paperctl.store import Store, Writing
from paperctl.store.events import Overlay, Word, known_ids

Progress = Callable[[str, float], None]
Tagger = Callable[[Sequence[Record]], Iterable[tuple[list[str], dict[str, float]]]]


def _quiet(label: str, share: float) -> None:
    """No progress shown."""


@dataclass(slots=True)
class FileReceipt:
    """What became of one dump's lines."""

    file: str
    format: str | None = None
    read: int = 0
    new: int = 0
    merged: int = 0
    unchanged: int = 0
    skipped: list[tuple[int, int, str]] = field(default_factory=list)
    errors: list[tuple[int | None, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "format": self.format,
            "read": self.read,
            "new": self.new,
            "merged": self.merged,
            "unchanged": self.unchanged,
            "skipped": [{"lines": [a, b], "reason": reason} for a, b, reason in self.skipped],
            "errors": [{"line": line, "message": message} for line, message in self.errors],
            **({"warnings": self.warnings} if self.warnings else {}),
        }


@dataclass(slots=True)
class Receipt:
    """What became of a load, file by file."""

    files: list[FileReceipt] = field(default_factory=list)

    def total(self, name: str) -> int:
        return sum(getattr(file, name) for file in self.files)

    def as_json(self) -> dict[str, Any]:
        counts = {name: self.total(name) for name in ("read", "new", "merged", "unchanged")}
        return {**counts, "files": [file.as_json() for file in self.files]}

    @property
    def faulty(self) -> bool:
        """Whether some of it could not be read."""
        return any(file.errors for file in self.files)


@dataclass(slots=True)
class Incoming:
    """An entry on its way into the store."""

    facts: Facts
    source: Source
    receipt: FileReceipt


def read_dumps(
    paths: Iterable[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    progress: Progress = _quiet,
) -> tuple[list[Incoming], Receipt]:
    """Every entry of the dumps at these paths, normalised, and a receipt with skips and errors.

    What cannot be read becomes an error in its file's receipt; the rest is read all the same.
    """
    incoming: list[Incoming] = []
    receipt = Receipt()
    reader = named(format) if format else None
    for path in paths:
        for dump in open_dumps(path, encoding):
            if isinstance(dump, DumpError):
                receipt.files.append(FileReceipt(path, errors=[(None, _one_line(dump))]))
                continue
            file = FileReceipt(dump.name)
            receipt.files.append(file)
            try:
                choice = Choice(reader) if reader else recognise(dump)
                file.format, file.why = choice.reader.NAME, list(choice.explanation())
                incoming += _entries(dump, choice, file, progress)
                if not file.read and not file.errors:
                    why = f" ({file.skipped[0][2]})" if file.skipped else ""
                    file.errors.append((None, f"no paper in it, read as {file.format}{why}; --format NAME"))
            except DumpError as fault:
                file.errors.append((None, _one_line(fault).removeprefix(f"{dump.name}: ")))
            file.warnings += dump.warnings
    return incoming, receipt


def _entries(dump: Dump, choice: Choice, file: FileReceipt, progress: Progress) -> Iterator[Incoming]:
    """The normalised entries of one dump. What the dump says of itself may come last, so it is put
    into the sources at the end."""
    about: dict[str, Any] = {}
    sources: list[Source] = []
    for item in read(dump, choice.reader):
        match item:
            case Entry():
                facts, repairs = normalise(item)
                if not item.key and not any(facts[name] for name in FACTS):
                    file.errors.append(
                        (item.lines[0], "an entry with nothing in it; give it a title to load it")
                    )
                    continue
                file.read += 1
                source = paper.source_of(
                    file=dump.name,
                    sha256=dump.sha256,
                    format=choice.reader.NAME,
                    entry=item,
                    facts=facts,
                    repairs=repairs,
                    about={},
                )
                sources.append(source)
                if file.read % 1000 == 0:
                    progress(f"reading {dump.name}: {file.read:,} entries", 0.0)
                yield Incoming(facts, source, file)
            case Skip(lines=(a, b), reason=reason):
                if file.skipped and file.skipped[-1][1] + 1 == a and file.skipped[-1][2] == reason:
                    a = file.skipped.pop()[0]
                file.skipped.append((a, b, reason))
            case Fault(lines=(a, _), message=message):
                file.errors.append((a, message))
            case About(data=data):
                about.update(data)
    if about:
        for source in sources:
            source["about"] = about


def load(
    store: Store,
    incoming: Sequence[Incoming],
    receipt: Receipt,
    *,
    tagger: Tagger | None,
    dedupe: bool = True,
    dry_run: bool = False,
    progress: Progress = _quiet,
) -> None:
    """Stores entries: new papers are added, known ones merged, all of it in one durable change.

    Fills in `new`, `merged` and `unchanged` of the receipt's files. With `dry_run` only that.
    """
    gc_was_on = gc.isenabled()
    gc.disable()  # millions of long-lived dicts: collecting them costs more than the loading
    try:
        if dry_run:
            _load_into(store, Writing(store), incoming, tagger, dedupe, True, "", progress)
            return
        names = list(dict.fromkeys(file.file for file in receipt.files if file.read))
        did = f"load {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"
        with store.writing() as writing:
            _load_into(store, writing, incoming, tagger, dedupe, False, did, progress)
    finally:
        if gc_was_on:
            gc.enable()


def _load_into(
    store: Store,
    writing: Writing,
    incoming: Sequence[Incoming],
    tagger: Tagger | None,
    dedupe: bool,
    dry_run: bool,
    did: str,
    progress: Progress,
) -> None:
    stored = writing.papers()
    fresh = _not_stored_yet(stored, incoming)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    taken = {paper for record in stored if record for paper in known_ids(record)}
    added: list[Record] = []
    for entry in fresh:
        made = paper.new_paper(paper_id(entry.facts, taken), entry.source, entry.facts, now)
        taken.add(made["id"])
        added.append(made)
    # Damaged lines have no place in a comparison, but keep theirs in the file.
    places = [n for n, record in enumerate(stored) if record is not None]
    known = [record for record in stored if record is not None]
    merger = Merger(known + added, known=len(known))
    if dedupe:
        found = plan(
            merger.papers, known=len(known), words=words_on(merger.papers, store.overlay), progress=progress
        )
        merger.join(found.clusters)
        merger.link(found.versions)
    edits: dict[int, Record | None] = {
        places[n]: merger.result[n] for n in sorted(merger.touched) if n < len(known)
    }
    additions = [r for n in range(len(known), len(merger.papers)) if (r := merger.result[n]) is not None]
    if tagger is not None:
        progress("tagging", 0.0)
        changed = [r for r in edits.values() if r is not None] + additions
        for record, (topics, scores) in zip(changed, tagger(changed), strict=True):
            record["topics"], record["topic_scores"] = topics, scores
    for n, entry in enumerate(fresh, len(known)):
        if merger.result[n] is None:
            entry.receipt.merged += 1
        else:
            entry.receipt.new += 1
    if not dry_run:
        progress("writing", 0.0)
        new, merged = len(additions), len(fresh) - len(additions)
        writing.commit(edits, additions, did, {"read": len(incoming), "new": new, "merged": merged})


def _not_stored_yet(stored: Sequence[Record | None], incoming: Sequence[Incoming]) -> list[Incoming]:
    """The entries that the store does not hold; the others are counted as unchanged.

    An entry is held when the same dump was loaded, by content, and the entry stood in the same lines;
    or when a dump of the same name had an entry with the same facts (a dump that grew).
    """
    held: set[tuple[Any, ...]] = set()
    for record in stored:
        for source in record["sources"] if record else ():
            held.update(_identities(source))
    fresh = []
    for entry in incoming:
        if held and not held.isdisjoint(_identities(entry.source)):
            entry.receipt.unchanged += 1
        else:
            fresh.append(entry)
    return fresh


def _identities(source: Source) -> Iterator[tuple[Any, ...]]:
    lines = tuple(source.get("lines") or ())
    yield (source.get("sha256"), lines, source.get("key"), source.get("title"))
    yield (source.get("file"), source.get("entry"))


class Merger:
    """Papers while they are being joined and linked: `result[n]` is what became of paper n, None for
    one that went into another; `touched` are those that are not as they were."""

    def __init__(self, papers: list[Record], known: int = 0) -> None:
        self.papers = papers
        self.known = known
        self.result: list[Record | None] = list(papers)
        self.touched: set[int] = set(range(known, len(papers)))
        self._into: dict[str, str] = {}

    def join(self, clusters: Iterable[Sequence[int]]) -> None:
        """Makes one paper of each cluster, under the id of its first."""
        for cluster in clusters:
            first, *others = cluster
            self.result[first] = paper.joined(self.papers[first], [self.papers[n] for n in others], merge)
            self.touched.update(cluster)
            for n in others:
                self.result[n] = None
                self._into[self.papers[n]["id"]] = self.papers[first]["id"]
        if self._into:
            self._mend_links()

    def link(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Makes versions of each other name each other."""
        where = {self.papers[n]["id"]: n for n in range(len(self.papers))}
        for a, b in pairs:
            ids = [self._into.get(self.papers[n]["id"], self.papers[n]["id"]) for n in (a, b)]
            if ids[0] == ids[1]:
                continue
            for this, that in (ids, ids[::-1]):
                n = where[this]
                record = self.result[n]
                if record is not None and that not in record["versions"]:
                    self.result[n] = {**record, "versions": [*record["versions"], that]}
                    self.touched.add(n)

    def _mend_links(self) -> None:
        """Links to a paper that went into another lead to that one."""
        for n, record in enumerate(self.result):
            if record is not None and any(v in self._into for v in record["versions"]):
                versions = dict.fromkeys(self._into.get(v, v) for v in record["versions"])
                self.result[n] = {**record, "versions": [v for v in versions if v != record["id"]]}
                self.touched.add(n)


def words_on(papers: Sequence[Record], overlay: Overlay) -> dict[tuple[int, int], Word]:
    """What a person said of pairs, by their places among these papers."""
    if not overlay.pairs:
        return {}
    where = {known: n for n, record in enumerate(papers) for known in reversed(known_ids(record))}
    words: dict[tuple[int, int], Word] = {}
    for (a, b), word in overlay.pairs.items():
        if a in where and b in where and where[a] != where[b]:
            words[min(where[a], where[b]), max(where[a], where[b])] = word
    return words


def _one_line(fault: DumpError) -> str:
    return f"{fault.message}; {fault.hint}" if fault.hint else fault.message
