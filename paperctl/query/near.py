"""Words spelt nearly like a word."""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 4
"""Letters of the shortest word that is taken for a slip."""
_LONG = 8
"""Letters from which a word may have two slips."""
_MOST = 8


def near(word: str, known: Iterable[str]) -> list[str]:
    """The known words that a slip or, in long words, two make of this one, the nearest first.

    A slip is a letter too many, too few or wrong, or two neighbours swapped (optimal string
    alignment). The first letter is never one.
    """
    if len(word) < _SHORTEST or any(letter.isdigit() for letter in word):
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 1 if len(word) < _LONG else 2
    others = sorted(other for other in known if other[:1] == word[0] and other != word)
    found = process.extract(word, others, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [other for other, _, _ in sorted(found, key=lambda hit: hit[1])[:_MOST]]
