"""Which papers to ask about, so that few answers teach most.

Of the papers without the topic those likest to the papers with it are asked about, at ranks that grow
geometrically: so the answers show how far the topic reaches beyond what the rules find. Of the papers with
it, the unlikest are. Where nothing tells papers apart, the highest scores come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from paperctl.record import Paper
from paperctl.topics.likeness import Likeness
from paperctl.topics.rules import Topic

TAGGED = 0.3
"""The share of questions about papers that have the topic."""
FURTHEST = 0.25
"""The last question is about a paper at this share of the order."""


def questions(topic: Topic, records: Sequence[Paper], judged: Mapping[int, bool], count: int) -> list[int]:
    """Places of at most `count` records without a judgement, in the order in which to ask about them."""
    import numpy as np

    tagged = {i for i, record in enumerate(records) if topic.name in (record.get("topics") or ())}
    likeness = Likeness(topic, records, tagged, judged)
    weights = likeness.weights(range(len(likeness.answers)))
    if not weights.any():
        return _highest(topic, records, judged)[:count]
    liked = likeness.features @ weights
    rows = [int(row) for row in np.argsort(-liked, kind="stable")]
    others = [likeness.places[row] for row in rows if row in likeness.others]
    have = [likeness.places[row] for row in reversed(rows) if row in likeness.tagged]
    of_tagged = min(round(count * TAGGED), len(have))
    furthest = min(len(others), max(count, round(len(others) * FURTHEST)))
    near = [have[n - 1] for n in geometric(len(have), of_tagged)]
    beyond = [others[n - 1] for n in geometric(furthest, count - of_tagged)]
    return list(_in_turns(beyond, near))


def _highest(topic: Topic, records: Sequence[Paper], judged: Mapping[int, bool]) -> list[int]:
    scores = [((record.get("topic_scores") or {}).get(topic.name) or 0.0) for record in records]
    scored = [i for i, score in enumerate(scores) if score and i not in judged]
    return sorted(scored, key=lambda i: -scores[i])


def geometric(furthest: int, count: int) -> list[int]:
    """At most `count` different numbers from 1 to `furthest`, each about so many times the one before."""
    found = {round(furthest ** (n / max(1, count - 1))) for n in range(count)} if furthest else set()
    unused = (n for n in range(1, furthest + 1) if n not in found)
    return sorted([*found, *islice(unused, count - len(found))])


def _in_turns(more: Sequence[int], fewer: Sequence[int]) -> Iterator[int]:
    """Both in their order, the fewer evenly among the others."""
    placed = [((n + 0.5) / len(items), item) for items in (more, fewer) for n, item in enumerate(items)]
    return (item for _, item in sorted(placed))
