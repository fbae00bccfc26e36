"""Estimated recall: the range holds the truth, narrows, and tells when to stop."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.screening.estimate import chance_below, estimate


def reading(size: int, relevant: int, seed: int, steep: float) -> list[bool]:
    """Decisions on papers in a good order: wanted ones mostly early, some late."""
    draw = random.Random(seed)
    places = sorted({min(size - 1, int(draw.expovariate(1 / (steep * size)))) for _ in range(relevant)})
    return [n in set(places) for n in range(size)]


def test_the_range_holds_the_truth_most_of_the_time() -> None:
    inside = total = 0
    for seed in range(12):
        order = reading(1500, 60, seed, 0.08)
        for read in (150, 300, 600, 900, 1200):
            found = estimate(order[:read], len(order))
            assert found
            truth = sum(order[read:])
            inside += found.fewest <= truth <= found.most
            total += 1
    assert inside / total >= 0.8


def test_stopping_is_advised_late_enough_and_not_too_late() -> None:
    for seed in range(6):
        order = reading(1500, 60, seed, 0.05)
        stop = next(n for n in range(100, 1500, 25) if (e := estimate(order[:n], 1500)) and e.enough)
        assert sum(order[:stop]) / sum(order) >= 0.9
        assert stop <= 1200


def test_skips_in_a_row_raise_the_estimate() -> None:
    start = reading(400, 30, 1, 0.1)[:100]
    recalls = [found.low for n in (0, 50, 100, 200) if (found := estimate(start + [False] * n, 2000))]
    assert len(recalls) == 4
    assert recalls == sorted(recalls)


def test_a_random_sample_with_hits_says_that_more_are_missing() -> None:
    order = reading(1000, 40, 2, 0.05)[:400]
    without = estimate(order, 4000)
    clean_sample = estimate(order, 4000, [False] * 60)
    full_sample = estimate(order, 4000, [True] * 12 + [False] * 48)
    assert without and clean_sample and full_sample
    assert clean_sample.most <= without.most
    assert full_sample.missing > without.missing


def test_without_a_keep_there_is_no_estimate() -> None:
    assert estimate([], 100) is None
    assert estimate([False] * 50, 100) is None


def test_everything_read_leaves_nothing_missing() -> None:
    found = estimate([True, False, True], 3)
    assert found and (found.missing, found.fewest, found.most) == (0, 0, 0)
    assert (found.recall, found.low, found.high, found.enough) == (1.0, 1.0, 1.0, True)


def test_few_keeps_of_late_are_unlikely_where_many_are_missing() -> None:
    assert chance_below([], 100) == 1.0
    assert chance_below([True] * 20 + [False] * 5, 1000) > 0.9
    far = [True] * 20 + [False] * 700
    assert chance_below(far, 1000) < 0.1
    assert chance_below(far, 1000) > chance_below([*far, *[False] * 200], 1000)
    # 2 of 20 more would be missing: the chance that neither is among 700 of 980 papers.
    assert chance_below(far, 1000) == pytest.approx((280 / 980) * (279 / 979), rel=0.01)


@pytest.mark.parametrize("size", [2_000, 100_000])
def test_long_sessions_stay_finite(size: int) -> None:
    found = estimate([True] * 500 + [False] * 1000, size, [True, False])
    assert found and found.kept == 500


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.booleans(), min_size=1, max_size=80),
    st.integers(0, 200),
    st.lists(st.booleans(), max_size=10),
)
def test_the_range_is_in_order_and_possible(decisions: list[bool], unread: int, sample: list[bool]) -> None:
    hits = min(sum(sample), sum(decisions))
    sample = [True] * hits + [False] * min(len(sample) - hits, decisions.count(False))
    found = estimate(decisions, len(decisions) + unread, sample)
    if found is None:
        assert not any(decisions)
        return
    assert 0 <= found.fewest <= found.missing <= found.most <= unread
    assert 0 < found.low <= found.recall <= found.high <= 1
