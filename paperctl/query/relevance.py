"""How well one record answers the words of a query.

The score is BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", 2009, section 3.6): occurrences are weighted by field before they saturate, each field
with its own length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from paperctl.query.haystack import Haystack, needle
from paperctl.query.wording import Sought
from paperctl.record.fields import SEARCHED

_SATURATION = 1.2
_TITLED = 0.6
"""What a title that holds all words, in whatever order, adds as a share of the score; fewer add less."""
_BEGINNING = 0.5
"""What an occurrence counts where the query's word is only the beginning of the text's."""


def rarity(holding: int, papers: int) -> float:
    """What a word weighs that so many of the papers hold (inverse document frequency)."""
    return math.log(1 + (papers - holding + 0.5) / (holding + 0.5))


def relevance(hay: Haystack, words: Sequence[Sought], weights: Sequence[float], total: float = 0) -> float:
    """The score of a record for the words, each with its weight; 0 if it holds none of them.

    `total` is what all words of the query weigh, if these are not all.
    """
    score = inside = 0.0
    for word, weight in zip(words, weights, strict=True):
        count, in_title = occurrences(hay, word)
        score += weight * count / (_SATURATION + count)
        inside += weight * in_title
    if not score or len(words) == 1:
        return score
    titled = _TITLED * (inside / (total or sum(weights))) ** 2
    return score * (1 + max(titled, _together(hay, words)))


def occurrences(hay: Haystack, word: Sought) -> tuple[float, bool]:
    """How often a record holds the word, each time weighted by the field and the field's length, and
    whether its title does."""
    total, in_title = 0.0, False
    for name, counts in SEARCHED.items():
        if word.field not in ("", name):
            continue
        whole, begun = word.count(hay, name)
        if not begun:
            continue
        found = whole if word.whole else whole + _BEGINNING * (begun - whole)
        longer = max(0.5, len(hay.rough(name)) / counts.usual)
        total += counts.weight * found / (1 - counts.length + counts.length * longer)
        in_title |= name == "title"
    return total, in_title


def _together(hay: Haystack, words: Sequence[Sought]) -> float:
    phrase = " ".join(word.text for word in words if not word.field)
    if " " not in phrase:
        return 0.0
    sought = needle(phrase, whole=False)
    return max((s.phrase for n, s in SEARCHED.items() if s.phrase and sought in hay.folded(n)), default=0.0)
