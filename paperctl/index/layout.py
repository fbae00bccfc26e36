"""What the tables of an index are made of: all that reading one needs to know of how it was made."""

from __future__ import annotations

from paperctl.query.haystack import UNSPACED
from paperctl.record.fields import SEARCHED

LAYOUT = 6
"""Changes with the tables and with the folding of words."""
LAST = "\U0010ffff"
"""What stands behind all that begins alike."""
COLUMNS = tuple(SEARCHED)
SORTED = {"year": True, "title": False, "venue": False, "added": True}
"""What papers are sorted by, each with whether it stands there whole and not only its beginning."""
OUT_OF_ORDER, TWICE = "out of order", "twice"
"""Kinds of a tally that count no papers: whether rows are in another order than lines, and lines that have
the id of another one."""


def spaced(folded: str) -> str:
    """Folded text with each letter of a script without blanks as a word of its own."""
    return folded if folded.isascii() else UNSPACED.sub(r" \g<0> ", folded)
