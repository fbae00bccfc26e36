"""Where a work appeared: venue, year, volume and pages, and whether two places are one.

Journals are written whole, in ISO 4 abbreviations, run together, in translation; conferences by
acronym, by name or by their proceedings. Of two spellings this says `same`, `unclear`, or `other`
where they name two kinds of venue, two known conferences, or two journals in one language.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from paperctl.deduplicate import vocabulary
from paperctl.text.fold import fold

Relation = Literal["same", "other", "unclear", "unknown"]

_PREPRINT = re.compile(
    r"\b(?:arxiv|corr|\w*rxiv|ssrn|preprints?|openreview|research square|authorea|hal|osf|nber"
    r"|(?:working|discussion) papers?)\b"
)
_WORKSHOP = re.compile(r"\b(?:workshops?|wkshps?|findings|companion|adjunct|demos?|posters?|tutorials?)\b")
_THESIS = re.compile(
    r"\b(?:dissertations?|thesis|theses|proquest)\b"
    r"|^universit\w+ of (?!.*\b(?:press|quarterly|quart|journal|j|review|rev|bulletin|studies)$)\w+(?: \w+)?$"
)
# How a conference's site calls what it took: no other event.
_TAKEN = re.compile(r"(?<=\d{4}) (?:poster|oral|spotlight|notable top \d+)$")
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans|j|record|letters|magazine|review|reviews|annals|bulletin|archives)\b"
)
_CONFERENCE = re.compile(r"\b(?:conference|conf|proceedings|proc|symposium|meeting|workshop)\b")
# Venues and pages of a dump that is not sane are cut.
LONGEST = 300
_ROUND = re.compile(r"\(([^()]*)\)")
_AFTER = re.compile(r"\s*(?:[.:/]|\s[-–—])\s.*$")


@lru_cache(maxsize=100_000)
def is_preprint(venue: str) -> bool:
    """Whether a venue is a preprint server rather than a publication."""
    return bool(_PREPRINT.search(fold(venue)))


# The prefixes of arXiv, bioRxiv and medRxiv, SSRN, Research Square, TechRxiv, Preprints.org, ChemRxiv, OSF,
# PsyArXiv and Authorea.
_PREPRINT_DOI = re.compile(r"10\.(?:48550|1101(?=/\d)|2139|21203|36227|20944|26434|31219|31234|22541)/")


def of_preprint(record: Mapping[str, Any]) -> bool | None:
    """Whether a record is of a preprint, by its venue, DOI or arXiv id in this order; None if none tells."""
    if venue := record.get("venue"):
        return is_preprint(str(venue)[:LONGEST])
    if doi := record.get("doi"):
        return bool(_PREPRINT_DOI.match(str(doi)))
    return True if record.get("arxiv_id") else None


@lru_cache(maxsize=200_000)
def compare_venues(a: str, b: str) -> Relation:
    """Whether two venue strings name one venue; of a name in two languages ("… = …") either may agree."""
    a, b = a[:LONGEST], b[:LONGEST]
    if " = " in a or " = " in b:
        pairs = itertools.product(a.split(" = ", 2)[:2], b.split(" = ", 2)[:2])
        return min((compare_venues(*pair) for pair in pairs), key=_SUREST.index)
    left, right = (_TAKEN.sub("", fold(venue)) for venue in (a, b))
    if not left or not right:
        return "unknown"
    if left == right or left.replace(" ", "") == right.replace(" ", ""):
        return "same"
    if is_preprint(a) != is_preprint(b) or bool(_WORKSHOP.search(left)) != bool(_WORKSHOP.search(right)):
        return "other"
    if bool(_THESIS.search(left)) != bool(_THESIS.search(right)):
        return "other"
    kind_a, kind_b = _kind(left), _kind(right)
    if {kind_a, kind_b} == {"journal", "conference"}:
        return "other"
    found = _compare_names(
        a, b, conference="conference" in (kind_a, kind_b), journals=kind_a == kind_b == "journal"
    )
    return "unclear" if found == "same" and kind_a != kind_b and "journal" in (kind_a, kind_b) else found


_SUREST: tuple[Relation, ...] = ("same", "unclear", "other", "unknown")


def _compare_names(a: str, b: str, *, conference: bool, journals: bool) -> Relation:
    words_a, words_b = _name(a), _name(b)
    if not words_a or not words_b:
        return "unclear"
    if words_a == words_b:
        return "same"
    if len(words_a) == len(words_b) == 1 and _begins(words_a[0], words_b[0]):
        return "same"
    if _acronym_like(words_a) and _acronym_like(words_b):
        return "same" if _spelled(words_a) == _spelled(words_b) else "other"
    known = _acronym_like(words_a) or _acronym_like(words_b)
    words_a, words_b = _spelled(words_a), _spelled(words_b)
    set_a, set_b = frozenset(words_a), frozenset(words_b)
    if set_a != set_b and {set_a, set_b} <= _KNOWN:
        return "other"
    if conference and set_a != set_b and set_a and set_b and set_a ^ set_b <= vocabulary.REGIONS:
        return "other"
    if _abbreviates(words_a, words_b) or _abbreviates(words_b, words_a):
        return "same"
    if _is_acronym_of(words_a, b) or _is_acronym_of(words_b, a):
        return "same"
    shared = set_a & set_b
    if shared and len(shared) >= _MOST * max(len(words_a), len(words_b)):
        return "same"
    if journals and _english(a) and _english(b) and _nothing_alike(words_a, words_b):
        return "other"
    return "other" if known and not shared and min(len(words_a), len(words_b)) > 1 else "unclear"


_MOST = 0.75
_KNOWN = {frozenset(name.split()) for name in vocabulary.VENUE_NAMES.values()}
# Conferences named in so many words that no journal is called so ("Machine Learning" is one).
_NAME_WORDS = 4
_LONG_NAMES = {
    vocabulary.VENUE_NAMES[c]
    for c in vocabulary.CONFERENCES
    if len(vocabulary.VENUE_NAMES.get(c, "").split()) >= _NAME_WORDS
}


def _kind(venue: str) -> str:
    if _JOURNAL.search(venue):
        return "journal"
    if _CONFERENCE.search(venue) or venue in vocabulary.CONFERENCES or venue in _LONG_NAMES:
        return "conference"
    return ""


@lru_cache(maxsize=100_000)
def _name(venue: str) -> tuple[str, ...]:
    """The words of a venue that name it."""
    text = _AFTER.sub("", _ROUND.sub(" ", venue)) or venue
    words = tuple(
        w for w in fold(text).split() if w not in vocabulary.VENUE_NOISE and not w.isdigit() and len(w) > 1
    )
    return (
        tuple(w for w in words if w not in vocabulary.PERIODICAL)
        or words
        or tuple(w for w in fold(venue).split() if not w.isdigit())
    )


def _spelled(words: tuple[str, ...]) -> tuple[str, ...]:
    return (
        tuple(vocabulary.VENUE_NAMES[words[0]].split())
        if len(words) == 1 and words[0] in vocabulary.VENUE_NAMES
        else words
    )


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word of `short` begins a word of `long`, in order: "Ann Fr Anesth"."""
    if len(short) > len(long) or len("".join(short)) < _ENOUGH or set(short) < set(long):
        return False
    at = iter(long)
    if not all(
        any(word.startswith(w[:_STEM]) if len(w) > _STEM else word.startswith(w) for word in at)
        for w in short
    ):
        return False
    return 2 * len(short) >= len(long)


