"""How far reviewers agree: Cohen's kappa for each two of them.

Kappa is the agreement beyond what chance alone would give, as a share of what there could be (Cohen 1960,
https://doi.org/10.1177/001316446002000104): (observed - expected) / (1 - expected).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from paperctl.record import Record


class Pair(NamedTuple):
    """Two people, and how often each pair of their decisions occurs."""

    names: tuple[str, str]
    decisions: Counter[tuple[str, str]]

    def summary(self) -> dict[str, object]:
        """Papers that both decided on, the share of them on which both agree, and kappa: None where both
        always decided the same, so that chance explains everything."""
        papers = self.decisions.total()
        agreed = sum(count for (a, b), count in self.decisions.items() if a == b)
        kappa = cohens_kappa(self.decisions)
        return {
            "reviewers": list(self.names),
            "papers": papers,
            "agreed": agreed,
            "agreement": round(agreed / papers, 4),
            "kappa": None if kappa is None else round(kappa, 4),
        }


class Agreement:
    """Counts of what people decided on the same papers."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
        self._states: Counter[str] = Counter()

    def add(self, record: Record) -> None:
        """Counts a paper."""
        if state := record.get("agreement"):
            self._states[state] += 1
        # Full texts are often read by one person alone: the decisions before that are compared.
        votes: Mapping[str, str] = {**(record.get("votes") or {}), **(record.get("early_votes") or {})}
        for a, b in combinations(sorted(votes), 2):
            self._pairs.setdefault((a, b), Counter())[votes[a], votes[b]] += 1

    def summary(self) -> dict[str, object]:
        """Papers on which several people agree, disagree, or did; and each two of them."""
        states = {name: self._states[name] for name in ("agreed", "conflict", "resolved")}
        pairs = [Pair(names, decisions).summary() for names, decisions in sorted(self._pairs.items())]
        return {**states, "pairs": pairs} if pairs else {}


def cohens_kappa(decisions: Mapping[tuple[str, str], int]) -> float | None:
    """Kappa of two people from the counts of their pairs of decisions; None where it is not defined."""
    total = sum(decisions.values())
    if not total:
        return None
    first, second = Counter[str](), Counter[str]()
    for (a, b), count in decisions.items():
        first[a] += count
        second[b] += count
    observed = sum(count for (a, b), count in decisions.items() if a == b) / total
    expected = sum(first[decision] * second[decision] for decision in first) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)
