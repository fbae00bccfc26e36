"""The shape of topic rules: topics, their cues, and how they refer to each other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any, Literal

from paperctl.errors import UsageError, nearest

Kind = Literal["strong", "normal", "titled", "weak", "against", "except", "learned"]

WEIGHTS: dict[Kind, float] = {
    "strong": 3.0,
    "normal": 1.8,
    "titled": 1.8,
    "weak": 0.7,
    "against": -2.0,
    "except": 0.0,
}
"""What one mention of a cue adds to the score. An `except` cue only hides the cues inside it; a `titled` one
is normal in a title and weak elsewhere ("Faster …" is a claim, "faster" a word)."""

THRESHOLD = 3.0
TITLE = 1.7
"""How many times a mention in the title counts."""
WEAK_SHARE = 0.5
"""Weak cues together add at most this part of the threshold: alone they never give a topic."""
SUGGESTED = 0.5
"""A topic suggested by another one is given at this part of its threshold."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that speaks for (or against) a topic, as its author wrote it."""

    text: str
    kind: Kind
    weight: float


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: a paper has it when its score reaches the threshold, or another topic implies it.

    A topic that another one `suggests` is given at half its threshold; one that `needs` others, only
    with them.
    """

    name: str
    title: str
    cues: tuple[Cue, ...]
    threshold: float = THRESHOLD
    title_boost: float = TITLE
    implies: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    proposed: float = 1.0
    """How many times a strong cue counts in a sentence that says what the paper proposes."""
    field: tuple[str, ...] = ()
    """Words of the topic's field; papers without any of them do not get the topic."""
    field_title: tuple[str, ...] = ()
    """Words that show the field if the title has them."""
    aliases: tuple[str, ...] = ()
    about: str = ""
    source: str = "built in"

    @property
    def own(self) -> bool:
        """Whether a user wrote it: its weights are guesses, those of a pack were measured."""
        return not self.source.split(" + ")[0].endswith(" pack")

    @property
    def meaning(self) -> tuple[object, ...]:
        """All of it that can change a paper's score or topics; equal where only words for readers differ."""
        return (
            *(
                self.name,
                self.title,
                self.aliases,
                self.cues,
                self.threshold,
                self.title_boost,
                self.proposed,
            ),
            *(self.implies, self.suggests, self.needs, self.field, self.field_title, self.own),
        )

    @property
    def parent(self) -> str | None:
        """`efficiency` for `efficiency/vit`."""
        return self.name.rpartition("/")[0] or None


@dataclass(frozen=True)
class Rules:
    """A set of topics, by name, in the order they are shown. Build it with `load_rules`."""

    topics: Mapping[str, Topic] = dataclass_field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        """Display name of each topic."""
        return {topic.name: topic.title for topic in self.topics.values()}

    @cached_property
    def version(self) -> str:
        """12 hex digits that change when any tag could change: same version, same tags."""
        meanings = repr([topic.meaning for topic in self])
        return hashlib.sha256(meanings.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @cached_property
    def implied(self) -> dict[str, tuple[str, ...]]:
        """Every topic that each topic brings with it, directly or by way of others."""
        direct = {t.name: self._brings(t) for t in self}
        closed = {}
        for name in direct:
            seen: list[str] = []
            queue = list(direct[name])
            while queue:
                other = queue.pop(0)
                if other not in seen and other != name:
                    seen.append(other)
                    queue.extend(direct[other])
            closed[name] = tuple(seen)
        return closed

    def _brings(self, topic: Topic) -> list[str]:
        parent = [topic.parent] if topic.parent and topic.parent not in topic.needs else []
        return [name for name in (*topic.implies, *parent) if name in self.topics]

    def __iter__(self) -> Any:
        return iter(self.topics.values())

    def resolve(self, word: str) -> str:
        """The topic a user means by a name or an alias.

        Raises UsageError naming the nearest topic.
        """
        asked = word.strip().lower()
        if asked in self.topics:
            return asked
        if asked in self._spoken:
            return self._spoken[asked]
        near = nearest(asked, self._spoken)
        hint = f"did you mean {self._spoken[near]}?" if near else f"topics: {', '.join(self.topics)}"
        raise UsageError(f"unknown topic: {word}", hint, code="no-such-topic")

    def knows(self, word: str) -> bool:
        """Whether a word is a topic's name or alias."""
        return word.strip().lower() in self._spoken

    @cached_property
    def _spoken(self) -> dict[str, str]:
        """The topic of each name and alias, in lower case."""
        known: dict[str, str] = {}
        for topic in self:
            spoken = [topic.name, topic.title, topic.name.replace("-", " "), *topic.aliases]
            known |= dict.fromkeys(map(str.lower, spoken), topic.name)
        return known
