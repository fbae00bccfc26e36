"""Folding text for comparison: no case, no accents, no punctuation."""

from __future__ import annotations

import re
import unicodedata

from paperctl.text import late

_NOT_WORD = late.pattern(r"[\W_]+")
_MAY_BE_MARKS = late.pattern("[\u0300-\U0010ffff]+")
_ASCII_WORDS = bytes(ord(chr(i).lower()) if i < 128 and chr(i).isalnum() else 32 for i in range(256))


def fold(text: str) -> str:
    """Text without case, accents and punctuation, words apart by one space: what matching compares."""
    if text.isascii():  # the usual case, and a translation takes a quarter of the time
        return b" ".join(text.encode("ascii").translate(_ASCII_WORDS).split()).decode("ascii")
    folded = without_marks(unicodedata.normalize("NFKD", text)).casefold()
    return _NOT_WORD.sub(" ", folded).strip()


def without_marks(decomposed: str) -> str:
    """A decomposed text (NFD or NFKD) without its combining marks: its accents."""
    return _MAY_BE_MARKS.sub(_base_letters, decomposed)


def _base_letters(run: re.Match[str]) -> str:
    return "".join(c for c in run[0] if not unicodedata.combining(c))
