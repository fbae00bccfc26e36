"""Which papers to ask about: those about which the rules are least sure teach most."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from paperctl.topics.rules import Topic


def least_sure(topic: Topic, records: Sequence[Mapping[str, Any]], judged: Collection[int]) -> list[int]:
    """Places of the records that nobody `judged`, the nearest to the topic's threshold first.

    Those that have the topic and those that have it not take turns, so that answers of either kind come
    soon; a paper without any cue of the topic is left out.
    """
    have: list[tuple[float, int]] = []
    have_not: list[tuple[float, int]] = []
    for place, record in enumerate(records):
        score = (record.get("topic_scores") or {}).get(topic.name)
        if place in judged or score is None:
            continue
        side = have if topic.name in (record.get("topics") or ()) else have_not
        side.append((abs(score - topic.threshold), place))
    have.sort()
    have_not.sort()
    shared = min(len(have), len(have_not))
    turns = [place for pair in zip(have, have_not, strict=False) for _, place in pair]
    return turns + [place for _, place in (have[shared:] or have_not[shared:])]
