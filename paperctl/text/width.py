"""How many columns of a terminal a text takes: wide CJK and emoji take two, accents none."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    kind = category(char)
    if kind in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        # The emoji selector widens what it follows; vowels and finals of Hangul join their syllable.
        return 1 if char == "\ufe0f" else 0
    if kind == "Cn":  # a letter newer than this Python: wide where its neighbours are
        return 2 if char >= "\u2e80" else 1
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
    return text[: _fitting(text, columns - width(mark))].rstrip() + mark


def pad(text: str, columns: int, mark: str = "…") -> str:
    """The text cut or filled with blanks to exactly `columns`."""
    text = cut(text, columns, mark)
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns`, broken at blanks; a word wider than a line is broken too."""
    columns = max(columns, 2)
    lines: list[str] = []
    line, used = "", 0
    for word in text.split():
        size = width(word)
        if line and used + 1 + size <= columns:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        while size > columns:
            end = _fitting(word, columns)
            lines.append(word[:end])
            word = word[end:]
            size = width(word)
        line, used = word, size
    return [*lines, line] if line else lines


def _fitting(text: str, columns: int) -> int:
    """How many characters of a text that is too wide fit into `columns`."""
    used = 0
    for end, char in enumerate(text):
        used += _width(char)
        if used > columns:
            return end
    return len(text)
