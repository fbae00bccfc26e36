"""The papers on which the rules of deduplication are shown: one small field, tide mills and their people."""

from __future__ import annotations

from typing import Any, NamedTuple

from paperctl.record import FACTS

Paper = Any


class Near(NamedTuple):
    """A pair beside a rule's that is another rule's: `b` with the rule's `a`, or with an `a` of its own."""

    why: str
    kind: str
    b: Paper
    a: Paper | None = None


class Rule(NamedTuple):
    """A pair that a rule decides, `a` and `b`, and what becomes of the pairs beside it.

    Each near miss lacks one thing that the rule asks for, or has one that it forbids.
    """

    why: str
    kind: str
    reason: str
    a: Paper
    b: Paper
    near_misses: tuple[Near, ...]


PLACE = ("volume", "number", "pages", "pmid")

WALLS = "The walls were surveyed by boat at forty sites, and old leases were read for the names of tenants. "
RENT = "Rents fell by half once steam reached the valley, yet most wheels turned for another thirty years. "
SILT = "Silt, not coal, ended the trade: ponds that nobody dredged held too little water for one tide. "
LAST = "We date the last grinding at each site to within five years and map what is left above the shore."
ABSTRACT = WALLS + RENT + SILT + LAST
# 88, 61 and 41 % of its letters agree with ABSTRACT.
MOST = WALLS + RENT + SILT + "A list of the stones that are still in place is given for the use of wardens."
HALF = (
    WALLS
    + "The sluices opened inward, and the sea closed them. Each wheel had two keepers, who slept in turn. "
    + "Children carried the sacks, as school books of absence show, and were paid in flour on Saturdays. "
    + "Their letters, found in a chapel, tell of floods, of eels and of a ghost who kept the sluice gate."
)
OTHER = (
    "Eels climb a bristle mat at night. Counted by camera in three rivers, more passed on the ebb than on "
    "flood, and none by moonlight; brushes of two widths did equally well for fish below a hand in length."
)
# Too short to support a title that differs.
BRIEF = "Silt ended the trade of the tide mills, as ponds that nobody dredged held too little water."

KEEPERS = "Tide mills of the northern coast and their keepers"
OWNERS = "Tide mills of the northern coast and their owners"  # a word exchanged: near
LATER = "Tide mills of the northern coast and their forgotten keepers"  # a word more: added
CENTURIES = "Tide mills of the northern coast and their keepers in two centuries"  # two words more
BETWEEN = "Tide mills and weirs of the northern coast and their forgotten keepers"
BARE = "Tide mills of the northern coast"
SUBTITLE = "Tide mills of the northern coast: who kept the sluice gate"  # BARE is a part of it
SWAPPED = KEEPERS.replace("keepers", "ekepers")
EXTENDED = " (extended abstract)"
RENAMED = "Grinding by the moon"
GERMAN = "Gezeitenmühlen und ihre Hüter"
EELS = "Eels of the tide mills"

PEOPLE = ["Nora Quist", "Pavel Hron", "Aisha Bello"]
STRANGERS = ["Greta Lund", "Otis Vane"]
SOME = ["Aisha Bello", "Greta Lund", "Otis Vane"]
EDITOR = ["Nora Quist"]

HERE: Paper = {"venue": "Journal of Mill Studies", "year": 2016, "volume": "21"}
PAGES: Paper = {**HERE, "pages": "88-104"}
ELSEWHERE: Paper = {**HERE, "pages": "402-419"}
LETTERS: Paper = {"venue": "Mill Letters", "year": 2016}
TALK: Paper = {"venue": "Symposium on Water Power", "year": 2014}


def paper(title: str = KEEPERS, **facts: Any) -> Paper:
    extra = {name: facts.pop(name) for name in PLACE if name in facts}
    return {**FACTS, "title": title, "extra": extra, **facts}


def ours(title: str = KEEPERS, **facts: Any) -> Paper:
    return paper(title, authors=PEOPLE, **facts)
