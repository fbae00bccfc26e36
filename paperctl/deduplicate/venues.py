"""Venues: whether two names are one journal or conference.

Journals are written whole, in ISO 4 abbreviations, run together, in translation; conferences by
acronym, by name, by their proceedings, with number, city and year. Two spellings are `same`,
`unclear`, `unknown` where one names no venue ("Proc."), or `other` where they name two kinds of venue, two
known conferences, or two journals in one language.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from paperctl.deduplicate import sister_venues, thresholds, venue_kinds, venue_names, vocabulary
from paperctl.deduplicate.venue_kinds import Kind, kind_of
from paperctl.deduplicate.venue_names import Words
from paperctl.record.preprints import PREPRINT

Relation = Literal["same", "other", "unclear", "unknown"]

_SUREST: tuple[Relation, ...] = ("same", "unclear", "other", "unknown")


@lru_cache(maxsize=200_000)
def compare_venues(a: str, b: str) -> Relation:
    """Whether two venue strings name one venue; of a name in two languages ("… = …") either may agree."""
    a, b = a[: thresholds.VENUE_READ], b[: thresholds.VENUE_READ]
    if " = " in a or " = " in b:
        pairs = itertools.product(a.split(" = ", 2)[:2], b.split(" = ", 2)[:2])
        return min((compare_venues(*pair) for pair in pairs), key=_SUREST.index)
    a, b = venue_names.as_known(a), venue_names.as_known(b)
    left, right = venue_names.folded(a), venue_names.folded(b)
    if not left or not right or venue_names.names_none(left) or venue_names.names_none(right):
        return "unknown"
    if left == right or left.replace(" ", "") == right.replace(" ", ""):
        return "same"
    kinds = kind_of(left), kind_of(right)
    return (
        _by_kind(left, right, kinds)
        or _by_conference(a, b)
        or _by_series(left, right)
        or ("other" if sister_venues.two_series(a, b) else None)
        or _by_name(a, b, kinds)
    )


def _by_kind(left: str, right: str, kinds: tuple[Kind, Kind]) -> Relation | None:
    for pattern in (venue_kinds.REGISTER, PREPRINT, venue_kinds.WORKSHOP, venue_kinds.THESIS):
        if bool(pattern.search(left)) != bool(pattern.search(right)):
            return "other"
    return "other" if {*kinds} == {"journal", "conference"} else None


def _by_conference(a: str, b: str) -> Relation | None:
    one, other = venue_names.conference_of(a), venue_names.conference_of(b)
    if not one or not other:
        return None
    return "same" if one == other else "other"


def _by_series(left: str, right: str) -> Relation | None:
    return "unclear" if venue_kinds.SERIES.search(left) or venue_kinds.SERIES.search(right) else None


def _by_name(a: str, b: str, kinds: tuple[Kind, Kind]) -> Relation:
    names = _Names(a, b, kinds)
    found: Relation = next((relation for test in _TESTS if (relation := test(names))), "unclear")
    return "unclear" if found == "same" and len({*kinds}) > 1 and "journal" in kinds else found


@dataclass
class _Names:
    """Two venues of one kind or of none: as they stand, by the words that name them, and spelled out."""

    a: str
    b: str
    kinds: tuple[Kind, Kind]

    @cached_property
    def words(self) -> tuple[Words, Words]:
        return venue_names.name_of(self.a), venue_names.name_of(self.b)

    @cached_property
    def spelled(self) -> tuple[Words, Words]:
        a, b = self.words
        return venue_names.spelled_out(a), venue_names.spelled_out(b)

    @property
    def sets(self) -> tuple[frozenset[str], frozenset[str]]:
        a, b = self.spelled
        return frozenset(a), frozenset(b)

    @property
    def shared(self) -> frozenset[str]:
        a, b = self.sets
        return a & b

    @property
    def acronyms(self) -> int:
        """How many of the two are acronyms."""
        return sum(map(venue_names.is_acronym, self.words))

    def either(self, test: Callable[[Words, str], bool], names: tuple[Words, Words]) -> bool:
        """Whether the words of one and the other venue pass a test."""
        return test(names[0], self.b) or test(names[1], self.a)


def _one_name(n: _Names) -> Relation | None:
    a, b = n.words
    if not a or not b:
        return "unclear"
    return "same" if a == b or venue_names.one_begins_the_other(a, b) else None


def _namesake_of_a_conference(n: _Names) -> Relation | None:
    """ "Machine Learning" is a journal or, in the words of some lists, the conference."""
    a, b = n.words
    known = (venue_names.conference_of(n.a) and " ".join(b) in venue_kinds.NAMES) or (
        venue_names.conference_of(n.b) and " ".join(a) in venue_kinds.NAMES
    )
    if not known:
        return None
    return "unclear" if n.spelled[0] == n.spelled[1] else "other"


def _two_acronyms(n: _Names) -> Relation | None:
    if n.acronyms < 2:
        return None
    return "same" if n.spelled[0] == n.spelled[1] else "other"


def _sister_of_a_journal(n: _Names) -> Relation | None:
    """JAMA and JAMA Internal Medicine, BMJ and BMJ Open: of a conference other words are its track's."""
    conferences = any(word in vocabulary.CONFERENCES for words in n.words for word in words[:1])
    return None if conferences else _sisters(n)


