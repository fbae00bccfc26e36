"""Ranking the unread papers: the paper most likely to be kept comes first.

The model is ASReview's ELAS u4 (TF-IDF of one and two words, a linear SVM balanced by prevalence, the
surest paper next; https://github.com/asreview/asreview) with two additions: a title counts once more
on its own, and unread papers drawn at random pass for skipped at every fit, as in AutoTAR (Cormack and
Grossman 2015, https://arxiv.org/abs/1504.06868): a few decisions say too little of what is not wanted.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]

TITLE_WEIGHT = 0.4
MAX_SHARE = 0.95
"""A term that stands in a larger share of the papers than this tells none of them apart."""
C = 0.11
BALANCE = 20.0
"""All keeps together weigh so many times what all skips do, whatever their numbers."""
PRESUMED_SKIPS, PRESUMED_SHARE = 400, 0.05
"""How many unread papers pass for skipped: this share of the papers, but not more than so many."""
TOLERANCE = 1e-2
"""Scores of a finer fit differ in the eighth digit."""

_WORD = re.compile(r"\w\w+")


@dataclass(frozen=True, slots=True)
class Features:
    """The papers as rows of term weights.

    A column stands for a word or two words in a row; `codes` holds one number for each: below
    `len(words)` the word itself, else `len(words) * (1 + first) + second`. Columns from
    `title_start` on count titles alone. `by_id` are the rows in the order of the papers' ids, so that what is
    drawn from them does not depend on the order of the store.
    """

    matrix: sparse.csr_matrix
    words: Sequence[str]
    codes: npt.NDArray[np.int64]
    title_start: int
    by_id: npt.NDArray[np.int64]

    def name(self, column: int) -> str:
        """The words that a column stands for."""
        first, second = divmod(int(self.codes[column]), len(self.words))
        term = f"{self.words[first - 1]} {self.words[second]}" if first else self.words[second]
        return f"{term} (title)" if column >= self.title_start else term

    def alike(self, row: int, least: float) -> list[tuple[int, float]]:
        """The other papers whose cosine with this one is at least `least`, the closest first."""
        shares = (self.matrix @ self.matrix[row].T).toarray().ravel() / (1 + TITLE_WEIGHT**2)
        near = np.flatnonzero(shares >= least)
        found = [(int(other), float(shares[other])) for other in near if other != row]
        return sorted(found, key=lambda pair: -pair[1])


def features(papers: Iterable[Mapping[str, Any]]) -> Features:
    """Term weights of papers, of which `id`, `title` and `abstract` are read, in the order given."""
    ids: list[str] = []
    number: dict[str, int] = defaultdict(count().__next__)
    titles, texts = _Tokens(), _Tokens()
    for paper in papers:
        ids.append(str(paper.get("id", "")))
        title = [number[word] for word in _WORD.findall((paper.get("title") or "").lower())]
        titles.add(title)
        texts.add(title + [number[word] for word in _WORD.findall((paper.get("abstract") or "").lower())])
    text, text_codes = _tfidf(texts, len(number), MAX_SHARE)
    title_part, title_codes = _tfidf(titles, len(number), 1.0)
    title_part.data *= np.float32(TITLE_WEIGHT)
    matrix = sparse.hstack([text, title_part], format="csr", dtype=np.float32)
    codes = np.concatenate([text_codes, title_codes])
    by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    return Features(matrix, list(number), codes, len(text_codes), by_id)


class _Tokens:
    """The words of many papers as one row of numbers, and where each paper ends."""

    def __init__(self) -> None:
        self.words = array("i")
        self.ends = array("q", [0])

    def add(self, words: list[int]) -> None:
        self.words.fromlist(words)
        self.ends.append(len(self.words))


def _tfidf(tokens: _Tokens, size: int, max_share: float) -> tuple[sparse.csr_matrix, npt.NDArray[np.int64]]:
    """Rows of unit length of (1 + log count) × idf, and the code of each column."""
    words = np.frombuffer(tokens.words, dtype=np.intc).astype(np.int64)
    ends = np.frombuffer(tokens.ends, dtype=np.int64)
    papers = len(ends) - 1
    owner = np.repeat(np.arange(papers, dtype=np.int32), np.diff(ends))
    together = owner[1:] == owner[:-1]
    pairs = (size * (1 + words[:-1]) + words[1:])[together]
    codes, column = np.unique(np.concatenate([words, pairs]), return_inverse=True)
    rows = np.concatenate([owner, owner[1:][together]])
    ones = np.ones(len(rows), dtype=np.float32)
    matrix = sparse.coo_matrix((ones, (rows, column.astype(np.int32))), shape=(papers, len(codes))).tocsr()
    spread = np.bincount(matrix.indices, minlength=len(codes))
    idf = (np.log((1 + papers) / (1 + spread)) + 1).astype(np.float32)
    idf[spread > max(1.0, max_share * papers)] = 0.0
    matrix.data = (1 + np.log(matrix.data)) * idf[matrix.indices]
    length = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    matrix.data /= np.repeat(np.maximum(length, 1e-9), np.diff(matrix.indptr)).astype(np.float32)
    # What stands in one paper says nothing of another: it counts for the length alone.
    kept = (spread > 1) & (idf > 0)
    return matrix[:, np.flatnonzero(kept)], codes[kept]


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


def fit(
    features: Features, decisions: Mapping[int, bool], scope: npt.NDArray[np.int64] | None = None
) -> Model | None:
    """The model that follows from decisions (row → kept), or None while no paper is kept.

    `scope` are the rows from which papers are presumed skipped, all if None. The same decisions give the
    same model, whatever their order and that of the papers.
    """
    if not any(decisions.values()):
        return None
    from sklearn.svm import LinearSVC

    rows = np.array([row for row in features.by_id if row in decisions], dtype=np.int64)
    kept = np.array([decisions[int(row)] for row in rows])
    unread = _without(features.by_id, rows)
    if scope is not None:
        unread = unread[_marks(len(features.by_id), scope)[unread]]
    draw = np.random.default_rng(len(rows))
    presumed = draw.choice(unread, min(_presumed(features, scope), len(unread)), replace=False)
    wanted = np.concatenate([kept, np.zeros(len(presumed), dtype=bool)])
    if wanted.all() or not features.matrix.shape[1]:
        return None
    sample = features.matrix[np.concatenate([rows, presumed])]
    weight = _weights(int(wanted.sum()), int((~wanted).sum()))
    svm = LinearSVC(C=C, tol=TOLERANCE, class_weight=weight, random_state=0).fit(sample, wanted)
    weights = svm.coef_.ravel().astype(np.float32)
    return Model(weights, features.matrix @ weights)


def _presumed(features: Features, scope: npt.NDArray[np.int64] | None) -> int:
    papers = len(features.by_id) if scope is None else len(scope)
    return min(PRESUMED_SKIPS, math.ceil(PRESUMED_SHARE * papers))


def _weights(keeps: int, skips: int) -> dict[bool, float]:
    """The weight of one keep and of one skip; all together weigh as many as there are."""
    every = keeps + skips
    return {True: every / keeps * BALANCE / (BALANCE + 1), False: every / skips / (BALANCE + 1)}


def _marks(size: int, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """For each of `size` rows whether it is one of these."""
    marks = np.zeros(size, dtype=bool)
    marks[rows] = True
    return marks


def _without(rows: npt.NDArray[np.int64], gone: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return rows[~_marks(len(rows), gone)[rows]]


def best(scores: Floats, open_rows: npt.NDArray[np.int64], number: int = 1) -> list[int]:
    """The `number` best of the rows still open, best first; equal ones in the order given."""
    found = scores[open_rows]
    if number < len(open_rows):
        bar = np.partition(found, len(found) - number)[len(found) - number]
        picked = np.flatnonzero(found >= bar)
    else:
        picked = np.arange(len(found))
    ordered = picked[np.argsort(-found[picked], kind="stable")][:number]
    return [int(row) for row in open_rows[ordered]]
