"""Relevance: records ordered by how well they answer a query.

The score is BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", 2009, section 3.6): occurrences are weighted by field before they saturate, each field
with its own length.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from paperctl.query.haystack import Haystack, needle, probe
from paperctl.query.match import Query, Sought
from paperctl.record import Record
from paperctl.record.fields import SEARCHED

_SATURATION = 1.2
_BEGINNING = 0.5
"""What an occurrence counts where the query's word is only the beginning of the text's."""


def rank(records: Sequence[Record], query: Query) -> list[tuple[float, Record]]:
    """The records with their scores, best first; equal scores keep the order they came in.

    Where no words decide, as for `topic:peft`, the scores of the topics asked for do. Records need not
    match the query; those that hold nothing of it score 0.
    """
    scores = _by_words(records, query)
    if not any(scores):
        scores = [_topic_score(record, query.topics) for record in records]
    order = sorted(range(len(records)), key=lambda i: -scores[i])
    return [(scores[i], records[i]) for i in order]


def _by_words(records: Sequence[Record], query: Query) -> list[float]:
    hays = [Haystack(record) for record in records]
    lengths = {
        name: max(1.0, sum(len(hay.rough(name)) for hay in hays) / max(1, len(hays))) for name in SEARCHED
    }
    scores = [0.0] * len(hays)
    for term in query.terms:
        counts = [_weighed(hay, term, lengths) for hay in hays]
        holding = sum(1 for count in counts if count)
        rarity = math.log(1 + (len(hays) - holding + 0.5) / (holding + 0.5))
        for i, count in enumerate(counts):
            scores[i] += rarity * count / (_SATURATION + count)
    together = " ".join(term.text for term in query.terms if not term.field)
    if together.count(" "):
        for i, hay in enumerate(hays):
            if scores[i]:
                scores[i] *= 1 + _together(hay, needle(together, whole=False))
    return scores


def _weighed(hay: Haystack, term: Sought, lengths: Mapping[str, float]) -> float:
    """Occurrences of the term, each weighted by its field and the field's length."""
    total = 0.0
    rough, whole, begins = probe(term.text), needle(term.text, whole=True), needle(term.text, whole=False)
    for name, counts in SEARCHED.items():
        if term.field not in ("", name):
            continue
        if rough not in hay.rough(name):
            continue
        text = hay.folded(name)
        here = text.count(begins)
        if not here:
            continue
        entire = text.count(whole)
        found = entire if term.whole else entire + _BEGINNING * (here - entire)
        share = counts.length
        total += counts.weight * found / (1 - share + share * len(text) / lengths[name])
    return total


def _together(hay: Haystack, phrase: str) -> float:
    return max(
        (s.phrase for name, s in SEARCHED.items() if s.phrase and phrase in hay.folded(name)), default=0.0
    )


def _topic_score(record: Mapping[str, Any], topics: Sequence[str]) -> float:
    known = record.get("topic_scores")
    if not isinstance(known, Mapping):
        return 0.0
    return float(sum(known[name] for name in topics if isinstance(known.get(name), int | float)))
