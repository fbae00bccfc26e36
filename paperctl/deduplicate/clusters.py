"""From judged pairs to clusters. Closure multiplies errors: one false link between two clusters merges
all of both. So the surest links come first, and two clusters are joined only if most of the pairs
between them agree (average linkage; Hassanzadeh et al. 2009, "Framework for evaluating clustering
algorithms in duplicate detection").
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from paperctl.deduplicate import thresholds
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.entries import Entries
from paperctl.deduplicate.judge import Judged, verdict
from paperctl.deduplicate.rule import Kind
from paperctl.record import Paper
from paperctl.record.ids import fingerprint
from paperctl.store.judgements import Judgements

_FIELDS = ("abstract", "authors", "year", "venue", "volume", "pages", "doi", "arxiv_id", "pmid")
NOT_MERGED = "not merged: what else each of them was found to be speaks against it"

Group = list[int]


def cluster(
    entries: Entries,
    judged: Sequence[Judged],
    answers: Judgements[int],
    known: int,
    settled: Collection[int] = (),
) -> list[list[int]]:
    """Clusters of two and more papers, each sorted, in order of their first one.

    What is judged are entries; those of a paper that was merged before are together from the start. Two
    papers below `known` of which both are `settled` are not joined.
    """
    groups = _Groups(entries, judged, answers, known, settled)
    for i, j, judgement in sorted(answers.pairs()):
        if judgement == "same":
            groups.join_as_judged(i, j)
    duplicates = [pair for pair in judged if pair[2].kind == "duplicate"]
    left = [(i, j) for i, j, _ in sorted(duplicates, key=groups.surest_first)]
    joined = True
    while joined:  # what too few agreed on may have most of a group for it once that has grown
        before = len(left)
        left = [pair for pair in left if not groups.join_if_most_agree(*pair)]
        joined = 0 < len(left) < before
    papers = (sorted({entries.paper(n) for n in group}) for group in groups.all())
    return sorted(cluster for cluster in papers if len(cluster) > 1)


def _known(a: Paper, b: Paper) -> int:
    """How many of the fields that are compared both have."""
    flat = [{**(record.get("extra") or {}), **record} for record in (a, b)]
    return sum(all(record.get(name) for record in flat) for name in _FIELDS)


class _Groups:
    """Entries that are one paper so far. Papers that the user kept apart never come into one group."""

    def __init__(
        self,
        entries: Entries,
        judged: Sequence[Judged],
        answers: Judgements[int],
        known: int,
        settled: Collection[int],
    ) -> None:
        self._entries, self._answers, self._known = entries, answers, known
        self._settled = frozenset(settled)
        self._contents: dict[int, str] = {}
        self._kinds: dict[tuple[int, int], Kind] = {(i, j): found.kind for i, j, found in judged}
        merged = (list(numbers) for numbers in entries.numbers.values())
        self._home: dict[int, Group] = {n: group for group in merged for n in group}
        self._apart: dict[int, set[int]] = {}
        for i, j, judgement in answers.pairs():
            if judgement != "same":
                self._apart.setdefault(i, set()).add(j)
                self._apart.setdefault(j, set()).add(i)
        self._sides: dict[int, dict[int, set[int]]] = {}

    def all(self) -> list[Group]:
        """Every group, each once."""
        return list({id(group): group for group in self._home.values()}.values())

    def join_as_judged(self, i: int, j: int) -> None:
        """Joins the groups of two papers that the user called the same."""
        a, b = self._groups_of(i, j)
        if a is not b and not self._parted(a, b):
            self._join(a, b)

    def surest_first(self, pair: Judged) -> tuple[float, bool, int, float, str, str]:
        """What orders pairs: of those that score about alike first those with one identifier, then those of
        which more is known. In the end their content decides, not in what order they came."""
        i, j, found = pair
        two_ids = not Comparison(self._entries[i], self._entries[j]).same_id
        known = _known(self._entries[i], self._entries[j])
        first, second = sorted((self._content(i), self._content(j)))
        return -round(found.score, 1), two_ids, -known, -found.score, first, second

    def _content(self, n: int) -> str:
        if n not in self._contents:
            self._contents[n] = fingerprint(self._entries[n])
        return self._contents[n]

    def join_if_most_agree(self, i: int, j: int) -> bool:
        """Joins the groups of two duplicates, unless too many of the pairs between them speak against it.
        Gives whether they are one group now."""
        a, b = self._groups_of(i, j)
        if self._home[i] is not a:
            i, j = j, i
        if a is b:
            return True
        if self._both_settled(a, b) or self._parted(a, b) or not self._most_agree(a, b, i, j):
            return False
        self._join(a, b)
        return True

    def _both_settled(self, a: Group, b: Group) -> bool:
        stored = ({self._entries.paper(n) for n in group} for group in (a, b))
        return all(any(n < self._known and n in self._settled for n in papers) for papers in stored)

    def _groups_of(self, i: int, j: int) -> tuple[Group, Group]:
        """The groups of two entries, the stored or larger one first."""
        a, b = self._home.setdefault(i, [i]), self._home.setdefault(j, [j])
        return (b, a) if (b[0] < self._known, len(b)) > (a[0] < self._known, len(a)) else (a, b)

    def _most_agree(self, a: Group, b: Group, i: int, j: int) -> bool:
        """Whether most pairs between two groups agree that i and j are one paper.

        A doubtful pair speaks against joining as a distinct one does, unless the sure pair has more
        than the title for it; a version less so.
        """
        compared = Comparison(self._entries[i], self._entries[j])
        if len(a) > 1 < len(b) and _two_names(compared):
            return False
        between = [self._kind(*pair) for pair in itertools.product(self._voters(a, i), self._voters(b, j))]
        distinct, doubtful = between.count("distinct"), between.count("maybe")
        against = distinct + doubtful
        refused = distinct if doubtful and compared.supported else against
        versions = 0 if compared.same_id else between.count("version")
        return 2 * (against + versions) <= len(between) and 2 * refused < len(between)

    def _kind(self, i: int, j: int) -> Kind:
        pair = (min(i, j), max(i, j))
        if pair not in self._kinds:
            self._kinds[pair] = verdict(self._entries[i], self._entries[j]).kind
        return self._kinds[pair]

    def _voters(self, group: Group, i: int) -> list[int]:
        """The entries of i's group that vote on what i joins. An entry that is in one paper with i and yet no
        duplicate of it has no vote: that they are one was decided before."""
        paper = self._entries.paper(i)
        heard: Iterator[int] = (
            n for n in group if n == i or self._entries.paper(n) != paper or self._kind(n, i) == "duplicate"
        )
        if len(group) > thresholds.VOTERS:
            heard = iter(sorted(heard, key=self._content))
        return list(itertools.islice(heard, thresholds.VOTERS))

    def _join(self, a: Group, b: Group) -> None:
        sides = self._sides_of(a)
        for n, on in self._sides_of(b).items():
            sides[n] = sides.get(n, set()) | on
        a += b
        self._home.update(dict.fromkeys(b, a))

    def _parted(self, a: Group, b: Group) -> bool:
        """Whether a paper of a was called anything but the same as one of b."""
        if any(m in self._apart and not self._apart[m].isdisjoint(a) for m in b):
            return True
        ours = self._sides_of(a)
        # Only a pair that was called the same since then can be an exception, so that few are looked at.
        return any(len(ours.get(n, on) | on) > 1 for n, on in self._sides_of(b).items()) and any(
            self._answers.get(m, n) == "distinct" for m, n in itertools.product(a, b)
        )

    def _sides_of(self, group: Group) -> dict[int, set[int]]:
        """On which sides the papers of a group were, whenever the user kept some of them apart."""
        first = group[0]
        return self._sides.setdefault(first, {n: {side} for n, side in self._answers.sides(first).items()})


def _two_names(c: Comparison) -> bool:
    """Whether the titles differ and only people, venue and year support them."""
    return c.title.relation != "same" and not c.supported
