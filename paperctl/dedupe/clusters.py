"""From judged pairs to clusters. Closure multiplies errors: one false link between two clusters merges
all of both. So the surest links come first, and two clusters are joined only if most of the pairs
between them agree (average linkage; Hassanzadeh et al. 2009, "Framework for evaluating clustering
algorithms in duplicate detection").
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from paperctl.dedupe.comparison import Comparison
from paperctl.dedupe.judge import Judged, verdict

_LOOKED_AT = 4


def cluster(
    records: Sequence[Mapping[str, Any]],
    judged: Sequence[Judged],
    answers: Mapping[tuple[int, int], str],
    known: int,
) -> list[list[int]]:
    """Clusters of two and more records, each sorted, in order of their first record."""
    home: dict[int, list[int]] = {}
    apart: dict[int, set[int]] = {}
    for (i, j), word in answers.items():
        if word != "same":
            apart.setdefault(i, set()).add(j)
            apart.setdefault(j, set()).add(i)
    kinds = {(i, j): found.kind for i, j, found in judged}

    def kind(i: int, j: int) -> str:
        pair = (min(i, j), max(i, j))
        if pair not in kinds:
            kinds[pair] = verdict(records[i], records[j]).kind
        return kinds[pair]

    def join(i: int, j: int, *, forced: bool) -> None:
        a, b = home.setdefault(i, [i]), home.setdefault(j, [j])
        if a is b:
            return
        if (b[0] < known, len(b)) > (a[0] < known, len(a)):
            a, b = b, a
        if any(m in apart and not apart[m].isdisjoint(a) for m in b):
            return
        if not forced:
            if b[0] < known:  # and so is a[0]: what is stored stands first
                return
            if len(a) > 1 < len(b) and _two_names(Comparison(records[i], records[j])):
                return
            kinds_between = [kind(*pair) for pair in itertools.product(a[:_LOOKED_AT], b[:_LOOKED_AT])]
            # A doubtful pair speaks against joining as a distinct one does; a version less so.
            against = kinds_between.count("distinct") + kinds_between.count("maybe")
            versions = 0 if _one_identifier(records[i], records[j]) else kinds_between.count("version")
            if 2 * (against + versions) > len(kinds_between) or 2 * against >= len(kinds_between):
                return
        a += b
        for member in b:
            home[member] = a

    for (i, j), word in sorted(answers.items()):
        if word == "same":
            join(i, j, forced=True)
    sure = sorted((j for j in judged if j[2].kind == "duplicate"), key=lambda p: (-p[2].score, p[0], p[1]))
    for i, j, _ in sure:
        join(i, j, forced=False)
    found = {id(c): c for c in home.values() if len(c) > 1}
    return sorted(sorted(c) for c in found.values())


def _two_names(c: Comparison) -> bool:
    """Whether the titles differ and nothing beside people, venue and year supports them."""
    return c.title.relation != "same" and not c.supported


def _one_identifier(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    return any(a.get(name) and a.get(name) == b.get(name) for name in ("doi", "arxiv_id"))
