"""What stands around a title: people, the meeting or journal, the year, a description."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from paperctl.readers._markdown.inline import is_label, unescaped
from paperctl.readers._markdown.names import ET_AL, families_in, is_person, names_in
from paperctl.readers._markdown.places import (
    KNOWN,
    LIKE_VENUE,
    VANCOUVER,
    VENUE,
    WORKSHOP,
    YEAR,
    citation_in,
    place_in,
    year_of,
)
from paperctl.readers._text import prose
from paperctl.text.patterns import CAPITAL

ITALIC = re.compile(
    r"(?<![*\w\\])\*(?![*\s])([^*]+?)(?<!\s)\*(?![*\w])|(?<![_\w\\])_(?![_\s])([^_]+?)(?<!\s)_(?![_\w])"
)
_LONE_YEAR = re.compile(rf"(?<![\d.:/–-]){YEAR}(?:[./-]\d{{1,2}}(?!\d))?(?![\d.]\d|[-–]\d{{3}})")
_SEPARATOR = re.compile(r"\x00|\s[|·•]\s|^[|·•]|[|·•]$|\[\[?|\]\]?|~~|\t")
_PIECE = re.compile(r"(?<=[^\sA-Z][.?!])\s+|\s[-–—]+\s|;\s*|(?<=\))\s*|\s*(?=\()")


@dataclass(slots=True)
class Around:
    """What was found around a title."""

    authors: list[str] = field(default_factory=list)
    venue: str = ""
    year: int | None = None
    description: str = ""
    some_year: int | None = None
    """A year that stands by itself, where nothing says what it is of."""


def is_around(text: str) -> bool:
    """Whether a piece is people or a venue and no title."""
    return bool(names_in(text) or place_in(text) is not None or WORKSHOP.fullmatch(text))


def parts_around(text: str, ours: bool = False, first: bool = False) -> Around:
    """What the text around a title says, its links to labels as "\\0"; `first` if it stands before it."""
    found = Around()
    described: list[str] = []
    text = re.sub("[\x01\x02]|^\\s*>(?=\\s*by\\b)", "", text)
    people = _YEAR_BEHIND.sub("", text)
    if first and (names := names_in(people, lone=True, first=True) or families_in(text.strip(" *_"))):
        dated = _LONE_YEAR.search(text)
        return Around(authors=names, year=int(dated[1]) if dated else None)
    if cited := citation_in(text):
        found.venue, found.year, text = *cited[:2], text[cited[2] :]
    elif paged := _PAGED.match(text):
        found.venue, text = paged["a"] or paged["b"] or paged["c"], text[paged.end() :]
    text = _without_people(found, text)
    for chunk, apart in _chunks(text):
        _take(found, chunk, apart or ("alone" if ours else ""), described)
    if found.year is None and (year := _LONE_YEAR.search(re.sub(r"\x00", " ", text)[:300])):
        found.some_year = int(year[1])
    found.description = " ".join(described)
    return found


_YEAR_BEHIND = re.compile(rf",?\s*\(?{YEAR}[a-z]?\)?[\s.,:–—-]*$")


def _without_people(found: Around, text: str) -> str:
    """Takes people who stand first in a text and what they stand before; the rest of it."""
    if listed := _INVERTED.match(text):
        found.authors = [listed[1].strip(" ,.&")]
        return text[listed.end() :]
    if alone := _LONE_AUTHOR.match(text):
        found.authors = names_in(alone[1], lone=True)
        return text[alone.end() :] if found.authors else text
    return text


_PAGED = re.compile(
    r"[\s.,]*(?:In:? (?P<a>[A-Z][^\x00()]{3,140}?),? \((?:Vol\. ?\d+,? ?)?pp?\. ?[\d–-]+\)"
    r"|(?P<c>[A-Z][\w&. -]{2,80}?) \d{1,4}(?:\(\d+\))?(?:, ?|: ?)e?\d+(?:[-–]\w+)?(?=\.(?:\s|$))"
    r"|(?P<b>[A-Z][^\x00().,]{2,100}), \d+ ?(?:\(\d+\)|(?=, e?\d)|[-–]\d+)(?:, (?:pp?\. ?)?[\w–-]+)?)[.\s]*"
    r"(?=\x00|\[|$|[-–—]\s)"
)
"""A venue without its year, which APA puts behind the people: "In Venue (pp. 1-9)", "Venue, 12(3), 1-9"."""
_WORD = rf"[{CAPITAL}][\w'’-]+"
_INITIALS = rf"(?:[{CAPITAL}]\.[ -]?){{1,3}}"
_INVERTED = re.compile(
    rf"[\s.,*_·]*((?:(?:& |and |… ?|\.\.\. ?)?{_WORD}(?: {_WORD})?, {_INITIALS},? ?){{2,40}}"
    rf"|{_WORD}, {_INITIALS}(?=[{CAPITAL}][^,.]{{2,60}}(?:19|20)\d\d))"
)
"""People as APA has them, before what else there is: "Leis, V., & Boncz, P. Proceedings of …"; one before a
venue and a year."""
_PLAIN = rf"[{CAPITAL}][^\W\d_{CAPITAL}]+"
_LONE_AUTHOR = re.compile(
    rf"[\s.,]*({_PLAIN}(?: [{CAPITAL}]\.?)?(?: {_PLAIN}){{1,2}})(?: \([^()]*\))?\.\s+(?=\S)"
)
"""One person before further text: "David Jacobs. University of Maryland"."""
_Apart = Literal["", "alone", "italic", "late"]


def _chunks(text: str) -> list[tuple[str, _Apart]]:
    """Parts of a text between separators, and whether they stand alone there or in italics, or in italics
    behind the links, where lists put nicknames and remarks."""
    parts: list[tuple[str, _Apart]] = []
    start = 0
    for separator in [*_SEPARATOR.finditer(text), None]:
        chunk = text[start : separator.start() if separator else len(text)]
        late = "\x00" in text[:start]
        at = 0
        for italic in ITALIC.finditer(chunk):
            parts.append((chunk[at : italic.start()], ""))
            inside = chunk[: italic.start()].endswith("(")  # an organisation: "(*Microsoft*)"
            parts.append((italic[1] or italic[2], "" if inside else "late" if late else "italic"))
            at = italic.end()
        parts.append((chunk[at:], "" if at else "alone"))
        start = separator.end() if separator else 0
    return [(part, apart) for part, apart in parts if re.search(r"\w", part)]


_PLACE_FIRST = re.compile(r"[\s.,(]*([^.()]{4,80}\d\d)(?:\)?[.,]\s+(?=[A-Z])|\)\s+[-–—]+\s+)")
"""What may be a venue and its year, before words on the paper."""


def _without_place(found: Around, chunk: str) -> str:
    """Takes a venue and its year that a chunk begins with; the rest of it."""
    if journal := VANCOUVER.match(chunk):
        _put(found, [], (journal["venue"], int(journal["year"])))
        return chunk[journal.end() :]
    led = _PLACE_FIRST.match(chunk)
    place = place_in(led[1]) if led else None
    if not led or not place or not place[1]:
        return chunk
    _put(found, [], place)
    return chunk[led.end() :]


def _take(found: Around, chunk: str, apart: _Apart, described: list[str]) -> None:
    """Puts a chunk where it belongs, whole or in pieces."""
    if _known(found, chunk, apart):
        return
    chunk = _without_place(found, chunk)
    words = len(chunk.split())
    if words >= 8 and prose(chunk) > 0 and not re.match(r"[^.]{0,120}\bet al\b", chunk):
        described.append(_plain_words(chunk))
        return
    pieces = [piece for piece in _PIECE.split(chunk) if piece and re.search(r"\w", piece)]
    if len(pieces) == 1 and not _known(found, pieces[0], apart):
        _rest(found, pieces[0], apart, described)
    if len(pieces) == 1:
        return
    for piece in pieces:
        if not _known(found, piece, ""):
            _rest(found, piece, "", described)


_SHORT_CITATION = re.compile(
    rf"[\s.,(]*({_WORD}(?: (?:&|and) {_WORD}| et al\.?))(?:,? {YEAR}[a-z]?)?[\s.,)]*"
)
"""People as texts cite them: "(Roe & Lee, 2013)", "(Roe et al.)"."""


def _known(found: Around, piece: str, apart: _Apart) -> bool:
    """Whether a piece is a place, people, or people and a place; taken if none was before."""
    if short := _SHORT_CITATION.fullmatch(piece):
        families = families_in(f"{short[1]} (1900)")
        _put(found, families, ("", int(short[2])) if short[2] else None)
        return bool(families)
    if listed := _INVERTED.fullmatch(piece.strip(" *_")):
        _put(found, [listed[1].strip(" ,&")], None)
        return True
    place = place_in(piece)
    if place is not None:
        _put(found, [], place)
        return True
    return _known_people(found, piece, apart)


def _known_people(found: Around, piece: str, apart: _Apart) -> bool:
    """Whether a piece is people with a place before or behind them, or a remark; taken if none was before."""
    ahead, _, others = piece.partition(", ")
    if (place := place_in(ahead)) and place[1] and (names := names_in(others, lone=True)):
        _put(found, names, place)
        return True
    listed, place = _place_behind(piece)
    names = names_in(listed, lone=apart in {"alone", "italic"} or place is not None)
    if names:
        bracketed = (place_in(inside) for inside in re.findall(r"\(([^()]{3,60})\)", piece))
        _put(found, names, place or _behind_others(piece) or next(filter(None, bracketed), None))
        return True
    return bool(WORKSHOP.fullmatch(piece))


def _put(found: Around, names: list[str], place: tuple[str, int | None] | None) -> None:
    """Takes people and a place where there were none before; a meeting outranks arXiv."""
    found.authors = found.authors or names
    if place and place[0] and found.venue.lower() == "arxiv":
        found.venue, found.year = place[0], place[1] or found.year
    elif place:
        found.venue, found.year = found.venue or place[0], found.year or place[1]


_DIGIT_AND_REMARK = re.compile(r"\d\W*(?:\w[\w ]*\W*)?$")
"""A year's last digit, and a remark of a few words behind it: "ICCV 2021 (Best Paper)"."""
_ENDS_IN_VENUE = re.compile(rf"[.,;]\s+(?:{KNOWN})\W*$")
_LONGEST_END = 40
"""Characters in which the year and its remark are sought, so that long runs of digits cost nothing."""


