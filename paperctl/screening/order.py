"""In which order papers are shown: one path for a session and for the replay of known decisions.

Before a paper is kept there is nothing to learn from: then the order given stands (by relevance to the
query and the topics it names, else that of the store). From the first keep on decisions alone count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperctl.record import Record

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from paperctl.query import Query
    from paperctl.screening.features import Features
    from paperctl.screening.ranker import Model

SKIPS_SHARE = 1 / 40
"""Skips teach little: the order is learned anew after this share more of decisions, at first after each."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Rows best first, those decided on at the end; the model, None while nothing is kept; the decisions it
    was learned from."""

    order: Sequence[int]
    model: Model | None
    learned: Mapping[int, bool]


def is_due(learned: Mapping[int, bool], training: Mapping[int, bool]) -> bool:
    """Whether the order is to be learned anew: after a keep, after any change of what was learned from,
    and after some skips."""
    if not learned.items() <= training.items():
        return True
    new = len(training) - len(learned)
    if new >= max(1.0, len(learned) * SKIPS_SHARE):
        return True
    return new > 0 and any(kept for row, kept in training.items() if row not in learned)


def ranked(
    features: Features, scope: npt.NDArray[np.int64], training: Mapping[int, bool], done: Sequence[int] = ()
) -> Ranked:
    """The order of the rows of `scope`, given in the order that holds before any decision; `done` are the
    rows decided on, which come last."""
    import numpy as np

    from paperctl.screening.ranker import best, fit

    model = fit(features, training, scope)
    decided = np.zeros(len(features.by_id), dtype=bool)
    decided[np.fromiter(done, dtype=np.int64, count=len(done))] = True
    gone = decided[scope]
    rows = scope[~gone]
    if model is not None:
        # Papers with one score come by their ids, so that the order of the store does not count.
        is_open = np.zeros(len(decided), dtype=bool)
        is_open[rows] = True
        rows = features.by_id[is_open[features.by_id]]
        rows = np.array(best(model.scores, rows, len(rows)), dtype=np.int64)
    return Ranked(np.concatenate([rows, scope[gone]]).tolist(), model, dict(training))


def starting_order(
    papers: Sequence[Record], scope: Sequence[int], query: Query | None, topics: Sequence[str] = ()
) -> list[int]:
    """The rows of `scope` as they come before anything is kept: by relevance to the query and by the scores
    of the topics that it or `topics` names, else as they are given."""
    from paperctl.query import rank

    named = [*topics, *(query.topics if query else ())]
    by_topic = [sum(record["topic_scores"].get(name, 0.0) for name in named) for record in papers]
    relevance: dict[str, float] = {}
    if query is not None and query.terms:
        relevance = {record["id"]: score for score, record in rank([papers[row] for row in scope], query)}
    most_topics, most_words = max(by_topic, default=0) or 1.0, max(relevance.values(), default=0) or 1.0

    def speaks_for(row: int) -> float:
        words = relevance.get(papers[row]["id"], 0.0) / most_words
        return words + 0.5 * float(by_topic[row] / most_topics)

    return sorted(scope, key=lambda row: -speaks_for(row))
