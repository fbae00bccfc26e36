"""How many relevant papers are still unread, with a range that says how sure that is.

Kept papers come ever more rarely in a good order. The rate is taken as a Poisson process that falls
with the number of papers read, from exponentially to slowly (a Lomax curve of shape 8, 4 or 2);
each curve counts as much as it explains the decisions so far. The idea is that of Sneyd and
Stevenson 2019 (https://aclanthology.org/D19-1351), who fit one power law. A random sample, where
there is one, then says how many are missing whatever the order thinks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

SHAPES = (math.inf, 8.0, 4.0, 2.0)
FALLS = np.geomspace(5.0, 300.0, 40)
"""How many times a rate may fall by 1/e (at first) over all the papers: a relevant paper is found at best in
the first 1/300 of them, at worst a fifth of the way through, on average."""
SPREAD = 3.0
"""Keeps come in clusters, so that they say less than as many independent ones: a third as much. Chosen, as
`FALLS`, by replays of published reviews; `benchmarks/stopping.py` prints how the range does on others."""
BEGINNINGS = 100
"""The test looks at so many beginnings behind the last keeps, and at no more behind the earlier ones: to look
at all of them would cost more than to learn the order."""
CERTAINTY = 0.9
TARGET = 0.95
"""Recall that is worth stopping at."""
USUAL, CAUTIOUS = 0.3, 0.05
"""Chance, at either level of caution, of seeing so few keeps of late if recall were below `TARGET`."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of the relevant papers: how many are kept, how many may be missing.

    `missing` is the median, `fewest` and `most` enclose it with 90 % certainty.
    """

    kept: int
    missing: int
    fewest: int
    most: int
    chance: float = 1.0
    """Of seeing so few keeps of late if recall were below `TARGET`, whatever the ranking thinks."""

    @property
    def recall(self) -> float:
        return self.kept / (self.kept + self.missing)

    @property
    def low(self) -> float:
        return self.kept / (self.kept + self.most)

    @property
    def high(self) -> float:
        return self.kept / (self.kept + self.fewest)

    @property
    def enough(self) -> bool:
        """Whether to stop, usually: recall is probably at least `TARGET`, and the test does not object."""
        return self.recall >= TARGET and self.chance < USUAL

    @property
    def surely_enough(self) -> bool:
        """Whether to stop, with caution: so says the range's low end, and the test."""
        return self.low >= TARGET and self.chance < CAUTIOUS


def estimate(decisions: Sequence[bool], size: int, sample: Sequence[bool] = ()) -> Estimate | None:
    """The estimate after decisions (kept or not, in their order) on some of `size` papers.

    `sample` are the decisions on a random sample of the papers, be they among `decisions` as well.
    None while nothing is kept: there is no rate to follow.
    """
    kept, unread = sum(decisions), size - len(decisions)
    if not kept:
        return None
    weight, ratio = _curves(decisions, size)
    counts, chance = _mixture(weight, ratio, kept, unread)
    if sample:
        chance = chance * _sampled(kept + counts, size, len(sample), sum(sample))
    # Each count stands for those up to it that were left out.
    chance *= np.diff(counts, prepend=-1.0)
    reached = np.cumsum(chance) / chance.sum()
    tail = (1 - CERTAINTY) / 2
    fewest, missing, most = (int(counts[np.searchsorted(reached, q)]) for q in (tail, 0.5, 1 - tail))
    chance_of_less = chance_below(decisions, size)
    return Estimate(kept, min(missing, unread), min(fewest, unread), min(most, unread), chance_of_less)


