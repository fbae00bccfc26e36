"""Carrying out what deduplication found: papers joined, versions linked, a person's words obeyed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, product
from typing import Any

from paperctl import paper
from paperctl.dedupe import merge
from paperctl.record import Record
from paperctl.store.events import Event, Overlay, Word, known_ids, note_before_merges


class Merger:
    """Papers while they are being joined and linked.

    `changed[n]` is what became of paper n where it is not as it was: None if it went into another.
    The first `known` papers are stored ones, which nothing but `join` and `link` looks at.
    """

    def __init__(self, papers: Sequence[Record], known: int = 0) -> None:
        self.papers = papers
        self.known = known
        self.changed: dict[int, Record | None] = {}
        self._into: dict[str, int] = {}

    def now(self, n: int) -> Record | None:
        """Paper n as it is now."""
        return self.changed[n] if n in self.changed else self.papers[n]

    def place(self, n: int) -> int:
        """Where paper n is now: its own place, or that of the paper it went into."""
        return self._into.get(self.papers[n]["id"], n)

    def join(self, clusters: Iterable[Sequence[int]]) -> None:
        """Makes one paper of each cluster, under the id of its first."""
        for first, *others in clusters:
            self.changed[first] = paper.joined(self.papers[first], [self.papers[n] for n in others], merge)
            for n in others:
                self.changed[n] = None
                self._into[self.papers[n]["id"]] = first
        if self._into:
            self._mend_links()

    def link(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Makes versions of each other name each other."""
        for pair in pairs:
            a, b = (self.place(n) for n in pair)
            for this, that in ((a, b), (b, a)) if a != b else ():
                record, other = self.now(this), self.papers[that]["id"]
                if record is not None and other not in record["versions"]:
                    self.changed[this] = {**record, "versions": [*record["versions"], other]}

    def _mend_links(self) -> None:
        """Links to a paper that went into another lead to that one."""
        # Stored papers name stored ones only, so they are looked at only if such a one is gone.
        looked_at: Iterable[int] = range(len(self.papers))
        if min(n for n, record in self.changed.items() if record is None) >= self.known:
            looked_at = chain(
                (n for n in list(self.changed) if n < self.known), range(self.known, len(self.papers))
            )
        for n in looked_at:
            record = self.now(n)
            if record is not None and any(v in self._into for v in record["versions"]):
                led = (self.papers[self._into[v]]["id"] if v in self._into else v for v in record["versions"])
                versions = [v for v in dict.fromkeys(led) if v != record["id"]]
                self.changed[n] = {**record, "versions": versions}


def notes_apart(
    families: Iterable[Sequence[Record]], overlay: Overlay, events: Sequence[Event]
) -> dict[str, dict[str, str | None]]:
    """For papers just taken apart, the notes that a merge had put together and nobody changed since."""
    notes: dict[str, dict[str, str | None]] = {}
    for family in families:
        marks = {part["id"]: overlay.marks_of(part).get("note", ("", part["note"])) for part in family}
        for part in family:
            others = "\n".join(note or "" for one, (_, note) in marks.items() if one != part["id"])
            note = note_before_merges(events, part["id"], part["note"], others)
            if note != marks[part["id"]][1]:
                notes[part["id"]] = {"note": note}
    return notes


def links_apart(papers: Iterable[Record], families: Collection[Sequence[Record]]) -> list[Record]:
    """Those of the papers whose links to papers just taken apart lead elsewhere now, mended.

    `families` are the papers that came out of one each, all of them among the `papers`. A link to one
    of a family leads to those of it that name the paper in turn.
    """
    papers = list(papers)
    home = {name: record["id"] for record in papers for name in reversed(known_ids(record))}
    family = {part["id"]: parts for parts in families for part in parts}
    parts = chain.from_iterable(families)
    naming = {part["id"]: {home.get(v, v) for v in part["versions"]} for part in parts}
    mended = []
    for record in papers:
        versions: list[str] = []
        for old in (home.get(v, v) for v in record["versions"]):
            answering = [part["id"] for part in family.get(old, ()) if record["id"] in naming[part["id"]]]
            versions += answering or [old]
        versions = [v for v in dict.fromkeys(versions) if v != record["id"]]
        if versions != record["versions"]:
            mended.append({**record, "versions": versions})
    return mended


def words_on(
    papers: Sequence[Record], pairs: Mapping[tuple[str, str], Word], known: int = 0
) -> dict[tuple[int, int], Word]:
    """What a person said of pairs of ids, by the papers' places among these.

    Papers from `known` on whose entry equals one of a paper that was spoken of are the same as that
    paper, and the person's words hold for them, too: the next dump with two entries that were taken
    apart neither joins them nor asks again.
    """
    if not pairs:
        return {}
    where = {name: n for n, record in enumerate(papers) for name in reversed(known_ids(record))}
    words: dict[tuple[int, int], Word] = {}
    for (a, b), word in pairs.items():
        if a in where and b in where and where[a] != where[b]:
            words[_in_order(where[a], where[b])] = word
    alike = _copies(papers, {n for pair in words for n in pair}, known)
    for (i, j), word in list(words.items()):
        words.update((_in_order(*pair), word) for pair in product(alike[i], alike[j]))
    for first, *copies in alike.values():
        words.update((_in_order(first, n), "same") for n in copies)
    return words


def _copies(papers: Sequence[Record], spoken_of: set[int], known: int) -> dict[int, list[int]]:
    """For each of the papers spoken of its place and those of the papers that tell the same.

    Entries may be equal to the letter and yet parted: then the key in the dump tells which is which,
    and without one their order.
    """
    alike = {n: [n] for n in sorted(spoken_of)}
    telling: dict[tuple[str, Any], dict[int, None]] = {}
    for n in alike:
        for source in papers[n]["sources"]:
            if entry := source.get("entry"):
                for named in {(entry, source.get("key")), (entry, None)}:
                    telling.setdefault(named, {})[n] = None
    turns: Counter[tuple[Any, ...]] = Counter()
    for n in range(known, len(papers)) if telling else ():
        if n in alike:
            continue
        for source in papers[n]["sources"]:
            entry = source.get("entry") or ""
            named = (entry, source.get("key"))
            if homes := telling.get(named) or telling.get(named := (entry, None)):
                turn = (*named, source.get("sha256"))
                alike[[*homes][min(turns[turn], len(homes) - 1)]].append(n)
                turns[turn] += 1
                break
    return alike


def _in_order(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
