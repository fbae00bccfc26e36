"""Carrying out what deduplication found: papers joined, versions linked, the user's judgements respected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain

from paperctl.deduplicate import merge
from paperctl.reading.incoming import Incoming
from paperctl.record import Record
from paperctl.record import sources as paper
from paperctl.record.ids import known_ids, title_id
from paperctl.store.judgements import Judgements

Naming = Callable[[Iterable[str]], Iterable[int]]
Named = tuple[str, object]


class Merger:
    """Papers while they are being joined and linked.

    `changed[n]` is what became of paper n where it is not as it was: None if it went into another.
    The first `known` papers are stored ones, which nothing but `join` and `link` looks at; `naming` gives
    the places of those that may name one of some ids as a version. Without it any paper may.
    """

    def __init__(self, papers: Sequence[Record], known: int = 0, naming: Naming | None = None) -> None:
        self.papers = papers
        self._naming = naming
        self._gone: set[str] = set()
        self.known = known
        self.changed: dict[int, Record | None] = {}
        self.left_out: dict[int, int | None] = {}
        """Papers that leave no trace, each with the place of the one that they are, if they are one."""
        self._into: dict[str, int] = {}
        """Ids that name no paper by themselves any more, each with the place of the paper it leads to."""
        self._places: dict[int, int] = {}
        self.joined: set[int] = set()
        """The places of papers that others went into."""

    def now(self, n: int) -> Record | None:
        """Paper n as it is now."""
        return self.changed[n] if n in self.changed else self.papers[n]

    def is_gone(self, n: int) -> bool:
        """Whether paper n went into another or was left out."""
        return n in self.changed and self.changed[n] is None

    def place(self, n: int) -> int:
        """Where paper n is now: its own place, or that of the paper it went into."""
        return self._places.get(n, n)

    def leave_out(self, papers: Mapping[int, int | None]) -> None:
        """Drops papers, which may be others that stay as they are."""
        self.left_out |= papers
        for n, place in papers.items():
            self.changed[n] = None
            if place is not None:
                self._into[self.papers[n]["id"]] = place
                self._places[n] = place

    def places(self) -> list[int | None]:
        """For each paper its place among those that are left, or that of the one it went into; None for
        what was left out."""
        gone = [n for n, record in self.changed.items() if record is None]
        left = [1] * len(self.papers)
        for n in gone:
            left[n] = 0
        places: list[int | None] = [place - 1 for place in accumulate(left)]
        for n in gone:
            places[n] = None if n in self.left_out else places[self.place(n)]
        return places

    def link(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Makes versions of each other name each other. Comes before `join`, so that a split knows whose
        link it was."""
        for pair in pairs:
            for this, that in (pair, pair[::-1]):
                record, other = self.now(this), self.papers[that]["id"]
                if record is not None and other not in record["versions"]:
                    self.changed[this] = {**record, "versions": [*record["versions"], other]}

    def join(self, clusters: Iterable[Sequence[int]], *, by_rules: bool = False) -> None:
        """Makes one paper of each cluster, in the place of its first and under the id that its members agree
        on in whatever order they came: `main_id`. What the rules bring together is marked so: only that may
        come apart again by itself."""
        for first, *others in clusters:
            papers = [record for n in (first, *others) if (record := self.now(n)) is not None]
            papers.sort(key=main_id)
            self.joined.add(first)
            self.changed[first] = paper.joined(papers[0], papers[1:], merge, by_rules=by_rules)
            main = papers[0]["id"]
            for n in (first, *others):
                self._places[n] = first
                name = self.papers[n]["id"]
                if name != main:
                    self._into[name] = first
                    if n < self.known:
                        self._gone.add(name)
            for n in others:
                self.changed[n] = None
        if self._into:
            self._mend_links()

    def rename(self, names: Mapping[int, str]) -> None:
        """Gives papers other ids; those that they had lead to them."""
        for n, name in names.items():
            record = self.now(n)
            if record is None or record["id"] == name:
                continue
            before = record["id"]
            self.changed[n] = paper.named(record, name)
            self._into.pop(name, None)
            self._into[before] = n
            if n < self.known:
                self._gone.add(before)
        if names:
            self._mend_links()

    def _id_at(self, n: int) -> str:
        name: str = (self.now(n) or self.papers[n])["id"]
        return name

    def _mend_links(self) -> None:
        """Links to a paper that went into another lead to that one."""
        looked_at: Iterable[int] = range(len(self.papers))
        if self._naming:
            # Stored papers name stored ones only, so only those that name one whose id is another now; new
            # ones name others only since `link`.
            stored = self._naming(self._gone) if self._gone else ()
            looked_at = dict.fromkeys(chain(stored, list(self.changed)))
        for n in looked_at:
            record = self.now(n)
            if record is not None and any(v in self._into for v in record["versions"]):
                led = (self._id_at(self._into[v]) if v in self._into else v for v in record["versions"])
                versions = [v for v in dict.fromkeys(led) if v != record["id"]]
                self.changed[n] = {**record, "versions": versions}


