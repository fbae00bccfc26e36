"""From judged pairs to clusters. Closure multiplies errors: one false link between two clusters merges
all of both. So the surest links come first, and two clusters are joined only if most of the pairs
between them agree (average linkage; Hassanzadeh et al. 2009, "Framework for evaluating clustering
algorithms in duplicate detection").
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.entries import Entries
from paperctl.deduplicate.judge import Judged, verdict
from paperctl.store.judgements import Judgements

_LOOKED_AT = 4
_FIELDS = ("abstract", "authors", "year", "venue", "volume", "pages", "doi", "arxiv_id", "pmid")
NOT_MERGED = "not merged: what else each of them was found to be speaks against it"


def cluster(
    entries: Entries,
    judged: Sequence[Judged],
    answers: Judgements[int],
    known: int,
) -> list[list[int]]:
    """Clusters of two and more papers, each sorted, in order of their first one.

    What is judged are entries; those of a paper that was merged before are together from the start.
    """
    home = {n: whole for numbers in entries.numbers.values() for whole in [list(numbers)] for n in whole}
    apart: dict[int, set[int]] = {}
    for i, j, word in answers.pairs():
        if word != "same":
            apart.setdefault(i, set()).add(j)
            apart.setdefault(j, set()).add(i)
    sides: dict[int, dict[int, set[int]]] = {}
    kinds = {(i, j): found.kind for i, j, found in judged}

    def kind(i: int, j: int) -> str:
        pair = (min(i, j), max(i, j))
        if pair not in kinds:
            kinds[pair] = verdict(entries[i], entries[j]).kind
        return kinds[pair]

    def voters(group: list[int], i: int) -> list[int]:
        """Who of i's group has a say on whom i joins. An entry that is in one paper with i and yet no
        duplicate of it has none: what it would say of i is settled."""
        paper = entries.paper(i)
        heard = (n for n in group if n == i or entries.paper(n) != paper or kind(n, i) == "duplicate")
        return list(itertools.islice(heard, _LOOKED_AT))

    def sides_of(group: list[int]) -> dict[int, set[int]]:
        """On which sides the papers of a group were, whenever somebody kept some of them apart."""
        first = group[0]
        return sides.setdefault(first, {n: {side} for n, side in answers.sides(first).items()})

    def parted(a: list[int], b: list[int]) -> bool:
        """Whether a paper of a was called anything but the same as one of b."""
        if any(m in apart and not apart[m].isdisjoint(a) for m in b):
            return True
        ours = sides_of(a)
        # Only a pair that was called the same since then can be an exception, so that few are looked at.
        return any(len(ours.get(n, on) | on) > 1 for n, on in sides_of(b).items()) and any(
            answers.get(m, n) == "distinct" for m, n in itertools.product(a, b)
        )

    def join(i: int, j: int, *, forced: bool) -> None:
        a, b = home.setdefault(i, [i]), home.setdefault(j, [j])
        if a is b:
            return
        if (b[0] < known, len(b)) > (a[0] < known, len(a)):
            a, b, i, j = b, a, j, i
        if parted(a, b):
            return
        if not forced:
            if b[0] < known:  # and so is a[0]: what is stored stands first
                return
            compared = Comparison(entries[i], entries[j])
            if len(a) > 1 < len(b) and _two_names(compared):
                return
            kinds_between = [kind(*pair) for pair in itertools.product(voters(a, i), voters(b, j))]
            # A doubtful pair speaks against joining as a distinct one does, unless the sure pair has more
            # than the title for it; a version less so.
            distinct, doubtful = kinds_between.count("distinct"), kinds_between.count("maybe")
            against = distinct + doubtful
            refused = distinct if doubtful and compared.supported else against
            versions = 0 if compared.same_id else kinds_between.count("version")
            if 2 * (against + versions) > len(kinds_between) or 2 * refused >= len(kinds_between):
                return
        for n, on in sides_of(b).items():
            sides_of(a)[n] = sides_of(a).get(n, set()) | on
        a += b
        for member in b:
            home[member] = a

    def surest_first(pair: Judged) -> tuple[float, bool, int, float, int, int]:
        """Of pairs that score about alike those with one identifier, then those of which more is known."""
        i, j, found = pair
        two = not Comparison(entries[i], entries[j]).same_id
        return -round(found.score, 1), two, -_known(entries[i], entries[j]), -found.score, i, j

    for i, j, word in sorted(answers.pairs()):
        if word == "same":
            join(i, j, forced=True)
    for i, j, _ in sorted((pair for pair in judged if pair[2].kind == "duplicate"), key=surest_first):
        join(i, j, forced=False)
    wholes = {id(whole): whole for whole in home.values()}
    papers = (sorted({entries.paper(n) for n in whole}) for whole in wholes.values())
    return sorted(cluster for cluster in papers if len(cluster) > 1)


def _two_names(c: Comparison) -> bool:
    """Whether the titles differ and nothing beside people, venue and year supports them."""
    return c.title.relation != "same" and not c.supported


def _known(a: Mapping[str, Any], b: Mapping[str, Any]) -> int:
    """How many of the fields that are compared both have."""
    told = [{**(record.get("extra") or {}), **record} for record in (a, b)]
    return sum(all(record.get(name) for record in told) for name in _FIELDS)
