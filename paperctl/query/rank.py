"""Records ordered by how well they answer a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paperctl.query.haystack import Haystack
from paperctl.query.match import Query
from paperctl.query.relevance import rarity, relevance
from paperctl.record import Paper, Record


def rank(records: Sequence[Record], query: Query) -> list[tuple[float, Record]]:
    """The records with their scores, best first; equal scores keep the order they came in.

    Where no words decide, as for `topic:peft`, the scores of the topics asked for do. Records need not
    match the query; those that hold nothing of it score 0. Words are as rare as they are among these
    records.
    """
    scores = _by_words(records, query)
    if not any(scores):
        scores = [topic_score(record, query.topics) for record in records]
    order = sorted(range(len(records)), key=lambda i: -scores[i])
    return [(scores[i], records[i]) for i in order]


def _by_words(records: Sequence[Record], query: Query) -> list[float]:
    hays = [Haystack(record) for record in records]
    weights = [rarity(sum(word.anywhere(hay) for hay in hays), len(hays)) for word in query.terms]
    return [relevance(hay, query.terms, weights) for hay in hays]


def topic_score(record: Paper, topics: Sequence[str]) -> float:
    """The sum of a record's scores for these topics."""
    known = record.get("topic_scores")
    if not isinstance(known, Mapping):
        return 0.0
    return float(sum(known[name] for name in topics if isinstance(known.get(name), int | float)))
