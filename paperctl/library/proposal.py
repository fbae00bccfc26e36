"""What deduplication would do to a collection of papers: by its own rules, or by the user's plan. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

from paperctl.deduplicate import Plan, Verdict, verdict
from paperctl.deduplicate.entries import entries
from paperctl.library import planfile
from paperctl.library.anew import Parted, is_of_people, planned_anew, stale_links
from paperctl.library.merge import homes, judgements_on
from paperctl.library.planfile import Found, Pair, PlanLine
from paperctl.parallel.reports import Progress
from paperctl.record import Record, as_record
from paperctl.record.ids import known_ids
from paperctl.store.judgements import Judgement, Judgements
from paperctl.store.opinions import Opinion
from paperctl.store.overlay import Overlay

if TYPE_CHECKING:
    from paperctl.deduplicate.candidates import Table


@dataclass(slots=True)
class Proposal:
    """What deduplication would do to these papers; pairs and clusters are places among `papers`."""

    papers: list[Record]
    clusters: list[list[int]] = field(default_factory=list)
    versions: list[Pair] = field(default_factory=list)
    maybes: list[tuple[int, int, Verdict]] = field(default_factory=list)
    apart: list[Pair] = field(default_factory=list)
    """The pairs that a plan newly judges distinct."""
    unlinked: list[Pair] = field(default_factory=list)
    """The pairs whose version link ends: those judged distinct and the `ended`."""
    ended: frozenset[Pair] = field(default=frozenset(), compare=False)
    """The pairs that the rules no longer link."""
    judgements: list[tuple[str, str, Judgement]] = field(default_factory=list)
    """The judgements on pairs of ids that are new in a plan."""
    conflicts: list[str] = field(default_factory=list)
    """A line for each cluster that the user had decided on differently: the decisions, and which holds."""
    by_rules: frozenset[frozenset[int]] = field(default=frozenset(), compare=False)
    """The clusters that the rules made; a threshold or a plan made the others."""
    keys: Table | None = field(default=None, compare=False, repr=False)
    """The key table of the papers, if these are all of a store's."""
    parted: Parted = field(default_factory=lambda: Parted([]), compare=False, repr=False)
    """Which papers are taken apart first; what comes out of them is among the papers, too."""

    @property
    def surplus(self) -> int:
        """How many papers would go into others. What is taken apart and comes together again is one paper
        that never went anywhere."""
        return sum(len({self.parted.origin.get(n, n) for n in cluster}) - 1 for cluster in self.clusters)

    def rows(self) -> Iterator[tuple[str, Sequence[int]]]:
        """What is proposed: the verb of a plan, and the papers."""
        yield from (("merge", cluster) for cluster in self.clusters)
        yield from (("version", pair) for pair in self.versions)
        yield from (("maybe", (a, b)) for a, b, _ in self.maybes)
        yield from (("distinct", pair) for pair in dict.fromkeys([*self.apart, *self.unlinked]))

    def lines(self) -> Iterator[str]:
        """The proposal as a plan to edit. What only a pass does, as no person said it, is commented out: it
        takes merged papers apart, has more to do with what comes out of them, and ends links."""
        yield planfile.header()
        if self.parted.apart or self.ended:
            yield "# Lines behind # are for `paperctl dedupe`: a plan does not carry them out."
        for record in self.parted.apart:
            yield f"# taken apart first: {planfile.row('', [record]).strip()}"
        for verb, places in self.rows():
            row = planfile.row(verb, [self.papers[n] for n in places])
            ends = verb == "distinct" and tuple(places) in self.ended
            yield f"# {row}" if ends or not self.parted.parts.isdisjoint(places) else row

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
    progress: Progress | None = None,
) -> Proposal:
    """What a pass over all these papers would take apart, as the rules merged it and later papers speak
    against that, what it would merge, link and ask; from the score `yes_above` on (0 is never) it merges
    doubtful pairs."""
    whole, found = planned_anew(papers, overlay, progress)
    papers, judgements = whole.papers, judgements_on(whole.papers, overlay.judgements)
    by_rules = frozenset(map(frozenset, found.clusters))
    if yes_above:
        found.clusters = _widened(found, papers, judgements, yes_above)
    settled = _settled(found, judgements)
    ended = [pair for pair in found.issues if _name_each_other(papers, pair)]
    ended += stale_links(papers, homes(settled.clusters), settled.versions)
    ended = _without_word_of_people(papers, ended, judgements, overlay)
    return Proposal(
        papers,
        settled.clusters,
        _not_linked(papers, settled.versions),
        settled.maybes,
        unlinked=[*_wrongly_linked(papers, settled.clusters, judgements), *ended],
        ended=frozenset(ended),
        conflicts=_conflicts(papers, settled.clusters, overlay),
        by_rules=by_rules,
        keys=found.keys,
        parted=whole,
    )


def _widened(
    found: Plan, papers: Sequence[Record], judgements: Judgements[int], threshold: float
) -> list[list[int]]:
    """The clusters, joined by the doubtful pairs that score enough, the surest first.

    A threshold speaks for a pair, not for what the pair would bring together: every two papers of one
    cluster and the other must be duplicates or score enough themselves, a veto stays one, and no entry
    that went into the one may be distinct from an entry of the other.
    """
    asked = {(a, b): found for a, b, found in found.maybes}
    home = {n: cluster for cluster in found.clusters for n in cluster}

    def same(a: int, b: int) -> bool:
        a, b = min(a, b), max(a, b)
        if judgement := judgements.get(a, b):
            return judgement == "same"
        judged = asked.get((a, b)) or verdict(papers[a], papers[b])
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
    return any(reason.startswith("veto") for reason in judged.evidence)


