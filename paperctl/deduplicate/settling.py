"""From judged pairs to a plan: what the collection has against them, then clusters, versions and doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paperctl.deduplicate.candidates import renumbered
from paperctl.deduplicate.clusters import NOT_MERGED, cluster
from paperctl.deduplicate.entries import Entries
from paperctl.deduplicate.judge import Judged, Verdict
from paperctl.deduplicate.recurring import (
    Column,
    Occasion,
    doubt_recurring,
    issues_of_columns,
    years_of_columns,
)
from paperctl.deduplicate.rivals import doubt_shared_abstracts
from paperctl.store.judgements import Judgements

if TYPE_CHECKING:
    from paperctl.deduplicate.candidates import Table

_BY_THE_USER = Verdict("version", 1.0, ("judged by the user",))


@dataclass(slots=True)
class Plan:
    """What to do with the records, by their indexes. Everything not named stays as it is."""

    clusters: list[list[int]] = field(default_factory=list)
    versions: list[tuple[int, int]] = field(default_factory=list)
    maybes: list[Judged] = field(default_factory=list)
    issues: list[tuple[int, int]] = field(default_factory=list, compare=False)
    """Pairs that look like versions and are issues of a column: what links them was written before the
    collection showed that."""
    near: list[tuple[int, int]] = field(default_factory=list, compare=False, repr=False)
    """Pairs that are not distinct, whatever became of them."""
    keys: Table | None = field(default=None, compare=False, repr=False)
    """The key table of all the records, for a caller that keeps it."""
    rules: Counter[tuple[str, str]] = field(default_factory=Counter, compare=False, repr=False)
    """How many pairs each rule decided, by kind and rule."""

    def renumbered(self, order: Sequence[int]) -> Plan:
        """The same plan for records of which number n is `order[n]`."""

        def pair(a: int, b: int) -> tuple[int, int]:
            return min(order[a], order[b]), max(order[a], order[b])

        maybes = [(*pair(a, b), verdict) for a, b, verdict in self.maybes]
        return Plan(
            sorted(sorted(order[n] for n in cluster) for cluster in self.clusters),
            sorted(pair(a, b) for a, b in self.versions),
            sorted(maybes, key=lambda asked: (-asked[2].score, *asked[:2])),
            sorted(pair(a, b) for a, b in self.issues),
            [pair(a, b) for a, b in self.near],
            renumbered(self.keys, order) if self.keys is not None else None,
            self.rules,
        )

    def onto(self, places: Sequence[int]) -> Plan:
        """The same plan for papers of which several records are one: record n is at `places[n]`."""
        clusters = {tuple(sorted({places[n] for n in cluster})) for cluster in self.clusters}

        def apart(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
            found = ((places[a], places[b]) for a, b in pairs)
            return [*dict.fromkeys((min(pair), max(pair)) for pair in found if pair[0] != pair[1])]

        maybes = (
            (min(places[a], places[b]), max(places[a], places[b]), found) for a, b, found in self.maybes
        )
        return Plan(
            sorted([*cluster] for cluster in clusters if len(cluster) > 1),
            apart(self.versions),
            [asked for asked in maybes if asked[0] != asked[1]],
            apart(self.issues),
            apart(self.near),
            renumbered(self.keys, places) if self.keys is not None else None,
            self.rules,
        )


def settle(
    entries: Entries,
    judged: Sequence[Judged],
    answers: Judgements[int],
    known: int = 0,
    years: Mapping[Column, set[Occasion]] | None = None,
    settled: Collection[int] = (),
) -> Plan:
    """What becomes of papers, given the verdicts on their entries that are not `distinct`.

    `answers` are a user's judgements on pairs of papers; of the papers below `known` no two that are
    `settled` are merged. `years` are those of all columns, where `judged` are not all pairs. Pure.
    """
    rules: Counter[tuple[str, str]] = Counter(
        (verdict.kind, verdict.evidence[-1]) for _, _, verdict in judged
    )
    years = years_of_columns(entries, judged) if years is None else years
    issues = issues_of_columns(entries, judged, years)
    near = [_of_papers(pair, entries)[:2] for pair in judged]
    judged = doubt_shared_abstracts(entries, doubt_recurring(entries, judged, years))
    clusters = cluster(entries, judged, answers, known, settled)
    found = _between(clusters, [_of_papers(pair, entries) for pair in judged], answers)
    found.rules = rules
    found.near = near
    found.issues = _not_linked(issues, entries, found)
    return found


def _not_linked(issues: Sequence[tuple[int, int]], entries: Entries, found: Plan) -> list[tuple[int, int]]:
    """The papers of these pairs of entries, without those of which other entries are versions."""
    home = {i: c[0] for c in found.clusters for i in c}

    def ends(i: int, j: int) -> frozenset[int]:
        return frozenset((home.get(i, i), home.get(j, j)))

    versions = {ends(i, j) for i, j in found.versions}
    papers = {tuple(sorted((entries.paper(i), entries.paper(j)))) for i, j in issues}
    return sorted((i, j) for i, j in papers if ends(i, j) not in versions and i != j)


def _of_papers(pair: Judged, entries: Entries) -> Judged:
    i, j, verdict = pair
    if entries.numbers:
        i, j = sorted((entries.paper(i), entries.paper(j)))
    return i, j, verdict


def _between(clusters: list[list[int]], judged: Sequence[Judged], answers: Judgements[int]) -> Plan:
    """The clusters, and of the pairs between them those that are versions or asked about, the surest pair of
    any two papers."""
    home = {i: c[0] for c in clusters for i in c}
    versions: dict[tuple[int, int], tuple[int, int]] = {}
    maybes: dict[tuple[int, int], Judged] = {}
    by_the_user = [(i, j, _BY_THE_USER) for i, j, word in answers.pairs() if word == "version"]
    for i, j, found in sorted([*by_the_user, *judged], key=lambda pair: (-pair[2].score, *pair[:2])):
        one, other = sorted((home.get(i, i), home.get(j, j)))
        if one == other or answers.get(i, j) in ("same", "distinct"):
            continue
        if found.kind == "version":
            versions.setdefault((one, other), (i, j))
        else:
            maybes.setdefault((one, other), (i, j, _doubtful(found)))
    asked = [pair for between, pair in maybes.items() if between not in versions]
    return Plan(clusters, sorted(versions.values()), asked)


def _doubtful(found: Verdict) -> Verdict:
    """A pair that was not joined, as a maybe."""
    if found.kind == "maybe":
        return found
    return replace(found, kind="maybe", evidence=(*found.evidence, NOT_MERGED))
