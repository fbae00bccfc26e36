"""The ranker and its replay: what is alike comes first, and the same decisions give the same order."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.screening import ranker
from paperctl.screening.features import features
from paperctl.screening.order import is_due, ranked
from paperctl.screening.simulate import known, recall_after, recall_at, simulate, stop_advised, wss

FIELDS = {
    True: "quantization of language models with few bits weights activations calibration rounding outliers",
    False: "soil moisture rainfall crop yield irrigation farming season nitrogen harvest drought wheat",
}
COMMON = "we propose a method and show results on data with an evaluation of the approach in this paper"


def papers(relevant: int, others: int, seed: int = 1) -> list[Any]:
    """Papers of two fields, shuffled, with `extra.included` saying which field."""
    draw = random.Random(seed)
    made = []
    for n, yes in enumerate([True] * relevant + [False] * others):
        own, common = FIELDS[yes].split(), COMMON.split()
        text = draw.choices(own, k=6) + draw.choices(common, k=25)
        draw.shuffle(text)
        made.append(
            {
                "id": f"{n:04d}",
                "title": " ".join(draw.sample(own, 3)),
                "abstract": " ".join(text) if n % 7 else None,
                "extra": {"included": int(yes)},
            }
        )
    draw.shuffle(made)
    return made


def test_replay_finds_the_wanted_papers_early() -> None:
    records = papers(12, 150)
    labels = known(records, "extra.included")
    order = simulate(records, labels, seed=3)
    hits = [labels[i] for i in order]
    assert sorted(order) == sorted(labels)
    assert hits[:2] == [True, False]
    assert recall_at(hits, 0.15) == 1.0
    assert wss(hits) > 0.7


def test_first_keeps_are_followed_by_their_words_rather_than_by_their_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = {
        "kept": "oak elm ash k0k yew k1k fir k2k bay k3k fig",
        "pairs": "oak elm ash lime",
        "words": "yew fir bay fig",
        "skipped": "rye oat hay",
        "another": "rye oat hay",
        "a third": "oat rye hay",
    }
    made = features([{"id": name, "title": "", "abstract": text} for name, text in texts.items()])
    rows = {name: row for row, name in enumerate(texts)}
    decided = {rows["kept"]: True, rows["skipped"]: False}

    def first() -> str:
        model = ranker.fit(made, decided)
        assert model
        return "pairs" if model.scores[rows["pairs"]] > model.scores[rows["words"]] else "words"

    assert first() == "words"
    monkeypatch.setattr(ranker, "PAIR_FULL", 2)  # as if these decisions were many
    assert first() == "pairs"


def test_replay_depends_on_the_seed_and_not_on_the_order_of_the_store() -> None:
    records = papers(8, 60)
    labels = known(records, "extra.included")
    assert simulate(records, labels, 1) == simulate(records[::-1], labels, 1)
    assert len({tuple(simulate(records, labels, seed)[:2]) for seed in range(4)}) > 1


def test_replay_knows_no_label_before_its_paper_is_shown() -> None:
    records = papers(10, 60)
    labels = known(records, "extra.included")
    compared = 0
    for seed in range(8):
        order = simulate(records, labels, seed)
        again = simulate(records, {**labels, order[-1]: not labels[order[-1]]}, seed)
        if again[:2] == order[:2]:
            assert again == order
            compared += 1
    assert compared


@pytest.mark.parametrize("yes", [1, "1", "1.0", True, 1.0, " True "])
@pytest.mark.parametrize("no", [0, "0", "0.0", False, 0.0])
def test_labels_in_every_spelling(yes: object, no: object) -> None:
    records: Any = [
        {"id": "a", "extra": {"in": yes}},
        {"id": "b", "extra": {"in": no}},
        {"id": "c", "extra": {}},
    ]
    assert known(records, "extra.in") == {"a": True, "b": False}


@pytest.mark.parametrize(
    ("values", "word"), [([1, 1], "both"), ([], "both"), ([1, 0, "perhaps"], "perhaps"), ([0, 2], "2")]
)
def test_labels_that_cannot_be_replayed_are_refused(values: list[object], word: str) -> None:
    records: Any = [{"id": str(n), "extra": {"in": value}} for n, value in enumerate(values)]
    with pytest.raises(UsageError, match=word):
        known(records, "extra.in")


def test_measures() -> None:
    order = [True, False, True, False, False, False, False, False, False, False]
    assert wss(order) == pytest.approx(0.95 - 3 / 10)
    assert recall_at(order) == 0.5
    assert recall_at(order, 0.3) == 1.0
    assert recall_after(order, 1) == 0.5


def test_a_replay_says_where_stopping_is_advised() -> None:
    assert (stop_advised([True, False] * 50) or 100) > 90
    assert stop_advised([True, False]) is None
    order = [True] * 30 + [False] * 970
    stop = stop_advised(order)
    assert stop and 60 < stop < 700


def test_the_order_follows_the_decisions_and_not_their_sequence() -> None:
    records = papers(6, 40)
    columns = features(records)
    decisions = {row: bool(r["extra"]["included"]) for row, r in enumerate(records[:12])}
    model = ranker.fit(columns, decisions)
    again = ranker.fit(columns, dict(reversed(decisions.items())))
    assert model and again
    assert np.array_equal(model.scores, again.scores)
    changed = ranker.fit(columns, {row: not yes for row, yes in decisions.items()})
    assert changed
    fresh = range(12, len(records))
    relevant = [row for row in fresh if records[row]["extra"]["included"]]
    others = [row for row in fresh if not records[row]["extra"]["included"]]
    assert model.scores[relevant].mean() > model.scores[others].mean()
    assert changed.scores[relevant].mean() < changed.scores[others].mean()


def test_reasons_are_words_of_the_paper_and_add_up_to_its_score() -> None:
    records = papers(6, 40)
    columns = features(records)
    model = ranker.fit(columns, {row: bool(r["extra"]["included"]) for row, r in enumerate(records[:20])})
    assert model
    row = next(n for n, r in enumerate(records) if n >= 20 and r["extra"]["included"])
    reasons = model.reasons(columns, row, limit=10_000)
    text = set(f"{records[row]['title']} {records[row]['abstract'] or ''}".lower().split())
    assert all(text.issuperset(term.removesuffix(" (title)").split()) for term, _ in reasons)
    assert any(" " in term.removesuffix(" (title)") for term, _ in reasons)
    assert sum(part for _, part in reasons) == pytest.approx(float(model.scores[row]), abs=1e-4)
    assert [abs(part) for _, part in reasons] == sorted((abs(part) for _, part in reasons), reverse=True)


def test_nothing_is_learned_before_a_keep() -> None:
    columns = features(papers(6, 40))
    assert ranker.fit(columns, {0: False}) is None
    scope = np.array([5, 3, 8])
    assert ranked(columns, scope, {}).order == [5, 3, 8]
    assert ranked(columns, scope, {5: False}, [5]).order == [3, 8, 5]


def test_the_order_of_the_store_does_not_count_once_a_paper_is_kept() -> None:
    records = papers(6, 40)
    decisions = {r["id"]: bool(r["extra"]["included"]) for r in records[:10]}
    orders = []
    for stored in (records, records[::-1]):
        columns = features(stored)
        training = {row: decisions[r["id"]] for row, r in enumerate(stored) if r["id"] in decisions}
        order = ranked(columns, np.arange(len(stored)), training, list(training)).order
        orders.append([stored[row]["id"] for row in order[: len(stored) - len(training)]])
    assert orders[0] == orders[1]


def test_the_order_is_due_after_a_keep_or_a_change_and_after_some_skips() -> None:
    learned = dict.fromkeys(range(100), False)
    assert not is_due(learned, learned)
    assert not is_due(learned, {**learned, 100: False})
    assert is_due(learned, {**learned, **dict.fromkeys(range(100, 103), False)})
    assert is_due(learned, {**learned, 100: True})
    assert is_due(learned, {**learned, 5: True})
    assert is_due(learned, dict.fromkeys(range(99), False))
    assert is_due({}, {0: False})


@pytest.mark.parametrize(
    "records",
    [
        [],
        [{"title": "", "abstract": None}],
        [{"title": "Editorial", "abstract": ""}, {"title": None, "abstract": None}],
        [{"title": "量化 大型 语言 模型"}, {"title": "\x1b[31m \ud800 x" * 5}],
    ],
)
def test_papers_with_little_or_odd_text(records: list[Any]) -> None:
    columns = features(records)
    assert columns.matrix.shape[0] == len(records)
    assert np.isfinite(columns.matrix.data).all()
    if records:
        ranker.fit(columns, {0: True})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, -2.0, 3.25]), min_size=1, max_size=30), st.integers(1, 35))
def test_best_is_a_stable_sort(values: list[float], number: int) -> None:
    scores = np.array(values, dtype=np.float32)
    rows = np.arange(len(values))[::2]
    expected = sorted(rows.tolist(), key=lambda row: -values[row])[:number]
    assert ranker.best(scores, rows, number) == expected
