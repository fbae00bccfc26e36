"""The words that the rules of deduplication know, and why each set is there.

The words stand in `data/`, a file for each table, which names its source. A line that begins with `#` is a
comment.
"""

from __future__ import annotations

from importlib.resources import files

from paperctl.text.particles import PARTICLES

_DATA = files("paperctl.deduplicate") / "data"


def _lines(name: str) -> tuple[str, ...]:
    text = (_DATA / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _set(name: str) -> frozenset[str]:
    return frozenset(" ".join(_lines(name)).split())


def _pairs(name: str) -> tuple[tuple[str, str], ...]:
    """Two words a line, "left/right"."""
    return tuple((one, other) for one, _, other in (line.partition("/") for line in _lines(name)))


def _table(name: str) -> dict[str, str]:
    """A word and what it stands for a line, "ii = 2"."""
    return {word: meaning for word, _, meaning in (line.partition(" = ") for line in _lines(name))}


STOP = _set("stop")
"""Words that a title may have or lack and stay the same title."""

TELLING = _set("telling")
"""Those of them that turn a title into another one where they are exchanged, and "no" alone."""

GENERIC = _set("generic")
"""Words that name a kind of page, not a work: a title of these alone needs a second field."""

COLUMNS = _set("columns")
"""Of those the ones that name what comes back in every issue: "Guest Editorial"."""

COLUMN_TITLES = frozenset(_lines("column_titles"))
"""Whole titles of what comes back in every issue, or of nothing, that are more than generic words."""

TWINS = _set("twins")
"""Words that are another one of these but for a letter or the ending, so that it is no slip of the pen."""

NEGATIONS = _set("negations")
"""Words that turn a title into its opposite."""

ABOUT_A_WORK = _set("about_a_work")
"""Words that make another item of the work they name: the erratum of a paper is not the paper."""

AFFIXES = _pairs("affixes")
"""Parts of words that make another word where they are exchanged: "nitrate", "nitrite"."""

LABELS = _set("labels")
"""Words that number an item of a book or a meeting before its title: "Chapter 7"."""

CORRECTIONS = _set("corrections")
"""Those of `ABOUT_A_WORK` that name one kind of notice: databases exchange them."""

DATES = _set("dates")
"""Months and seasons: by these the issues of a column differ."""

OPPOSITES = frozenset(map(frozenset, _pairs("opposites")))
"""Words that make two studies of one design where titles exchange them."""

TIMES = _set("times")
"""Words that say when: "before surgery", "after surgery"."""

ANSWERS = _set("answers")
"""The same, where a word of `ANSWERED` follows: "Reply to …"."""

ANSWERED = _set("answered")
"""See `ANSWERS`."""

NOTES = _set("notes")
"""Words of a closing note in round brackets that is not part of the title: "(extended abstract)"."""

COUNTED = _set("counted")
"""Words after which a letter is a number: "Part A", "Phase I"."""

DROPPED_FROM_NAMES = PARTICLES | _set("around_a_name")
"""Parts of names that some lists drop."""

NICKNAMES = tuple(frozenset(line.split()) for line in _lines("nicknames"))
"""English given names and what their bearers are called."""

PLACEHOLDERS = _set("placeholders")
"""Words that make a name a placeholder or a group, which is no evidence of the people."""

VENUE_NOISE = _set("venue_noise")
"""Words that venues share and drop at will."""

VENUE_KINDS = (VENUE_NOISE - {"aaai", "edition"}) | _set("venue_kinds")
"""Words that name no venue, only a kind or who organised it: "Proc.", "IEEE Conference"."""

ORDINALS = _set("ordinals")
"""Numbers of meetings in words."""

SPONSORS = _set("sponsors")
"""Acronyms that stand in the names of conferences which are not their own."""

EDITIONS = _set("editions")
"""Words that name an edition of a journal, not another journal: "BMJ Clinical Research Ed."."""

CITIES = frozenset(_lines("cities"))
"""Cities where conferences met: one of these alone is no venue."""

PERIODICAL = _set("periodical")
"""Words that name the kind of a venue only."""

AROUND_A_VENUE = _set("around_a_venue")
"""Words that stand next to a venue in references and are not of its name: "to appear in", "vol"."""

REGIONS = _set("regions")
"""Words that make another conference of one: the European one on a field is not the international one."""

NOT_ENGLISH = _set("not_english")
"""Words that the English name of a journal has not; two English names do not translate each other."""

SMALL_WORDS = _set("small_words")
"""Words of `STOP` that stand in titles of one language only, or of two that are never translated."""

CONFERENCES = _set("conferences")
"""Acronyms that are conferences but do not say it."""

GREEK = _table("greek")
"""Greek letters as other databases write them out."""

ROMAN = _table("roman")
"""Roman numerals that are no words of their own."""

ROMAN_COUNTED = _table("roman_counted")
"""Letters that are numbers after a word of `COUNTED`."""

NUMBER_WORDS = _table("number_words")
"""Numbers in words: a five-year follow-up is not the six-year one."""

VENUE_NAMES = _table("venue_names")
"""Venues whose acronym is not made of the first letters of their name, and those whose names are alike."""

VENUE_ALIASES = _table("venue_aliases")
"""Further names of known venues, folded, and the name by which each is known."""