def _acronym_in_the_name(n: _Names) -> Relation | None:
    return "same" if "journal" not in n.kinds and n.either(venue_names.names_acronym, n.words) else None


def _two_known_names(n: _Names) -> Relation | None:
    a, b = n.sets
    return "other" if a != b and {a, b} <= _KNOWN else None


_KNOWN = {frozenset(name.split()) for name in venue_kinds.NAMES}


def _two_regions(n: _Names) -> Relation | None:
    """The European conference on a field is not the international one."""
    a, b = n.sets
    regional = a and b and a != b and a ^ b <= vocabulary.REGIONS
    return "other" if "conference" in n.kinds and regional else None


def _shortened(n: _Names) -> Relation | None:
    a, b = n.spelled
    short = (
        venue_names.is_cut_off(n.a, a, b)
        or venue_names.is_cut_off(n.b, b, a)
        or venue_names.abbreviates(a, b)
        or venue_names.abbreviates(b, a)
        or n.either(venue_names.is_acronym_of, n.spelled)
    )
    return "same" if short else None


def _sisters(n: _Names) -> Relation | None:
    a, b = n.spelled
    sisters = venue_names.is_sister(n.a, b) or venue_names.is_sister(n.b, a)
    return "other" if "conference" not in n.kinds and sisters else None


def _other_words(n: _Names) -> Relation | None:
    """Translations share words, too, so both must be English; conferences are named at will."""
    if "conference" in n.kinds or not (venue_names.is_english(n.a) and venue_names.is_english(n.b)):
        return None
    return "other" if sister_venues.other_words(*n.spelled) else None


def _most_words(n: _Names) -> Relation | None:
    most = thresholds.VENUE_WORDS * max(map(len, n.spelled))
    return "same" if n.shared and len(n.shared) >= most else None


def _two_journals(n: _Names) -> Relation | None:
    english = (
        n.kinds == ("journal", "journal") and venue_names.is_english(n.a) and venue_names.is_english(n.b)
    )
    return "other" if english and venue_names.nothing_alike(*n.spelled) else None


def _acronym_of_another(n: _Names) -> Relation | None:
    several = min(map(len, n.spelled)) > 1
    return "other" if n.acronyms and not n.shared and several else None


_TESTS: tuple[Callable[[_Names], Relation | None], ...] = (
    _one_name,
    _namesake_of_a_conference,
    _two_acronyms,
    _sister_of_a_journal,
    _acronym_in_the_name,
    _two_known_names,
    _two_regions,
    _shortened,
    _sisters,
    _other_words,
    _most_words,
    _two_journals,
    _acronym_of_another,
)
"""The tests of two names, surest first: the first that gives a relation decides."""