def chance_below(decisions: Sequence[bool], size: int, target: float = TARGET) -> float:
    """The chance, at most, of seeing no more keeps than there were of late if recall were below `target`.

    The papers read last are taken for a random sample of all that were unread before them: the
    hypergeometric test of Callaghan and Müller-Hansen 2020 (https://doi.org/10.1186/s13643-020-01521-4),
    over every beginning of "last". A ranking that is better than chance errs on the safe side.
    """
    from scipy.stats import hypergeom

    found = np.concatenate([[0], np.cumsum(decisions)])
    read = len(decisions)
    # Of beginnings with the same keeps before them the first has the lowest chance: the one behind a keep.
    starts = np.concatenate([[0], np.flatnonzero(decisions) + 1])
    starts = starts[starts < read]
    if len(starts) > BEGINNINGS:
        # Late keeps stand far apart, and a gap between them is what the test lives on: all of these.
        early, late = starts[:-BEGINNINGS], starts[-BEGINNINGS:]
        starts = np.concatenate([early[:: math.ceil(len(early) / BEGINNINGS)], late])
    before = found[starts]
    # So many relevant papers would be among those unread at each beginning, at least, if recall were below.
    relevant = np.minimum(np.floor(found[-1] / target - before + 1), size - starts)
    chances = hypergeom.cdf(found[-1] - before, size - starts, relevant, read - starts)
    return float(chances.min(initial=1.0))


def _curves(decisions: Sequence[bool], size: int) -> tuple[Array, Array]:
    """For each curve how well it explains the decisions (1 in all), and how many papers it expects
    among the unread for each one kept so far."""
    read, rates = len(decisions), FALLS / size
    places = np.flatnonzero(decisions) + 1.0
    heights, areas, further = [], [], []
    for shape in SHAPES:
        log_rates = (
            -np.outer(rates, places)
            if math.isinf(shape)
            else -shape * np.log1p(np.outer(rates, places) / shape)
        )
        heights.append(log_rates.sum(axis=1))
        areas.append(_area(shape, rates, read))
        further.append(_area(shape, rates, size) - areas[-1])
    so_far = np.concatenate(areas)
    logs = (np.concatenate(heights) - len(places) * np.log(so_far)) / SPREAD
    weight = np.exp(logs - logs.max())
    return weight / weight.sum(), np.concatenate(further) / so_far


def _area(shape: float, rates: Array, end: int) -> Array:
    """The integral of each rate's curve from 0 to `end`."""
    if math.isinf(shape):
        return -np.expm1(-rates * end) / rates
    return shape / (shape - 1) / rates * (1 - (1 + rates * end / shape) ** (1 - shape))


def _mixture(weight: Array, ratio: Array, kept: int, unread: int) -> tuple[Array, Array]:
    """Numbers of missing papers, and how likely each is. Each curve's height is itself known from `kept`
    papers alone, and those count for fewer, so each gives a negative binomial."""
    counts = weight > 1e-4
    weight, ratio = weight[counts], np.maximum(ratio[counts], 1e-12)
    # Hardly any chance lies beyond ten times the largest expectation.
    missing = _counts(min(unread, int(10 * (kept + 1) * ratio.max()) + 50))
    known, ratio = kept / SPREAD + 0.5, ratio * SPREAD
    ways = _log_choose(missing + known - 1, missing)
    logs = ways + np.outer(np.log(ratio / (1 + ratio)), missing) - known * np.log1p(ratio)[:, None]
    return missing, weight @ np.exp(logs)


def _counts(most: int) -> Array:
    """Whole numbers from 0 to `most`, each up to 200 and then a hundredth more each time: an estimate over
    each of 95,000 would take ten times as long as learning the order."""
    last = max(most, 1)
    steps = max(2, int(math.log(last / 200) / 0.01)) if last > 200 else 2
    far = np.geomspace(200, last, steps) if last > 200 else np.array([float(most)])
    found: Array = np.unique(np.floor(np.concatenate([np.arange(min(most, 200) + 1.0), far])))
    return found


def _sampled(relevant: Array, size: int, drawn: int, hits: int) -> Array:
    """How likely `hits` in a sample of `drawn` papers are for each number of relevant papers
    (hypergeometric, up to a factor)."""
    logs = _log_choose(relevant, hits) + _log_choose(size - relevant, drawn - hits)
    found: Array = np.exp(logs - logs.max())
    return found


def _log_choose(whole: Array, part: Array | float) -> Array:
    from scipy.special import gammaln

    found: Array = gammaln(whole + 1) - gammaln(np.asarray(part) + 1) - gammaln(whole - part + 1)
    return found