def _entries_differ(one: Record, other: Record) -> bool:
    """Whether entries of two papers, of which one was merged before, are distinct."""
    if len(one["sources"]) + len(other["sources"]) < 3:
        return False
    judged = (verdict(a, b) for a, b in product(entries(one), entries(other)))
    return any(found.kind == "distinct" or _vetoed(found) for found in judged)


def _settled(found: Plan, judgements: Judgements[int]) -> Plan:
    """The plan with one link or question for two papers as they will be, and none for those that
    the user judged distinct."""
    home = homes(found.clusters)
    merged = judgements.among(lambda n: [home.get(n, n)])
    seen = set()

    def open_(a: int, b: int) -> bool:
        ends = frozenset((home.get(a, a), home.get(b, b)))
        if len(ends) < 2 or ends in seen or merged.get(*ends) == "distinct":
            return False
        seen.add(ends)
        return True

    versions = [(a, b) for a, b in found.versions if open_(a, b)]
    return Plan(found.clusters, versions, [(a, b, judged) for a, b, judged in found.maybes if open_(a, b)])


def _not_linked(papers: Sequence[Record], pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs that do not name each other as versions yet."""
    linked = {frozenset((r["id"], v)) for r in papers for v in r["versions"]}
    return [pair for pair in pairs if frozenset(papers[n]["id"] for n in pair) not in linked]


def _wrongly_linked(
    papers: Sequence[Record], clusters: Sequence[Sequence[int]], judgements: Judgements[int]
) -> list[Pair]:
    """The papers judged distinct of which, once the clusters are merged, one names the other as a version:
    for each two of them the pair that was judged."""
    home = homes(clusters)
    merged = judgements.among(lambda n: [home.get(n, n)])
    if not merged:
        return []
    where = {known: home.get(n, n) for n, r in enumerate(papers) for known in reversed(known_ids(r))}
    linked = ((where[r["id"]], where[v]) for r in papers for v in r["versions"] if v in where)
    apart = {(min(pair), max(pair)) for pair in linked if merged.get(*pair) == "distinct"}
    members: dict[int, list[int]] = {}
    for n in sorted(judgements.papers()):
        members.setdefault(home.get(n, n), []).append(n)
    between = (product(members[one], members[other]) for one, other in sorted(apart))
    judged = (next(pair for pair in pairs if judgements.get(*pair) == "distinct") for pairs in between)
    return [(min(pair), max(pair)) for pair in judged]


def _name_each_other(papers: Sequence[Record], pair: Pair) -> bool:
    one, other = (papers[n] for n in pair)
    return names(one, other) or names(other, one)


def _without_word_of_people(
    papers: Sequence[Record], linked: Iterable[Pair], judgements: Judgements[int], overlay: Overlay
) -> list[Pair]:
    """The linked pairs of which people said nothing: a decision on one of two papers is one on both."""
    named = overlay.named()
    return [
        pair
        for pair in linked
        if not judgements.get(*pair) and not any(is_of_people(papers[n], named) for n in pair)
    ]


def names(record: Record, other: Record) -> bool:
    """Whether a paper names another as a version of it."""
    return bool(record["versions"]) and not set(known_ids(other)).isdisjoint(record["versions"])


def _conflicts(papers: Sequence[Record], clusters: Iterable[Sequence[int]], overlay: Overlay) -> list[str]:
    """A line for each cluster whose papers were decided on differently."""
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
            last = max(decided.values(), key=lambda decision: decision[0])
            outcome = _outcome([papers[n] for n in cluster], overlay, last)
            lines.append(f"{who}: decided on differently; {outcome}")
    return lines


def _outcome(papers: Sequence[Record], overlay: Overlay, last: tuple[str, str]) -> str:
    """What decisions on papers amount to once these are merged; `last` is the last decision and its time."""
    at, decision = last
    if not at:
        return f"{decision}, the first, holds"
    sources = [{"id": name} for record in papers for name in known_ids(record)]
    merged = overlay.opinion(as_record({**papers[0], "sources": sources})) or Opinion()
    if merged.agreement == "conflict":
        return f"a conflict ({merged.summary}), a maybe until somebody settles it"
    holds = merged.outcome.decision or "clear"
    return f"{holds}, the last one, holds" if holds == decision else f"{holds} holds"


def planned(
    papers: list[Record], overlay: Overlay, rows: Iterable[PlanLine], found: Found, name: str
) -> Proposal:
    """What a plan would do; `found` are the ids that each name in it may stand for. Raises UsageError for
    a plan that cannot be carried out."""
    lines = planfile.resolved(rows, papers, found, name)
    judgements = judgements_on(papers, overlay.judgements)
    clusters = planfile.agreed_clusters(lines, judgements, papers, name)
    proposal = Proposal(papers, clusters, conflicts=_conflicts(papers, clusters, overlay))
    linked: dict[Pair, None] = {}
    for line in lines:
        for places, (a, b) in line.pairs() if line.verb in planfile.MEANING else ():
            judgement = planfile.MEANING[line.verb]
            earlier = judgements.get(*places)
            if judgement != overlay.judgements.get(a, b) or earlier not in (None, judgement):
                proposal.judgements.append((a, b, judgement))
                proposal.apart += [places] if judgement == "distinct" else []
            if judgement == "version":
                linked[places] = None
            judgements.add(*places, judgement)
    proposal.versions = _not_linked(papers, _settled(Plan(clusters, [*linked]), judgements).versions)
    proposal.unlinked = _wrongly_linked(papers, clusters, judgements)
    return proposal
