"""Candidates for a shell's completion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.text.sanitise import clean

Candidate = tuple[str, str]
"""A value, and what it is."""


class Comma:
    """Candidates of which several may stand, parted by commas, each maybe after a sign."""

    def __init__(self, found: Iterable[Candidate], signs: str = "") -> None:
        self.found, self.signs = found, signs


def begun(word: str, found: Iterable[Candidate] | Comma) -> Iterator[Candidate]:
    """The candidates that go on where a word was begun."""
    head = ""
    if isinstance(found, Comma):
        head, comma, word = word.rpartition(",")
        head += comma
        if word[:1] and word[0] in found.signs:
            head, word = head + word[0], word[1:]
        found = found.found
    low = word.lower()
    for value, about in found:
        if value.lower().startswith(low):
            yield head + value, " ".join(clean(about).split())[:80]


def listed(values: Iterable[str]) -> list[Candidate]:
    return [(value, "") for value in values]
