"""Headings of a dump as evidence: a part called "Efficient fine-tuning" says what its papers are about."""

from __future__ import annotations

from paperctl.topics.match import Matcher
from paperctl.topics.rules import Cue, Kind, Rules, Topic
from paperctl.topics.words import tokens

_TELLING: frozenset[Kind] = frozenset(("strong", "normal", "titled", "except"))
MEMO_HEADINGS = 10_000


class Headings:
    """Which topics a heading names: by name, alias, or a cue that is not weak."""

    def __init__(self, rules: Rules) -> None:
        self._matcher = Matcher(Rules({topic.name: _named(topic) for topic in rules}))
        self._seen: dict[str, frozenset[int]] = {}

    def topics(self, heading: str) -> frozenset[int]:
        """The places of the topics that the heading names."""
        if heading not in self._seen:
            if len(self._seen) > MEMO_HEADINGS:
                self._seen.clear()
            scan = self._matcher.scan(tokens(heading))
            cues = self._matcher.cues
            self._seen[heading] = frozenset(cues[number][0] for number in scan.numbers)
        return self._seen[heading]


def _named(topic: Topic) -> Topic:
    names = (topic.title, topic.name.replace("-", " ").replace("/", " "), *topic.aliases)
    cues = [cue for cue in topic.cues if cue.kind in _TELLING]
    return Topic(topic.name, topic.title, (*cues, *(Cue(name, "strong", 0.0) for name in names)))
