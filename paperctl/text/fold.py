"""Folding text for comparison: no case, no accents, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from paperctl.text import late

_NOT_WORD = late.pattern(r"[\W_]+")
_FOREIGN = late.pattern("[^\x00-\x7f]+")
_MAY_BE_MARKS = late.pattern("[\u0300-\U0010ffff]+")
_ASCII_WORDS = bytes(ord(chr(i).lower()) if i < 128 and chr(i).isalnum() else 32 for i in range(256))


def fold(text: str) -> str:
    """Text without case, accents and punctuation, words apart by one space: what matching compares."""
    return words_alone(folded_signs(text))


def folded_signs(text: str) -> str:
    """Text of which the signs beyond ASCII are folded, and the others as they are.

    Most texts have a few such signs only, a dash or an accent, and are ASCII without them.
    """
    return text if text.isascii() else _FOREIGN.sub(lambda run: _folded(run[0]), text)


def words_alone(text: str) -> str:
    """What `folded_signs` gives, folded whole."""
    if text.isascii():  # the usual case, and a translation takes a quarter of the time
        return b" ".join(text.encode("ascii").translate(_ASCII_WORDS).split()).decode("ascii")
    return _NOT_WORD.sub(" ", text.casefold()).strip()


@lru_cache(maxsize=1 << 14)
def _folded(run: str) -> str:
    """A run of signs beyond ASCII, folded: no sign changes how one outside the run is folded."""
    return _NOT_WORD.sub(" ", without_marks(unicodedata.normalize("NFKD", run)).casefold())


def without_marks(decomposed: str) -> str:
    """A decomposed text (NFD or NFKD) without its combining marks: its accents."""
    return _MAY_BE_MARKS.sub(_base_letters, decomposed)


def _base_letters(run: re.Match[str]) -> str:
    return "".join(c for c in run[0] if not unicodedata.combining(c))
