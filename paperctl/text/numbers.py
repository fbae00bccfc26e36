"""Numbers as people write them: in tables, and of things counted."""

from __future__ import annotations

import re

from paperctl.text import late

_NUMBER = late.pattern(
    r"[-+−]?(?:\d{1,3}(?:[,\u2009\u202f\xa0 ]\d{3})+|\d{1,15})(?:\.\d{1,15})?(?:[eE][-+]?\d{1,2})?"
)


def as_number(text: str) -> float | None:
    """The number that a cell holds (`1204`, `1,204`, `12.5`), None for any other text."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    return float(re.sub(r"[,\s]", "", text).replace("−", "-"))


def counted(number: int, what: str) -> str:
    """So many of a thing: "1 paper", "1,204 papers"."""
    return f"{number:,} {what}{'s' * (number != 1)}"
