"""What tagging reads of a record, and how much of it there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from paperctl.record import Paper

SPARSE: Final = 0.54
"""What part of a topic's threshold a title alone must reach."""
WHOLE: Final = 100
"""Words of abstract and keywords from which the whole threshold counts."""


class Texts(NamedTuple):
    """A paper as tagging reads it."""

    title: str
    abstract: str
    """With the keywords."""
    heading: str = ""
    """What the part of the dump is called in which the paper stood."""


def texts(record: Paper) -> Texts:
    """What tagging reads of a record: title, abstract with keywords, and the heading it stood under."""
    abstract = record.get("abstract") or ""
    if keywords := record.get("keywords"):
        abstract = f"{abstract}\n. " + " . ".join(map(str, keywords))
    return Texts(str(record.get("title") or ""), str(abstract), heading(record))


def heading(record: Paper) -> str:
    """The heading a paper stood under in its dump, without the letter of a deck's part; "" if it had none."""
    extra = record.get("extra")
    if not isinstance(extra, Mapping):
        return ""
    held = extra.get("section_title") or extra.get("section")
    return held if isinstance(held, str) else ""


def fullness(words: int) -> float:
    """What part of its threshold a topic must reach in a paper with so many words besides the title.

    A title is chosen to say what a paper is about and leaves no room for the obvious, so
    its few cues mean more. On labelled papers of eleven venues anything from 0.5 to 0.6 served titles
    well and cost no precision; at 0.54 a heading that names a topic is enough for a title.
    """
    return min(1.0, SPARSE + (1 - SPARSE) * words / WHOLE)