def _place_behind(piece: str) -> tuple[str, tuple[str, int | None] | None]:
    """A piece without the place after one of its last commas or stops ("A. Lee, B. Roe, ACM Surveys 2023"),
    and the place; one with a name and a year before one with a year alone."""
    found: tuple[str, tuple[str, int | None] | None] = (piece, None)
    if not (_DIGIT_AND_REMARK.search(piece[-_LONGEST_END:]) or _ENDS_IN_VENUE.search(piece[-_LONGEST_END:])):
        return found
    for mark in [*re.finditer(r"[,;.]\s+", piece.rstrip(" .;,"))][:-4:-1]:
        listed = piece[: mark.start()]
        if mark[0][0] == "." and re.search(r"\b[A-Z]$", listed):
            continue  # of an initial: "Daniel J. Roe, 2011"
        place = place_in(piece[mark.end() :])
        if place is None or not names_in(listed, lone=True):
            continue
        if not found[1] or (place[0] and not _may_be_person(place[0])):
            found = listed, place
    return found


def _may_be_person(venue: str) -> bool:
    """Whether what stands before a year may be the last author: "…, Ann Poe, 2015"."""
    return is_person(venue) and not LIKE_VENUE.search(venue) and not re.search("[A-Z]{2}", venue)


def _behind_others(piece: str) -> tuple[str, int | None] | None:
    """The place behind "et al."."""
    bare = piece.strip(" *_")
    others = ET_AL.match(bare + " ")
    rest = bare[others.end() :].strip(" .,") if others else ""
    if not rest:
        return None
    return place_in(rest) or ((rest, None) if LIKE_VENUE.search(rest) and len(rest.split()) < 6 else None)


