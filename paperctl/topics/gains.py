"""What each cue of a rule set brings to the score of its topic, by its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

from paperctl.topics.match import Hit
from paperctl.topics.rules import WEIGHTS, Cue, Kind, Rules, Topic
from paperctl.topics.sentences import PROPOSES, factor

_FACTORS = [factor(roles) for roles in range(8)]
_TIMES: list[float] = [0.0] + [1 + log(count) for count in range(1, 200)]


class Gain(NamedTuple):
    """What one cue brings."""

    topic: int
    """The place of its topic."""
    kind: Kind
    """What kind it is in the abstract."""
    weak: bool
    weak_in_title: bool
    titled: float
    """What it brings if the title has it."""
    weight: float
    """What one mention in the abstract brings."""
    role_factors: Sequence[float] | None
    """How many times it counts there by the roles of its sentence; None if these do not matter."""

    def in_abstract(self, number: int, count: int, roles: Mapping[int, float]) -> float:
        """What the cue of this number brings that the abstract mentions so often."""
        times = _TIMES[count] if count < len(_TIMES) else 1 + log(count)
        return self.weight * times * (roles[number] / count if number in roles else 1.0)


def gains(rules: Rules, cues: Sequence[Hit], factors: Mapping[str, float]) -> list[Gain]:
    """What each of the cues brings. `factors` are those of the corpus, which count for own topics."""
    topics = list(rules)
    return [_gain(topic, topics[topic], topics[topic].cues[number], factors) for topic, number in cues]


def _gain(place: int, topic: Topic, cue: Cue, factors: Mapping[str, float]) -> Gain:
    usual = factors.get(cue.text, 1.0) if topic.own else 1.0
    kind: Kind = "weak" if cue.kind == "titled" else cue.kind
    role_factors = None
    if cue.kind == "normal":
        role_factors = _FACTORS
    elif cue.kind == "strong":
        role_factors = [topic.proposed if roles & PROPOSES else 1.0 for roles in range(8)]
    weight = WEIGHTS["weak"] if cue.kind == "titled" else cue.weight
    titled = cue.weight * usual * topic.title_boost
    return Gain(place, kind, kind == "weak", cue.kind == "weak", titled, weight * usual, role_factors)