_ENOUGH, _STEM = 4, 5


def _is_acronym_of(short: tuple[str, ...], venue: str) -> bool:
    if len(short) != 1:
        return False
    words = [w for w in fold(_AFTER.sub("", _ROUND.sub(" ", venue))).split() if w not in vocabulary.STOP]
    return len(words) > 1 and short[0] == "".join(w[0] for w in words)


def _english(venue: str) -> bool:
    return vocabulary.NOT_ENGLISH.isdisjoint(fold(venue).split())


def _nothing_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of several words have none that begin alike, as an abbreviation would."""
    return len(a) > 1 < len(b) and {w[:_BEGINNING] for w in a}.isdisjoint(w[:_BEGINNING] for w in b)


_BEGINNING = 3


def _begins(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= _ENOUGH and (a.startswith(b) or b.startswith(a))


def _acronym_like(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and len(words[0]) <= _ACRONYM


_ACRONYM = 12


_PAGE = re.compile(
    r"([a-z]{0,3}?)\s*(\d+)\s*([a-z]?)\s*(?:(?:-|–|—|−|:)+\s*[a-z]{0,3}?(\d+))?", re.IGNORECASE
)
_DASH = re.compile(r"^([a-z]{1,2})-(?=\d)", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)


@lru_cache(maxsize=200_000)
def pages(text: str) -> tuple[tuple[str, int], ...]:
    """(start, length in pages) for each range in a pages field; () for what a spreadsheet made a date.

    "831-5" is short for 831-835. The length is 1 where only the start is given.
    """
    text = text[:LONGEST]
    if not text or _MONTH.search(text):
        return ()
    found = []
    for part in re.split(r"[,+;]", text):
        match = _PAGE.match(_DASH.sub(r"\1", part.strip(' "')))
        if match is None:
            continue
        letter, start, after, end = match.groups()
        length = 1
        if end is not None:
            if len(end) < len(start):
                end = start[: len(start) - len(end)] + end
            length = max(1, int(end[:12]) - int(start[:12]) + 1)
        found.append((f"{letter}{start.lstrip('0')}{after}".lower(), length))
    return tuple(sorted(found))


def compare_pages(a: str, b: str) -> Relation:
    """`same` if a range begins on the same page, `other` if both are known and none does.

    Unknown where one has the page of an article in press, 1, or the numbers agree and a letter does not.
    """
    left, right = {s for s, _ in pages(a)}, {s for s, _ in pages(b)}
    if not left or not right:
        return "unknown"
    if left & right:
        return "same"
    bare = ({s.strip(_PAGE_LETTERS) for s in starts} for starts in (left, right))
    return "unknown" if set.intersection(*bare) or "1" in left | right else "other"


_PAGE_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def whole_range(a: str, b: str, least: int = 2) -> bool:
    """Whether two pages fields give the same range of `least` pages and more: hardly ever two works, unless
    it begins on page 1, as every article of some journals does, or is a whole supplement."""
    common = {*pages(a)} & {*pages(b)}
    return any(least <= length <= _SUPPLEMENT and start != "1" for start, length in common)


_SUPPLEMENT = 60


def near_pages(a: str, b: str) -> bool:
    """Whether ranges that begin on other pages overlap, touch or end on one page, or one is an article's
    number ("e17"); a page of a supplement ("S33", "123A") is none of the volume's."""
    for start, length in pages(a):
        for other, other_length in pages(b):
            (letters, first), (others, then) = _numbered(start), _numbered(other)
            if letters != others and not _SUPPLEMENT_PAGE.match(start) and not _SUPPLEMENT_PAGE.match(other):
                return True
            if letters == others and first <= then + other_length and then <= first + length:
                return True
    return False


