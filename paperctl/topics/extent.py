"""How far a topic reaches: of papers ordered by likeness to it, down to which rank most still have it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import exp, log
from typing import NamedTuple

SLOPES = (1.0, 2.0, 4.0)
"""How sharply a topic may end: by so much the log-odds of having it fall when the rank grows e-fold."""
STEPS = 60
DOUBT = 0.03
"""An answer may be wrong, or a paper an exception, this often."""
SHORTER = 0.15
"""What the log-likelihood loses when the topic reaches e times as far: with few answers, rather too short."""


class Extent(NamedTuple):
    """The rank down to which a paper more likely has the topic than not, and how much better (in
    log-likelihood) that explains the answers than a rank that says nothing."""

    rank: int
    evidence: float


def extent(ranks: Sequence[float], answers: Sequence[bool]) -> Extent:
    """The likeliest extent, by logistic regression of the answers on the logarithms of the ranks (from 1)."""
    logs = [log(rank + 1) for rank in ranks]
    furthest = max(logs) + log(2)
    best, found = -float("inf"), (0.0, 0.0)
    for step, slope in product(range(STEPS), SLOPES):
        middle = furthest * step / (STEPS - 1)
        fit = sum(
            _log_chance(yes, 1 / (1 + exp(slope * (at - middle))))
            for at, yes in zip(logs, answers, strict=True)
        )
        if fit - SHORTER * middle > best:
            best, found = fit - SHORTER * middle, (middle, fit)
    middle, fit = found
    usual = sum(answers) / len(answers)
    return Extent(int(exp(middle) - 1), fit - sum(_log_chance(yes, usual) for yes in answers))


def _log_chance(yes: bool, chance: float) -> float:
    """The log-likelihood of an answer."""
    chance = min(max(chance, DOUBT), 1 - DOUBT)
    return log(chance if yes else 1 - chance)
