"""Journals that share most of their name and are two: series A and B, or with another word in one place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperctl.deduplicate import thresholds, vocabulary
from paperctl.deduplicate.venue_names import Words
from paperctl.text.fold import fold

_SERIES_WORDS = frozenset({"series", "ser", "section", "sect", "sec", "part", "pt"})
# A letter or a Roman numeral that numbers a series: "Physical Review B", "Circuits and Systems II".
_SERIES = re.compile(r"[a-z]|i{2,3}|iv|vi{1,3}")


def two_series(a: str, b: str) -> bool:
    """Whether two venues are two series of one journal: what stands before another letter is alike. A digit
    numbers a series only behind "Part"; elsewhere it is a volume or a year."""
    for n, (one, other) in enumerate(zip(_in_full(a), _in_full(b), strict=False)):
        if one != other and _SERIES.fullmatch(one) and _SERIES.fullmatch(other):
            return n > 0
        if one != other and one.isdigit() and other.isdigit():
            return n > 0
        if not _alike(one, other):
            return False
    return False


def _in_full(venue: str) -> list[str]:
    """All words of a venue but small ones, numbers, and those that only announce a series."""
    words = fold(venue).split()
    return [
        word
        for n, word in enumerate(words)
        if word not in _SERIES_WORDS
        and (_SERIES.fullmatch(word) or word not in vocabulary.STOP)
        and (not word.isdigit() or (n > 0 and words[n - 1] in _SERIES_WORDS))
    ]


def other_words(a: Words, b: Words) -> bool:
    """Whether either name has words that nothing in the other one is alike, next to words that both have:
    "Image Processing", "Signal Processing". Abbreviations and acronyms of the words are alike."""
    shared = [word for word in a if any(_alike(word, other) for other in b)]
    only_a = [word for word in a if word not in shared]
    only_b = [word for word in b if not any(_alike(word, other) for other in a)]
    return bool(shared and only_a and only_b) and not (
        _abbreviates_all(only_a, only_b) or _abbreviates_all(only_b, only_a)
    )


def _alike(a: str, b: str) -> bool:
    """Whether two words may be one, abbreviated: they begin alike, or one has letters of the other."""
    if a[: thresholds.BEGINNING] == b[: thresholds.BEGINNING]:
        return True
    short, long = sorted((a, b), key=len)
    if long.startswith(short):
        return True
    left = iter(long)
    return len(short) >= thresholds.ABBREVIATED and all(letter in left for letter in short)


def _abbreviates_all(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the first word is made of the first letters of the others: "PAMI"."""
    return len(long) > 1 and short[0].startswith("".join(word[0] for word in long))
