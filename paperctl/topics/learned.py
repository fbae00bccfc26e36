"""What corrections taught, and the rules with it: made by `learn`, used by `tag` and `explain`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from paperctl.topics.rules import Cue, Rules


@dataclass(frozen=True, slots=True)
class LearnedTopic:
    """What was learned of one topic: whether it joins the rules, why, and its cues with their weights."""

    on: bool
    reason: str
    corrections: int
    cues: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """What the corrections taught, by topic."""

    topics: Mapping[str, LearnedTopic]

    def apply(self, rules: Rules) -> Rules:
        """The rules with the learned cues of every topic whose model is on."""
        changed = {}
        for name, topic in rules.topics.items():
            learned = self.topics.get(name)
            changed[name] = topic
            if learned and learned.on and learned.cues:
                extra = tuple(Cue(text, "learned", weight) for text, weight in learned.cues.items())
                changed[name] = replace(topic, cues=topic.cues + extra)
        return Rules(changed)
