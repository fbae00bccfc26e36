"""What deduplication would do to a collection of papers: by its own rules, or by a person's plan. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

from paperctl import planfile
from paperctl.dedupe import Plan, Verdict, plan, verdict
from paperctl.dedupe.entries import entries
from paperctl.merging import words_on
from paperctl.planfile import Found, Pair, Row
from paperctl.record import Record
from paperctl.store.events import Overlay, Word, known_ids

if TYPE_CHECKING:
    from paperctl.dedupe.candidates import Table

Words = Mapping[Pair, Word]


@dataclass(slots=True)
class Proposal:
    """What deduplication would do to these papers; pairs and clusters are places among `papers`."""

    papers: list[Record]
    clusters: list[list[int]] = field(default_factory=list)
    versions: list[Pair] = field(default_factory=list)
    maybes: list[tuple[int, int, Verdict]] = field(default_factory=list)
    apart: list[Pair] = field(default_factory=list)
    """The pairs that a plan newly says are distinct."""
    unlinked: list[Pair] = field(default_factory=list)
    """The pairs called distinct that name each other as versions, which ends."""
    said: list[tuple[str, str, Word]] = field(default_factory=list)
    """The words on pairs of ids that a plan brings and nobody said before."""
    conflicts: list[str] = field(default_factory=list)
    """For each cluster that a person had decided on in different ways: who is what, and what holds."""
    keys: Table | None = None
    """The key table of the papers, if these are all of a store's."""

    @property
    def surplus(self) -> int:
        """How many papers fewer there would be."""
        return sum(len(cluster) - 1 for cluster in self.clusters)

    def rows(self) -> Iterator[tuple[str, Sequence[int]]]:
        """What is proposed: the verb of a plan, and the papers."""
        yield from (("merge", cluster) for cluster in self.clusters)
        yield from (("version", pair) for pair in self.versions)
        yield from (("maybe", (a, b)) for a, b, _ in self.maybes)
        yield from (("distinct", pair) for pair in dict.fromkeys([*self.apart, *self.unlinked]))

    def lines(self) -> Iterator[str]:
        """The proposal as a plan to edit."""
        yield planfile.header()
        for verb, places in self.rows():
            yield planfile.row(verb, [self.papers[n] for n in places])

    def evidence(self, places: Sequence[int]) -> Iterator[tuple[Record, Record, Verdict]]:
        """Each pair of a cluster that stands on its own, with what speaks for it."""
        asked = {(a, b): found for a, b, found in self.maybes}
        for a, b in combinations(places, 2) if len(places) < 6 else pairwise(places):
            found = asked.get((a, b)) or verdict(self.papers[a], self.papers[b])
            yield self.papers[a], self.papers[b], found


def proposed(
    papers: list[Record],
    overlay: Overlay,
    yes_above: float,
    progress: Callable[[str, float], None] | None = None,
) -> Proposal:
    """What a pass over all these papers would merge, link and ask; from the score `yes_above` on
    (0 is never) it merges doubtful pairs."""
    words = words_on(papers, overlay.pairs)
    found = plan(papers, words=words, progress=progress)
    if yes_above:
        found.clusters = _widened(found, papers, words, yes_above)
    settled = _settled(found, words)
    return Proposal(
        papers,
        settled.clusters,
        _not_linked(papers, settled.versions),
        settled.maybes,
        unlinked=_wrongly_linked(papers, settled.clusters, words),
        conflicts=_conflicts(papers, settled.clusters, overlay),
        keys=found.keys,
    )


def _widened(found: Plan, papers: Sequence[Record], words: Words, threshold: float) -> list[list[int]]:
    """The clusters, joined by the doubtful pairs that score enough, the surest first.

    A threshold speaks for a pair, not for what the pair would bring together: every two papers of one
    cluster and the other must be duplicates or score enough themselves, a veto stays one, and no entry
    that went into the one may be distinct from an entry of the other.
    """
    asked = {(a, b): found for a, b, found in found.maybes}
    home = {n: cluster for cluster in found.clusters for n in cluster}

    def same(a: int, b: int) -> bool:
        pair = (min(a, b), max(a, b))
        if pair in words:
            return words[pair] == "same"
        judged = asked.get(pair) or verdict(papers[pair[0]], papers[pair[1]])
        if judged.kind == "maybe" and (judged.score < threshold or _vetoed(judged)):
            return False
        return judged.kind in ("maybe", "duplicate") and not _entries_differ(papers[a], papers[b])

    for a, b, _ in sorted(found.maybes, key=lambda maybe: (-maybe[2].score, maybe[0], maybe[1])):
        one, other = home.get(a, [a]), home.get(b, [b])
        # The pair itself comes first: where it scores too little, nothing else is compared.
        if one is not other and same(a, b) and all(same(*pair) for pair in product(one, other)):
            whole = [*one, *other]
            home.update(dict.fromkeys(whole, whole))
    return planfile.united(home.values())