def _numbered(start: str) -> tuple[str, int]:
    """A first page's letters and number."""
    digits = "".join(filter(str.isdecimal, start))
    return start.replace(digits, "", 1), int(digits[:12] or 0)


_SUPPLEMENT_PAGE = re.compile(r"[sp]\d|\d+[a-z]$")
_VOLUME = re.compile(r"(?<![\d/])(?<!\d\.)\d+")
_PART_ALONE = re.compile(r"^\s*(?:suppl\w*|iss\w*|part|pt|no|nr)\b\W*\d[\d./]*", re.IGNORECASE)
# A volume named after its year.
_YEAR = re.compile(r"(?:19|20)\d\d$")


def volume(text: str) -> str:
    """The volume of a field, its first number: "44 (2 Supplement 1)" is 44, "Suppl 1" and "Part 2" none."""
    found = _VOLUME.search(_PART_ALONE.sub("", text))
    return found[0].lstrip("0") if found else ""


def compare_volumes(a: str, b: str) -> Relation:
    """Compare two volume fields; one that counts by years says nothing beside one that counts volumes."""
    left, right = volume(a), volume(b)
    if not left or not right or bool(_YEAR.match(left)) != bool(_YEAR.match(right)):
        return "unknown"
    return "same" if left == right else "other"
