"""Words asked for, and the ways in which a text may write them.

A word is asked for by its beginning, or by any spelling of it: "optimisers" finds "optimizer". Words
written as one, apart or with a hyphen are the same: "pre-training", "pretraining", "pre training".
What stood between quotes is found as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from paperctl.query.haystack import Haystack, needle, probe
from paperctl.record.fields import ANYWHERE, SEARCHED
from paperctl.text.alike import alike, american, beginnings

_NO_PREFIX = frozenset(
    (
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "do", "for", "has", "he",
        "if", "in", "is", "it", "its", "me", "my", "no", "not", "of", "on", "or", "so", "the", "to",
        "us", "was", "we",
    )
)  # fmt: skip
"""Words that stand before any other: "for" and "mat" are not the word "format"."""

PROSE = frozenset(("", *SEARCHED)) - {"author"}
"""Fields whose words may be spelt in several ways; the others hold numbers and addresses."""


class Sought(Struct, frozen=True, dict=True):
    """Words that a query asks for and does not negate, next to each other and folded.

    `field` is "" or the field they are asked for in. `whole`: the last word is a whole word, not the
    beginning of one. `literal`: no other spelling will do. `joined` are words that they make together
    with the words asked for next to them: of "pre" and "training", "pretraining".
    """

    field: str
    text: str
    whole: bool
    literal: bool = True
    joined: tuple[str, ...] = ()

    def anywhere(self, hay: Haystack) -> bool:
        """Whether the record holds the words in the field asked for, or in any field."""
        names = (self.field,) if self.field else ANYWHERE
        # As they are written in all fields first: their one form costs more to find.
        return any(self._as_written(hay, name) for name in names) or (
            not self.literal and any(self._in_one_form(hay, name) for name in names)
        )

    @cached_property
    def others(self) -> tuple[tuple[str, ...], ...]:
        """The same words written as one or apart; each is a sequence of whole words. One that is known to be
        a whole word is not written apart."""
        if self.literal or self.whole:
            return ()
        words = self.text.split()
        return tuple((word,) for word in self.joined) + (
            (("".join(words),),) if len(words) > 1 else tuple(apart(self.text))
        )

    @cached_property
    def _begins(self) -> str:
        return needle(self.text, whole=self.whole)

    @cached_property
    def alike(self) -> tuple[str, ...]:
        """What to look for in `Haystack.alike`: whole words, in all ways of writing them."""
        ways = () if self.literal else (tuple(self.text.split()), *self.others)
        return tuple(dict.fromkeys(f" {' '.join(map(alike, way))} " for way in ways))

    @cached_property
    def begun(self) -> tuple[str, ...]:
        """What else to look for there: where only the last word's beginning is asked for."""
        return tuple(f" {' '.join([*map(alike, way[:-1]), american(way[-1])])}" for way in self.unfinished)

    @cached_property
    def unfinished(self) -> tuple[tuple[str, ...], ...]:
        """The ways of writing the words that end with the beginning of one: "gpt4" and "gpt 4" both do of
        "GPT-4o"; "mode l" does not of "model"."""
        if self.literal or self.whole:
            return ()
        words = tuple(self.text.split())
        ways = [words, *((word,) for word in self.joined)]
        if len(words) > 1:
            return (*ways, ("".join(words),))
        return (*ways, *((a, b) for a, b in apart(self.text) if b[0].isdigit() and not a[-1].isdigit()))

    @cached_property
    def letters(self) -> frozenset[str]:
        """What the words begin with in all their spellings and ways of writing them."""
        ways = (*self.alike, *self.begun)
        return frozenset(letter for way in ways for form in way.split() for letter in beginnings(form))

    @cached_property
    def _probe(self) -> str:
        return probe(self.text)

    def _as_written(self, hay: Haystack, name: str) -> bool:
        return self._probe in hay.rough(name) and self._begins in hay.folded(name)

    def _in_one_form(self, hay: Haystack, name: str) -> bool:
        if not hay.rough(name):
            return False
        text = hay.alike(name, self.letters)
        return any(way in text for way in self.alike) or any(way in text for way in self.begun)

    def count(self, hay: Haystack, name: str) -> tuple[int, int]:
        """How often a field holds the words whole, and how often at least the beginning of the last one."""
        if not (rough := hay.rough(name)) or (self.literal and self._probe not in rough):
            return 0, 0
        if self.literal:
            text = hay.folded(name)
            begun = text.count(self._begins)
            return text.count(needle(self.text, whole=True)), begun
        text = hay.alike(name, self.letters)
        whole = sum([text.count(way) for way in self.alike])
        if self.whole:
            return whole, whole
        begun = sum(text.count(way) for way in self.begun)
        if self._probe in rough:
            begun = max(begun, hay.folded(name).count(self._begins))
        return whole, max(whole, begun)


def letters_of(words: Iterable[Sought]) -> frozenset[str]:
    """What words begin with in all their spellings, together: see `Haystack`."""
    return frozenset().union(*(word.letters for word in words if not word.literal))


def apart(word: str) -> list[tuple[str, str]]:
    """The two words that a word may be written as: "gpt4" is also "gpt 4", "pretraining" "pre training"."""
    if not word.isascii():
        return []
    pairs = [(word[:i], word[i:]) for i in range(1, len(word))]
    return [(a, b) for a, b in pairs if joinable(a, b)]


def joinable(first: str, second: str) -> bool:
    """Whether two neighbouring words may be written as one."""
    if first in _NO_PREFIX:
        return False
    if len(first) > 1 and len(second) > 1:
        return True
    return first[-1:].isdigit() != second[:1].isdigit()