def _vetoed(judged: Verdict) -> bool:
    return any(said.startswith("veto") for said in judged.evidence)


def _entries_differ(one: Record, other: Record) -> bool:
    """Whether entries of two papers, of which one was merged before, are distinct."""
    if len(one["sources"]) + len(other["sources"]) < 3:
        return False
    judged = (verdict(a, b) for a, b in product(entries(one), entries(other)))
    return any(found.kind == "distinct" or _vetoed(found) for found in judged)


def _settled(found: Plan, words: Words) -> Plan:
    """The plan with one link or question for two papers as they will be, and none for those that a
    person called distinct."""
    home = homes(found.clusters)

    def ends(a: int, b: int) -> frozenset[int]:
        return frozenset((home.get(a, a), home.get(b, b)))

    seen = {ends(*pair) for pair, word in words.items() if word == "distinct"}
    settled = Plan(found.clusters)
    for a, b in found.versions:
        if len(ends(a, b)) == 2 and ends(a, b) not in seen:
            seen.add(ends(a, b))
            settled.versions.append((a, b))
    for a, b, judged in found.maybes:
        if len(ends(a, b)) == 2 and ends(a, b) not in seen:
            seen.add(ends(a, b))
            settled.maybes.append((a, b, judged))
    return settled


def homes(clusters: Iterable[Sequence[int]]) -> dict[int, int]:
    """The first paper of its cluster, for each paper in one."""
    return {n: cluster[0] for cluster in clusters for n in cluster}


def _not_linked(papers: Sequence[Record], pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs that do not name each other as versions yet."""
    linked = {frozenset((r["id"], v)) for r in papers for v in r["versions"]}
    return [pair for pair in pairs if frozenset(papers[n]["id"] for n in pair) not in linked]


def _wrongly_linked(papers: Sequence[Record], clusters: Sequence[Sequence[int]], words: Words) -> list[Pair]:
    """The pairs called distinct of which one names the other as a version, or will when the clusters
    are merged."""
    members = {cluster[0]: cluster for cluster in clusters}
    home = homes(clusters)
    found: dict[frozenset[int], Pair] = {}
    for pair in (pair for pair, word in words.items() if word == "distinct"):
        one, other = (members.get(home.get(n, n), [n]) for n in pair)
        if any(names(papers[a], papers[b]) or names(papers[b], papers[a]) for a, b in product(one, other)):
            found.setdefault(frozenset((one[0], other[0])), pair)
    return list(found.values())


def names(record: Record, other: Record) -> bool:
    """Whether a paper names another as a version of it."""
    return bool(record["versions"]) and not set(known_ids(other)).isdisjoint(record["versions"])


def _conflicts(papers: Sequence[Record], clusters: Iterable[Sequence[int]], overlay: Overlay) -> list[str]:
    """A line for each cluster that was decided on in different ways."""
    lines = []
    for cluster in clusters:
        decided: dict[str, tuple[str, str]] = {}
        for record in (papers[n] for n in cluster):
            mark = overlay.marks_of(record).get("decision")
            if mark is not None:
                decided[record["id"]] = (mark[0], mark[1] or "clear")
            elif record["decision"]:
                decided[record["id"]] = ("", record["decision"])
        if len({decision for _, decision in decided.values()}) > 1:
            who = ", ".join(f"{name} {decision}" for name, (_, decision) in decided.items())
            at, holds = max(decided.values(), key=lambda said: said[0])
            which = "the last word" if at else "the first"
            lines.append(f"{who}: decided on differently; {holds}, {which}, holds")
    return lines


def planned(papers: list[Record], overlay: Overlay, rows: Iterable[Row], found: Found, name: str) -> Proposal:
    """What a plan would do; `found` are the ids that each word of it may stand for. Raises UsageError for
    a plan that cannot be carried out."""
    lines = planfile.understood(rows, papers, found, name)
    earlier = words_on(papers, overlay.pairs)
    clusters = planfile.agreed(lines, earlier, papers, name)
    proposal = Proposal(papers, clusters, conflicts=_conflicts(papers, clusters, overlay))
    now: dict[Pair, Word] = {}
    for line in lines:
        for places, (a, b) in line.pairs() if line.verb in planfile.MEANING else ():
            now[places] = word = planfile.MEANING[line.verb]
            had = overlay.pairs.get((min(a, b), max(a, b)))
            if word != had or word != earlier.get(places, word):
                proposal.said.append((a, b, word))
                proposal.apart += [places] if word == "distinct" else []
    # The newest word on what will be two papers holds, whichever of their ids it named.
    home = homes(clusters)
    told = {frozenset(home.get(n, n) for n in pair) for pair in now}
    before = {p: w for p, w in earlier.items() if frozenset(home.get(n, n) for n in p) not in told}
    linked = [pair for pair, word in now.items() if word == "version"]
    proposal.versions = _not_linked(papers, _settled(Plan(clusters, linked), now).versions)
    proposal.unlinked = _wrongly_linked(papers, clusters, {**before, **now})
    return proposal
