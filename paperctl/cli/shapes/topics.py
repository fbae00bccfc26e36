"""What the topic rules print."""

from __future__ import annotations

from typing import TypedDict


class Topic(TypedDict):
    """A topic with its rule; `cues` by kind."""

    topic: str
    name: str
    papers: int
    threshold: float
    implies: list[str]
    aliases: list[str]
    source: str
    cues: dict[str, list[str]]


class Pack(TypedDict):
    """A set of topics that the setting topic_packs switches on."""

    pack: str
    on: bool


class Suggestion(TypedDict):
    """A cue worth adding, and F1 on the papers tagged by hand before and after."""

    cue: str
    kind: str
    tagged: int
    others: int
    f1_before: float
    f1_after: float


class Cue(TypedDict):
    """A cue that was found: what it is, where it stood, how often, what it brought."""

    cue: str
    rule: str
    kind: str
    place: str
    weight: float
    count: int
    contribution: float
    told: float


class Verdict(TypedDict):
    """Why a paper has a topic or has it not; `given` is what the rules say."""

    topic: str
    given: bool
    score: float
    threshold: float
    cues: list[Cue]
    implied_by: list[str]
    lacks: list[str]


class Explanation(TypedDict):
    """Why a paper has its topics."""

    id: str
    title: str
    topics: list[Verdict]


class Gained(TypedDict):
    """How many papers gained and lost a topic."""

    topic: str
    gained: int
    lost: int


class Retagged(TypedDict):
    """What applying the rules changed; `learned` says of each topic what corrections taught, or why not."""

    papers: int
    changed: int
    changes: list[Gained]
    learned: dict[str, str]
