"""What finding and parting duplicates prints."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Doubt(TypedDict):
    """A pair for a person to decide on."""

    ids: tuple[str, str]
    score: float
    evidence: list[str]


class Plan(TypedDict):
    """What a pass found: clusters to merge, pairs to link, to ask about, to keep apart, to unlink, and merged
    papers to take apart first."""

    merge: list[list[str]]
    version: list[tuple[str, str]]
    maybe: list[Doubt]
    distinct: list[tuple[str, str]]
    unlinked: list[tuple[str, str]]
    apart: list[str]


class Pair(TypedDict):
    """What the rules say of two papers; `keys` is why they were compared, `word` the user's judgement."""

    ids: tuple[str, str]
    verdict: Literal["duplicate", "version", "maybe", "distinct"]
    score: float
    evidence: list[str]
    keys: list[str]
    word: str | None
    linked: bool


class Titled(TypedDict):
    """A paper by name; `score` is what the rules gave it."""

    id: str
    title: str
    score: NotRequired[float]
