"""The papers as numbers: TF-IDF of their words and pairs of words, of titles once more on their own.

The terms of a hundred thousand papers are too many to hold at once, so papers are read in batches. Most terms
stand in one paper only and say nothing of another: a table of how often each hash of a term was seen finds
them before anything is kept of them.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from paperctl.record import Paper

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

TITLE_WEIGHT = 0.3
MAX_SHARE = 0.95
"""A term that stands in a larger share of the papers than this tells none of them apart."""
BATCH = 1_500
"""Papers whose terms are held at once."""
COUNTED = 500_000
"""Terms of papers that are held before they are counted."""
_BUCKETS = 1 << 25
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Spreads codes over the buckets (Knuth's multiplicative hashing)."""

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

    @property
    def are_pairs(self) -> npt.NDArray[np.bool_]:
        """For each column whether it stands for two words in a row."""
        pairs: npt.NDArray[np.bool_] = self.codes >= len(self.words)
        return pairs

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


def features(papers: Iterable[Paper]) -> Features:
    """Term weights of papers, of which `id`, `title` and `abstract` are read, in the order given."""
    ids: list[str] = []
    number: dict[str, int] = defaultdict(count().__next__)
    titles, texts = _Tokens(), _Tokens()
    for paper in papers:
        ids.append(str(paper.get("id", "")))
        title = [number[word] for word in _WORD.findall((paper.get("title") or "").lower())]
        titles.add(title)
        texts.add(title + [number[word] for word in _WORD.findall((paper.get("abstract") or "").lower())])
    matrix, codes, title_start = _weighed(_Terms(texts, titles, len(number)))
    by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    return Features(matrix, list(number), codes, title_start, by_id)


class _Tokens:
    """The words of many papers as one row of numbers, and where each paper ends."""

    def __init__(self) -> None:
        self.words = array("i")
        self.ends = array("q", [0])

    def add(self, words: list[int]) -> None:
        self.words.fromlist(words)
        self.ends.append(len(self.words))


class _Counted(NamedTuple):
    """The terms of a batch of papers, each once a paper: row after row, and how often each stands there."""

    rows: Longs
    terms: Longs
    counts: Longs


class _Terms:
    """The terms of papers, batch after batch. A term is a code, one of a title a code above all others."""

    def __init__(self, texts: _Tokens, titles: _Tokens, size: int) -> None:
        self.papers = len(texts.ends) - 1
        self.titles_from = size * (1 + size)
        self._parts = ((texts, 0), (titles, self.titles_from))
        self._size = size

    def batches(self) -> Iterator[_Counted]:
        """The terms of so many papers at a time; rows count from the first of all."""
        every = 2 * self.titles_from or 1
        for start in range(0, self.papers, BATCH):
            end = min(start + BATCH, self.papers)
            keys = np.concatenate([self._keys(part, above, start, end, every) for part, above in self._parts])
            found, counts = np.unique(keys, return_counts=True)
            rows, terms = np.divmod(found, every)
            yield _Counted(rows + start, terms, counts.astype(np.int64))

    def _keys(self, tokens: _Tokens, above: int, start: int, end: int, every: int) -> Longs:
        ends = np.frombuffer(tokens.ends, dtype=np.int64)[start : end + 1]
        words = np.frombuffer(tokens.words, dtype=np.intc)[ends[0] : ends[-1]].astype(np.int64)
        owner = np.repeat(np.arange(end - start, dtype=np.int64), np.diff(ends)) * every + above
        together = owner[1:] == owner[:-1]
        pairs = (self._size * (1 + words[:-1]) + words[1:] + owner[:-1])[together]
        return np.concatenate([words + owner, pairs])


def _weighed(terms: _Terms) -> tuple[sparse.csr_matrix, Longs, int]:
    """Rows of (1 + log count) × idf, of unit length in texts and in titles apart; the code of each column,
    and where those of titles begin."""
    known, spread = _shared(terms)
    idf = (np.log((1 + terms.papers) / (1 + spread)) + 1).astype(np.float32)
    most = np.where(known < terms.titles_from, max(1.0, MAX_SHARE * terms.papers), terms.papers)
    idf[spread > most] = 0.0
    columns = np.cumsum(idf > 0) - 1
    # A term of one paper only says nothing of another: it counts for the length alone.
    alone = np.float32(np.log((1 + terms.papers) / 2) + 1) if terms.papers > 0 else np.float32(0)
    lengths = np.zeros(terms.papers + 1, dtype=np.int64)
    # Filled batch by batch: pieces that are joined at the end would take twice the memory.
    size = int(spread[idf > 0].sum())
    data, indices = np.empty(size, dtype=np.float32), np.empty(size, dtype=np.int32)
    filled = 0
    for batch in terms.batches():
        place = np.minimum(np.searchsorted(known, batch.terms), max(len(known) - 1, 0))
        is_known = known[place] == batch.terms if len(known) else np.zeros(len(place), dtype=bool)
        weight = (1 + np.log(batch.counts)).astype(np.float32)
        weight *= np.where(is_known, idf[place] if len(known) else alone, alone)
        of_title = batch.terms >= terms.titles_from
        part = (batch.rows - batch.rows[0]) * 2 + of_title if len(batch.rows) else batch.rows
        length = np.sqrt(np.bincount(part, weights=np.square(weight)))
        weight /= np.maximum(length, 1e-9)[part].astype(np.float32)
        weight[of_title] *= np.float32(TITLE_WEIGHT)
        kept = is_known & (weight > 0)
        end = filled + int(kept.sum())
        data[filled:end], indices[filled:end] = weight[kept], columns[place[kept]]
        filled = end
        np.add.at(lengths, batch.rows[kept] + 1, 1)
    codes = known[idf > 0]
    title_start = int(np.searchsorted(codes, terms.titles_from))
    held = (data[:filled], indices[:filled], np.cumsum(lengths))
    matrix = sparse.csr_matrix(held, shape=(terms.papers, len(codes)), dtype=np.float32)
    codes[title_start:] -= terms.titles_from
    return matrix, codes, title_start


def _shared(terms: _Terms) -> tuple[Longs, Longs]:
    """The terms that stand in more than one paper, in order, each with the number of its papers."""
    seen = np.zeros(_BUCKETS, dtype=np.uint8)
    for batch in terms.batches():
        buckets, counts = np.unique(_bucket(batch.terms), return_counts=True)
        seen[buckets] = np.minimum(seen[buckets].astype(np.int64) + counts, 2)
    known, spread = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    waiting: list[Longs] = []
    for batch in terms.batches():
        waiting.append(batch.terms[seen[_bucket(batch.terms)] > 1])
        if sum(map(len, waiting)) > COUNTED:
            known, spread = _joined(known, spread, waiting)
            waiting = []
    known, spread = _joined(known, spread, waiting)
    return known[spread > 1], spread[spread > 1]


def _joined(known: Longs, spread: Longs, found: Sequence[Longs]) -> tuple[Longs, Longs]:
    """Terms in order, each with the number of its papers, and those that were found in more papers."""
    every = np.concatenate([known, *found])
    weight = np.concatenate([spread, np.ones(len(every) - len(known), dtype=np.int64)])
    order = np.argsort(every, kind="stable")
    every = every[order]
    first = np.flatnonzero(np.concatenate([[True], every[1:] != every[:-1]])) if len(every) else order
    counts: Longs = np.add.reduceat(weight[order], first) if len(every) else weight
    return every[first], counts


def _bucket(terms: Longs) -> Longs:
    return ((terms.astype(np.uint64) * _SPREAD) >> np.uint64(64 - 25)).astype(np.int64)