def _rest(found: Around, piece: str, apart: _Apart, described: list[str]) -> None:
    """A venue that begins or ends a piece, a venue in italics, else words."""
    if (dated := VENUE.search(piece)) and len(piece.split()) < 40:
        names = names_in(piece[: dated.start()])
        if names or dated.start() < 3 or dated.end() > len(piece.rstrip(" .)]*,")) - 3:
            _put(found, names, (dated[1].strip(), year_of(dated)))
            return
    bare = piece.strip(" .,*_()[]")
    if not found.venue and (venue := _marked_venue(piece, bare, apart)):
        found.venue = venue
    elif len(bare.split()) > 2:
        described.append(_plain_words(piece))


def _marked_venue(piece: str, bare: str, apart: _Apart) -> str:
    """The venue that a piece in italics or in brackets names: "*in Journal of Gears*", "(Gear Letters)"."""
    if apart == "italic" and (within := _IN_VENUE.fullmatch(bare)):
        return within[1]
    short = len(bare.split()) <= 8 and bare[:1].isupper() and prose(bare) < -2
    marked = apart == "italic" or re.fullmatch(r"\(.*\)[\s.,]*", piece)
    return bare if marked and short and LIKE_VENUE.search(bare) and not is_label(bare) else ""


_IN_VENUE = re.compile(r"[Ii]n:? ([A-Z].{2,120})")


def _plain_words(text: str) -> str:
    return unescaped(" ".join(re.sub(r"\*\*|__|`", "", text).split())).strip(" -–—:;,|·").removeprefix(". ")