def homes(clusters: Iterable[Sequence[int]]) -> dict[int, int]:
    """The first paper of its cluster, for each paper in one."""
    return {n: cluster[0] for cluster in clusters for n in cluster}


def main_id(record: Record) -> tuple[bool, bool, str]:
    """What orders the ids of papers that become one: those made of a title first, then the smallest. A paper
    without sources, written by hand, has no place that would keep its id: it comes before all."""
    return bool(record["sources"]), record["id"] not in title_ids(record), record["id"]


def title_ids(record: Record) -> dict[str, str]:
    """The ids made of the titles of a paper's entries, each with the title."""
    titles = [
        record["title"],
        *(own["title"] for s in record["sources"] if "title" in (own := s.get("own", {}))),
    ]
    return {name: title for title in titles if (name := title_id(title))}


def judgements_on(
    papers: Sequence[Record], judgements: Judgements[str], known: int = 0, held: Iterable[int] | None = None
) -> Judgements[int]:
    """The user's judgements on pairs of ids, as judgements on places among these papers. `held` are the
    places of the papers before `known` that have one of the ids, if the caller knows them.

    A paper from `known` on whose entry equals one of a judged paper is the same as that paper, and the
    judgements hold for it, too: the next dump with two entries that were taken apart neither joins them
    nor asks again.
    """
    if not judgements:
        return Judgements()
    places = range(len(papers)) if held is None else chain(held, range(known, len(papers)))
    where = {name: [n] for n in places for name in reversed(known_ids(papers[n]))}
    by_place = judgements.among(lambda name: where.get(name, []))
    equal = _equal_papers(papers, by_place.papers(), known)
    by_place = by_place.among(equal.__getitem__)
    for first, *copies in equal.values():
        for n in copies:
            by_place.add(first, n, "same")
    return by_place


def _equal_papers(papers: Sequence[Record], judged: set[int], known: int) -> dict[int, list[int]]:
    """For each of the judged papers its place and those of the papers from `known` on with an equal entry.

    Entries of several judged papers may be equal to the letter: then the key in the dump identifies the
    paper, and without a key their order.
    """
    equal = {n: [n] for n in sorted(judged)}
    having: dict[tuple[str, object], dict[int, None]] = {}
    for n in equal:
        for source in papers[n]["sources"]:
            if entry := source.get("entry"):
                for named in {(entry, source.get("key")), (entry, None)}:
                    having.setdefault(named, {})[n] = None
    turns: Counter[tuple[object, ...]] = Counter()
    for n in range(known, len(papers)) if having else ():
        if n in equal:
            continue
        for source in papers[n]["sources"]:
            entry = source.get("entry") or ""
            named = (entry, source.get("key"))
            if homes := having.get(named) or having.get(named := (entry, None)):
                turn = (*named, source.get("sha256"))
                equal[[*homes][min(turns[turn], len(homes) - 1)]].append(n)
                turns[turn] += 1
                break
    return equal


def known_by(entry: str | None, key: object, telling: bool) -> Named | None:
    """What an entry is known by in other dumps: its facts and its key, if it has one; without a key the facts
    do if they tell, that is name people and a venue or year (`names_itself`). None where they do not."""
    return (entry, key) if entry and (key is not None or telling) else None


def same_entries(
    papers: Sequence[Record], held: Iterable[int], new: Sequence[Incoming], known: int
) -> Iterator[tuple[int, int]]:
    """Which new papers are an entry of another dump to the letter, by their places, from `known` on, each
    after that of the first: the next export of a column ("From the editors", twelve times a year) brings no
    new issues.

    Equal entries are those that one name is known by. One dump may have several: then the first is the first,
    and so on. `held` are the places of the papers before `known` that have an entry of the new ones.
    """
    places: dict[Named, dict[int, None]] = {}
    turns: dict[tuple[object, ...], Iterator[int]] = {}
    for n in held:
        telling = paper.names_itself(papers[n])
        for source in papers[n]["sources"]:
            if name := known_by(source.get("entry"), source.get("key"), telling):
                places.setdefault(name, {})[n] = None
    several = {entry for entry, _ in places} | _repeated(one.entry for one in new)
    for n, one in enumerate(new, known):
        name = known_by(one.entry, one.key, one.telling) if one.entry in several else None
        if name is None:
            continue
        there = places.setdefault(name, {})
        first = next(turns.setdefault((*name, one.sha256), iter([*there])), None)
        if first is not None:
            yield first, n
        else:
            there[n] = None


def _repeated(names: Iterable[str]) -> set[str]:
    """The names that come more than once."""
    return {name for name, times in Counter(names).items() if times > 1}
