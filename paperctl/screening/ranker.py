"""Ranking the unread papers: the paper most likely to be kept comes first.

The model is ASReview's ELAS u4 (TF-IDF of one and two words, a linear SVM balanced by prevalence, the
surest paper next; https://github.com/asreview/asreview) with three additions: a title counts once more
on its own; unread papers, drawn at random, pass for skipped at every fit, as in AutoTAR (Cormack and
Grossman 2015, https://arxiv.org/abs/1504.06868): a few decisions say too little of what is not relevant;
and two words in a row count less than one word while decisions are few.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from paperctl.screening.features import Features

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]

C = 0.11
BALANCE = 20.0
"""All keeps together weigh so many times what all skips do, whatever their numbers."""
PRESUMED_SKIPS, PRESUMED_SHARE = 400, 0.05
"""How many unread papers pass for skipped in the end: this share of the papers, but not more than so many."""
PRESUMED_START, PRESUMED_GROWTH = 0.01, 0.2
"""How many at first: this share of the papers, and so many more with each decision. After the first
keeps, many presumed skips would turn words of relevant papers that these lack against them."""
DRAWN = 2
"""So many times as many are drawn as pass for skipped."""
PAIR_LEAST, PAIR_FULL = 0.5, 400
"""What two words in a row count against one word: at least so much, all from so many decisions on. The first
few keeps have many pairs by chance, and in full weight these drown the words that they share."""
TOLERANCE = 1e-2
"""Scores of a finer fit differ in the eighth digit."""


@dataclass(frozen=True, slots=True)
class Model:
    """What the decisions so far say: a weight for each column, and with it a score for each paper."""

    weights: Floats
    scores: Floats

    def reasons(self, features: Features, row: int, limit: int = 12) -> list[tuple[str, float]]:
        """The terms that move a paper most, up (positive) or down, strongest first."""
        paper = features.matrix[row]
        parts = paper.data * self.weights[paper.indices]
        strongest = np.argsort(-np.abs(parts), kind="stable")[:limit]
        return [(features.name(int(paper.indices[i])), float(parts[i])) for i in strongest if parts[i]]


def fit(features: Features, decisions: Mapping[int, bool], scope: Rows | None = None) -> Model | None:
    """The model that follows from decisions (row → kept), or None while no paper is kept.

    `scope` are the rows from which papers are presumed skipped, all if None. The same decisions give the
    same model, whatever their order and that of the papers.
    """
    if not any(decisions.values()):
        return None
    from sklearn.svm import LinearSVC

    decided = np.fromiter(decisions, dtype=np.int64, count=len(decisions))
    marked = _marks(len(features.by_id), decided)
    rows = features.by_id[marked[features.by_id]]
    kept = np.array([decisions[row] for row in rows.tolist()])
    unread = ~marked if scope is None else ~marked & _marks(len(marked), scope)
    presumed = _presumed(features, rows, kept, features.by_id[unread[features.by_id]], scope)
    relevant = np.concatenate([kept, np.zeros(len(presumed), dtype=bool)])
    if relevant.all() or not features.matrix.shape[1]:
        return None
    sample = features.matrix[np.concatenate([rows, presumed])]
    weight = _weights(int(relevant.sum()), int((~relevant).sum()))
    scale = np.where(features.are_pairs, _pair_weight(len(rows)), 1.0).astype(np.float32)
    sample.data *= scale[sample.indices]
    svm = LinearSVC(C=C, tol=TOLERANCE, class_weight=weight, random_state=0).fit(sample, relevant)
    weights = svm.coef_.ravel().astype(np.float32) * scale
    return Model(weights, features.matrix @ weights)


def _presumed(features: Features, rows: Rows, kept: Marks, unread: Rows, scope: Rows | None) -> Rows:
    """The unread papers that pass for skipped: of twice as many drawn at random those least like the kept
    ones, since among many relevant papers a draw would take some of these for irrelevant."""
    papers = len(features.by_id) if scope is None else len(scope)
    growing = math.ceil(PRESUMED_START * papers + PRESUMED_GROWTH * len(rows))
    number = min(PRESUMED_SKIPS, math.ceil(PRESUMED_SHARE * papers), growing, len(unread))
    draw = np.random.default_rng(len(rows))
    drawn = draw.choice(unread, min(DRAWN * number, len(unread)), replace=False)
    kept_in_all = np.asarray(features.matrix[rows[kept]].sum(axis=0)).ravel()
    likeness = features.matrix[drawn] @ kept_in_all
    found: Rows = drawn[np.argsort(likeness, kind="stable")[:number]]
    return found


def _weights(keeps: int, skips: int) -> dict[bool, float]:
    """The weight of one keep and of one skip; all together weigh as many as there are."""
    every = keeps + skips
    return {True: every / keeps * BALANCE / (BALANCE + 1), False: every / skips / (BALANCE + 1)}


def _pair_weight(decisions: int) -> float:
    return min(1.0, max(PAIR_LEAST, decisions / PAIR_FULL))


def _marks(size: int, rows: Rows) -> Marks:
    """For each of `size` rows whether it is one of these."""
    marks = np.zeros(size, dtype=bool)
    marks[rows] = True
    return marks


def best(scores: Floats, open_rows: Rows, number: int = 1) -> list[int]:
    """The `number` best of the rows still open, best first; equal ones in the order given."""
    found = scores[open_rows]
    if number < len(open_rows):
        bar = np.partition(found, len(found) - number)[len(found) - number]
        picked = np.flatnonzero(found >= bar)
    else:
        picked = np.arange(len(found))
    ordered = picked[np.argsort(-found[picked], kind="stable")][:number]
    rows: list[int] = open_rows[ordered].tolist()
    return rows
