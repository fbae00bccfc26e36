"""Merges that a later paper speaks against: a pass over a store settles it as one load would.

What a load joins to a stored paper is judged by what is known then. So a pass plans for the entries of merged
papers, not for the papers, and where their entries come apart it puts them back as they were. It leaves
papers alone on which people decided, and merges that the rules did not make or did not mark as theirs: a
person's, a threshold's, those of versions before this mark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from paperctl.deduplicate import Plan, plan
from paperctl.library.merge import Merger, homes, judgements_on, known_by
from paperctl.parallel.reports import Progress
from paperctl.record import Record, as_record, by_name
from paperctl.record import sources as paper
from paperctl.record.ids import known_ids, least_id, title_id
from paperctl.store.overlay import Overlay

_MARKS = ("decision", "note", "reason", "stage", "status", "labels", "votes", "citekey_by")
"""The fields of a paper's own line that hold what people set, which a dump brought."""
_ENTRIES = 50
"""A paper of more entries is left as it is: comparing each two of them would take long."""


class _Loose:
    """Papers with the entries of those merged by the rules apart, each under a number of its own. The number
    of a paper's first entry is that of the paper, those of the others are behind the last paper."""

    def __init__(self, papers: Sequence[Record], overlay: Overlay) -> None:
        self.records: list[Record] = [*papers]
        self.home = [*range(len(papers))]
        """For each record the place of its paper."""
        self.same: list[tuple[int, int]] = []
        """Entries of one paper that are equal to the letter, of two dumps."""
        named = overlay.named()
        for n, record in enumerate(papers):
            if _is_by_rules(record) and not is_of_people(record, named):
                self._part(n, record)

    def _part(self, n: int, record: Record) -> None:
        parts = [
            as_record({**facts, "id": record["id"], "versions": [], "sources": [source]})
            for source, facts in paper.entries(record)
        ]
        numbers = [n, *range(len(self.records), len(self.records) + len(parts) - 1)]
        self.records[n] = parts[0]
        self.records += parts[1:]
        self.home += [n] * (len(parts) - 1)
        self.same += [(numbers[a], numbers[b]) for a, b in _equal(record)]

    def apart(self, clusters: Iterable[Sequence[int]]) -> set[int]:
        """The places of the papers whose entries did not come into one cluster."""
        into = homes(clusters)
        first: dict[int, int] = {}
        return {
            at for n, at in enumerate(self.home) if first.setdefault(at, into.get(n, n)) != into.get(n, n)
        }


def _is_by_rules(record: Record) -> bool:
    """Whether a paper has several entries and the rules alone brought them together, as far as its sources
    say: one is the first, others were merged by the rules or are equal to one of these. Facts that were
    filled from elsewhere belong to the whole paper: it stays whole."""
    if not 1 < len(record["sources"]) <= _ENTRIES or by_name(record).get("filled"):
        return False
    seen: set[tuple[str | None, str | None]] = set()
    unproven = 0
    for source in record["sources"]:
        entry = source.get("entry"), source["key"]
        unproven += "joined" not in source and entry not in seen
        seen.add(entry)
    return unproven == 1


def is_of_people(record: Record, named: set[str]) -> bool:
    """Whether people decided on a paper: on the paper, or on whether it is one with others. `named` are the
    papers that their words name: `Overlay.named`."""
    return any(record.get(name) for name in _MARKS) or not named.isdisjoint(known_ids(record))


def _equal(record: Record) -> Iterator[tuple[int, int]]:
    """Entries of a paper that are one entry, each of another dump, by their numbers."""
    telling = paper.names_itself(record)
    names = [known_by(source.get("entry"), source["key"], telling) for source in record["sources"]]
    for (a, one), (b, other) in combinations(enumerate(record["sources"]), 2):
        if names[a] is not None and names[a] == names[b] and one["sha256"] != other["sha256"]:
            yield a, b


def planned_anew(
    papers: Sequence[Record], overlay: Overlay, progress: Progress | None = None
) -> tuple[Parted, Plan]:
    """A plan for the entries of merged papers, and the papers that it is for: those whose entries it does not
    bring together again are taken apart."""
    loose, found = _planned(papers, overlay, progress)
    whole = _parted(loose, papers, found.clusters)
    return whole, found.onto(whole.place)


def _planned(
    papers: Sequence[Record], overlay: Overlay, progress: Progress | None = None
) -> tuple[_Loose, Plan]:
    loose = _Loose(papers, overlay)
    judgements = judgements_on(loose.records, overlay.judgements, held=range(len(papers)))
    for pair in loose.same:
        judgements.add(*pair, "same")
    return loose, plan(loose.records, judgements=judgements, progress=progress)


def outvoted(merger: Merger, found: Plan, overlay: Overlay, decided: Collection[str]) -> int:
    """How many of the papers that a load brought together with others a pass would take apart, as far as the
    papers that it compared them with show. `decided` are papers on which the load brings words of people."""
    places = sorted({merger.place(n) for n in _reached(merger, found)} - merger.left_out.keys())
    papers = [record for n in places if (record := merger.now(n)) is not None]
    if not papers:
        return 0
    loose, planned = _planned(papers, overlay)
    return sum(not is_of_people(papers[n], {*decided}) for n in loose.apart(planned.clusters))


