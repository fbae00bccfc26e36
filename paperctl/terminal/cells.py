"""How many columns of a terminal a text takes: wide CJK and emoji take two, accents none."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """Columns that the text takes (Unicode Standard Annex #11; combining marks take none)."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def cut(text: str, columns: int, mark: str = "…") -> str:
    """The text if it fits, else its beginning and the mark, never wider than `columns`."""
    if width(text) <= columns:
        return text
    if columns <= width(mark):
        return mark if width(mark) <= columns else ""
    room, end = columns - width(mark), 0
    for end, char in enumerate(text):  # noqa: B007
        room -= _width(char)
        if room < 0:
            break
    return text[:end].rstrip() + mark


def pad(text: str, columns: int) -> str:
    """The text cut or filled with blanks to exactly `columns`."""
    text = cut(text, columns)
    return text + " " * (columns - width(text))
