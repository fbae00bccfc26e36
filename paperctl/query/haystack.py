"""A record as words are looked for in it: each field folded at most once, and only when it may match."""

from __future__ import annotations

import unicodedata

from paperctl.record import Paper
from paperctl.record.values import texts
from paperctl.text import late
from paperctl.text.alike import alike
from paperctl.text.fold import fold

_BETWEEN = " \n "
_BEYOND = "\x7f"
"""Ends a rough text that was not ASCII: only there can words beyond ASCII be."""
UNSPACED = late.pattern(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that set no blanks between words: there a word may begin and end anywhere."""


class Haystack:
    """The fields of one record in the forms that matching needs, made when first asked for."""

    __slots__ = ("_alike", "_folded", "_letters", "_rough", "record")

    def __init__(self, record: Paper, letters: frozenset[str] = frozenset()) -> None:
        """`letters` begin the words that will be looked for: `alike` then is made once for all of them."""
        self.record = record
        self._letters = letters
        self._rough: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        self._alike: dict[tuple[str, frozenset[str]], str] = {}

    def rough(self, field: str) -> str:
        """A text cheap to make that holds every ASCII word of the folded one: what rules most papers out."""
        found = self._rough.get(field)
        if found is None:
            text = "\n".join(texts(self.record, field))
            if text.isascii():
                found = text.lower()
            else:
                plain = unicodedata.normalize("NFKD", text).casefold()
                found = plain.encode("ascii", "ignore").decode("ascii") + _BEYOND
            self._rough[field] = found
        return found

    def folded(self, field: str) -> str:
        """The folded values with a blank on either side; no phrase reaches from one value to the next."""
        found = self._folded.get(field)
        if found is None:
            parts = map(fold, texts(self.record, field))
            found = self._folded[field] = f" {_BETWEEN.join(parts)} "
        return found

    def alike(self, field: str, letters: frozenset[str]) -> str:
        """The folded values with every word that begins with one of these letters in the one form of its
        spellings: finding the form of all words would take most of a search's time."""
        if letters <= self._letters:
            letters = self._letters
        found = self._alike.get((field, letters))
        if found is None:
            words = self.folded(field).split(" ")
            found = " ".join([alike(word) if word[:1] in letters else word for word in words])
            self._alike[field, letters] = found
        return found


def needle(folded: str, *, whole: bool) -> str:
    """What to look for in `Haystack.folded` so that `folded` stands at the beginning of a word there.

    `whole`: its last word is a whole word too, not the beginning of one.
    """
    before = "" if UNSPACED.match(folded[0]) else " "
    after = " " if whole and not UNSPACED.match(folded[-1]) else ""
    return before + folded + after


def probe(folded: str) -> str:
    """What `Haystack.rough` holds wherever `Haystack.folded` holds this text: its longest ASCII word."""
    return max((word for word in folded.split() if word.isascii()), key=len, default=_BEYOND)