def _reached(merger: Merger, found: Plan) -> Iterable[int]:
    """The papers that chains of pairs lead to from stored merged papers and from what was merged with stored
    papers around."""
    near: dict[int, set[int]] = {}
    for a, b in found.near:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    waiting = [n for n in near if n < merger.known and len(merger.papers[n]["sources"]) > 1]
    for cluster in found.clusters:
        around = set().union(*(near.get(n, ()) for n in cluster)).difference(cluster)
        waiting += cluster if any(n < merger.known for n in around) else ()
    reached: dict[int, None] = {}
    while waiting:
        n = waiting.pop()
        if n not in reached:
            reached[n] = None
            waiting += near.get(n, ())
    return reached


@dataclass(slots=True)
class Parted:
    """Papers of which some were taken apart: the entries of these follow behind the last paper, but for the
    first of each, which has its paper's place."""

    papers: list[Record]
    touched: set[int] = field(default_factory=set)
    """The places of the papers that are not as they are stored."""
    parts: set[int] = field(default_factory=set)
    """The places of what was taken apart."""
    origin: dict[int, int] = field(default_factory=dict)
    """For each of these the place of the paper that it came out of."""
    apart: list[Record] = field(default_factory=list)
    """The papers that were taken apart, as they are stored."""
    place: list[int] = field(default_factory=list)
    """For each loose record its place among the papers."""


def _parted(loose: _Loose, papers: Sequence[Record], clusters: Sequence[Sequence[int]]) -> Parted:
    """The papers, with the entries of those that do not come into one cluster each as a paper of its own.
    Their links are left out: a plan finds those that hold."""
    apart, into = loose.apart(clusters), homes(clusters)
    whole = Parted([*papers], apart=[papers[n] for n in sorted(apart)])
    whole.place = [*range(len(papers)), *([-1] * (len(loose.home) - len(papers)))]
    numbers: dict[int, list[int]] = {n: [] for n in apart}
    for n, at in enumerate(loose.home):
        if at in apart:
            numbers[at].append(n)
        else:
            whole.place[n] = at
    if not apart:
        return whole
    taken = {name for record in papers for name in known_ids(record)}
    for at, some in sorted(numbers.items()):
        places = [at, *range(len(whole.papers), len(whole.papers) + len(some) - 1)]
        first, *others = _with_key_where_most_are(
            _parts_of(papers[at], taken), [into.get(n, n) for n in some]
        )
        whole.papers[at] = first
        whole.papers += others
        for n, place in zip(some, places, strict=True):
            whole.place[n] = place
        whole.parts.update(places)
        whole.origin.update(dict.fromkeys(places, at))
    _without_links(whole)
    return whole


def _with_key_where_most_are(parts: list[Record], clusters: Sequence[int]) -> list[Record]:
    """The parts of a paper, with its cite key at the first of those that most of them come together with:
    who cites the paper means these."""
    main = clusters.index(max(clusters, key=clusters.count))
    if main and (key := parts[0].get("citekey")):
        moved = {**by_name(parts[main]), "citekey": key}
        rest = {name: value for name, value in by_name(parts[0]).items() if name != "citekey"}
        parts[0], parts[main] = as_record(rest), as_record(moved)
    return parts


def _without_links(whole: Parted) -> None:
    """Takes the links to what was taken apart out of the other papers."""
    whole.touched |= whole.parts
    gone = {name for record in whole.apart for name in known_ids(record)}
    for n, record in enumerate(whole.papers):
        if record["versions"] and not gone.isdisjoint(record["versions"]):
            versions = [v for v in record["versions"] if v not in gone]
            whole.papers[n] = as_record({**record, "versions": versions})
            whole.touched.add(n)


def _parts_of(record: Record, taken: set[str]) -> list[Record]:
    """The entries of a paper, each as the paper that a load would make of it. The ids that the merged paper
    had go to the entry that they are made of, else to the first."""
    parts = paper.taken_apart(as_record({**record, "versions": []}), set(taken), {}, record["added"] or "")
    made = [{title_id(part["title"]), least_id({**part, "id": ""}, ())} for part in parts]
    owner = {name: next((n for n, own in enumerate(made) if name in own), 0) for name in known_ids(record)}
    found = []
    for n, part in enumerate(parts):
        own = [name for name, at in owner.items() if at == n]
        name = least_id(
            {**part, "id": "", "sources": [{**part["sources"][0], "earlier": _named(own)}]}, taken
        )
        name = name or part["id"]
        taken.add(name)
        source = {**part["sources"][0], "earlier": _named(other for other in own if other != name)}
        if not source["earlier"]:
            del source["earlier"]
        found.append(
            as_record({**part, "id": name, "added": record["added"], "versions": [], "sources": [source]})
        )
    return found


def _named(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"id": name} for name in names]


def stale_links(
    papers: Sequence[Record], home: Mapping[int, int], versions: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pairs of papers that are linked and would not be by one load. `home` and `versions` are what a plan
    makes of the papers."""
    linked: dict[frozenset[int], tuple[int, int]] = {}
    where: dict[str, int] = {}
    if any(record["versions"] for record in papers):
        where = {name: n for n, record in enumerate(papers) for name in reversed(known_ids(record))}
    for n, record in enumerate(papers):
        for other in (where[v] for v in record["versions"] if v in where):
            linked.setdefault(
                frozenset((home.get(n, n), home.get(other, other))), (min(n, other), max(n, other))
            )
    for a, b in versions:
        linked.pop(frozenset((home.get(a, a), home.get(b, b))), None)
    return sorted(pair for ends, pair in linked.items() if len(ends) == 2)
