"""Where a work appeared: volume and pages, and whether two places are one; which records are of a register
or a whole book."""

from __future__ import annotations

import re
from functools import lru_cache

from paperctl.deduplicate import thresholds
from paperctl.deduplicate.venue_kinds import is_publisher, is_register
from paperctl.deduplicate.venues import Relation
from paperctl.record import Paper
from paperctl.text.fold import fold


def of_register(record: Paper) -> bool:
    """Whether a record is an entry of a register of trials or reviews, by its venue or else its link."""
    return is_register(str(record.get("venue") or record.get("url") or "")[: thresholds.VENUE_READ])


def is_published(record: Paper) -> bool:
    """Whether a record names a place: a venue, a volume or pages."""
    extra = record.get("extra") or {}
    return bool(record.get("venue") or extra.get("volume") or extra.get("pages"))


def of_book(record: Paper) -> bool:
    """Whether a record is of a whole book: its venue is a publisher and it has no pages."""
    pages_known = bool((record.get("extra") or {}).get("pages"))
    return not pages_known and is_publisher(str(record.get("venue") or "")[: thresholds.VENUE_READ])


_REPORT = re.compile(r"\b(?:tech(?:nical)?|research|working|discussion) (?:rep(?:ort)?|paper|note)s?\b")
# The types of BibTeX, CSL and RIS.
_REPORT_TYPES = frozenset({"techreport", "report", "rprt"})


def report_number(record: Paper) -> tuple[str, ...]:
    """The numbers in a report's number, by which a series counts its reports: ("95", "12") of "TR-95-12".
    Empty for what is no report, by its type or its venue."""
    extra = record.get("extra") or {}
    venue = fold(str(record.get("venue") or "")[: thresholds.VENUE_READ])
    named = _REPORT.search(venue)
    if named is None and fold(str(extra.get("type") or "")[:20]) not in _REPORT_TYPES:
        return ()
    given = str(extra.get("number") or "")[: thresholds.VENUE_READ]
    behind = venue[named.end() :] if named else ""
    return tuple(digits.lstrip("0") for digits in _DIGITS.findall(given or behind))


_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(
    r"([a-z]{0,3}?)\s*(\d+)\s*([a-z]?)\s*(?:(?:-|–|—|−|:)+\s*[a-z]{0,3}?(\d+))?", re.IGNORECASE
)
_DASH = re.compile(r"^([a-z]{1,2})-(?=\d)", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)


@lru_cache(maxsize=200_000)
def pages(text: str) -> tuple[tuple[str, int], ...]:
    """(start, length in pages) for each range in a pages field; () for what a spreadsheet made a date.

    "831-5" is short for 831-835; "2297-2108" is a misprint, of which nothing is known. The length is 1 where
    only the start is given.
    """
    text = text[: thresholds.VENUE_READ]
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
            length = int(end[:12]) - int(start[:12]) + 1
            if length < 1:  # a misprint of either page
                continue
        if not start.strip("0"):  # no page, as tables write it
            continue
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


def whole_range(a: str, b: str, least: int) -> bool:
    """Whether two pages fields give the same range of `least` pages and more: hardly ever two works, unless
    it begins on page 1, as every article of some journals does, or is a whole supplement."""
    common = {*pages(a)} & {*pages(b)}
    return any(least <= length <= thresholds.SUPPLEMENT_PAGES and start != "1" for start, length in common)


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
    """Compare two volume fields; a year and a number counted from the first volume cannot be compared."""
    left, right = volume(a), volume(b)
    if not left or not right or bool(_YEAR.match(left)) != bool(_YEAR.match(right)):
        return "unknown"
    return "same" if left == right else "other"
