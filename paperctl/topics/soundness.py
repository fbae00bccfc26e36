"""Rules that can be read and still say nothing: thresholds out of reach, names taken twice, circles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log

from paperctl.topics.problems import Problem
from paperctl.topics.rules import Rules, Topic
from paperctl.topics.sentences import OWN_FACTOR
from paperctl.topics.texts import SPARSE

MENTIONS = 20
"""So often an abstract mentions a cue at most."""


def doubts(topics: Mapping[str, Topic], changed: Iterable[str]) -> list[Problem]:
    """What no paper can do with the `changed` ones of the topics, and names that mean two of them."""
    rules = Rules(topics)
    found: list[Problem] = []
    for name in changed:
        found += _out_of_reach(topics[name])
        found += _names_taken(topics[name], topics)
        if _brings_itself(name, rules):
            others = ", ".join(other for other in rules.implied[name] if name in rules.implied[other])
            found.append(
                Problem(
                    (name, "implies"),
                    f"topics imply each other in a circle: {name}, {others}",
                    "papers of one get all of them: make them one topic, or drop one `implies`",
                )
            )
    return found


def _out_of_reach(topic: Topic) -> list[Problem]:
    if all(cue.kind == "weak" for cue in topic.cues if cue.weight > 0):
        why = "weak cues alone reach half the threshold at most"
        return [
            Problem(
                (topic.name,), f"no paper can have topic {topic.name}: {why}", "add `strong:` or `normal:`"
            )
        ]
    often = 1 + log(MENTIONS)
    each = max(topic.title_boost / SPARSE, topic.title_boost + often * max(OWN_FACTOR, topic.proposed))
    most = sum(cue.weight for cue in topic.cues if cue.weight > 0 and cue.kind != "weak") * each
    if topic.threshold <= most * 2:  # the other half may come from weak cues
        if topic.threshold <= most:
            return []
        weak = sum(cue.weight for cue in topic.cues if cue.kind == "weak") * each
        if topic.threshold <= most + min(weak, topic.threshold / 2):
            return []
    return [
        Problem(
            (topic.name, "threshold"),
            f"no paper can reach threshold {topic.threshold:g} of topic {topic.name}",
            f"its cues bring {most:.0f} at most; usual: 3",
        )
    ]


def _names_taken(topic: Topic, topics: Mapping[str, Topic]) -> list[Problem]:
    """Aliases that are the name or an alias of another topic, which then is never meant by them."""
    found = []
    for place, alias in enumerate(topic.aliases):
        for other in topics.values():
            if other.name != topic.name and _plain(alias) in map(
                _plain, (other.name, other.title, *other.aliases)
            ):
                what = f"alias of topic {topic.name} is a name of topic {other.name}: {alias}"
                found.append(Problem((topic.name, "aliases", place), what, "choose another word"))
    return found


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", " ")


def _brings_itself(name: str, rules: Rules) -> bool:
    return any(name in rules.implied[other] for other in rules.implied[name])
