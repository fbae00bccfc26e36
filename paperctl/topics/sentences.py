"""What a sentence of an abstract tells of: what the paper does, what it proposes, or what others did."""

from __future__ import annotations

from bisect import bisect
from typing import Final

from paperctl.topics.match import Words

OWN: Final = 1
"""The sentence speaks of the authors or their paper."""
PROPOSES: Final = 2
"""It says what the paper brings."""
OTHERS: Final = 4
"""It speaks of what was there before, or sets the paper against it."""

_ROLE_WORDS = {
    OWN: "we our ours us paper",
    PROPOSES: "propose proposes proposed introduce introduces introducing present presents presenting"
    " novel develop",
    OTHERS: "existing previous previously prior recent recently traditional conventional however although"
    " despite unlike while typically often current currently unfortunately most many",
}
_ROLES: Final = {
    form: role
    for role, words in _ROLE_WORDS.items()
    for word in words.split()
    for form in (word, word.capitalize(), word.upper())
}
"""The role of a sentence with one of the words, in every case in which they are written."""

OWN_FACTOR: Final = 1.4
OTHERS_FACTOR: Final = 0.8
"""How many times a normal cue counts in a sentence of either kind; measured on labelled papers, where 1.3 to
1.4 was best on each of two sets, and more let in papers that merely use what they name."""


class Sentences:
    """The sentences of one text of many, and the roles of each."""

    def __init__(self, words: Words, begin: int, end: int) -> None:
        self._words = words
        self._stops = words.stops(begin, end)
        self._bounds = [begin, *self._stops, end]
        self._roles: dict[int, int] = {}

    def roles(self, place: int) -> int:
        """The roles of the sentence in which the word at `place` stands."""
        sentence = bisect(self._stops, place)
        if sentence not in self._roles:
            words = self._words[self._bounds[sentence] : self._bounds[sentence + 1]]
            self._roles[sentence] = sum({_ROLES[word] for word in _ROLES.keys() & words})
        return self._roles[sentence]


def factor(roles: int) -> float:
    """How many times a normal cue counts in a sentence of these roles."""
    if roles & (OWN | PROPOSES):
        return OWN_FACTOR
    return OTHERS_FACTOR if roles & OTHERS else 1.0
