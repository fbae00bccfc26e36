"""What stands in front of a title: numbers, boxes, emoji, dates, venues, nicknames, labels of links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paperctl.readers._markdown.places import REMARKS, YEAR, is_acronym, place_in

SECTION_WORD = re.compile(
    r"\W*(?:abstract|authors?|code|papers?|note|notes|summary|tl;?dr|venue|year|date|topics?|links?|keywords?"
    r"|project|github|arxiv|pdf|new|update[sd]?"
    r"|(?:oral|spotlight|poster|highlight|survey|best paper)\b.{0,20})\W*",
    re.IGNORECASE,
)
_PLACE = (
    r"(?!In \d)"
    rf"((?:\d?[A-Za-z][\w&@+/-]*)(?: [A-Z][\w&-]*){{0,2}}[ '’-]*(?:{YEAR[1:-1]}|\d\d)(?:[./-]\d\d?)?)"
    rf"(?:[ ,]+\(?(?:{REMARKS})[^,:|\x00-\x02\[\]]{{0,40}}\)?)?"
)
"""A venue and its year, and perhaps the kind of talk: "CoRL 2023 workshop", "NIPS 2020 (spotlight)"."""

_DASHED = re.compile(
    rf"({YEAR[1:-1]}|\d\d)[-_ ]([A-Za-z]*[A-Z][A-Za-z]*[A-Z]\w*|[A-Z]{{2,}}\w*)[-_:]\s*(?=\S)"
)
"""A year and a venue joined to a title: "20-OSDI-PANIC: A Programmable NIC"."""
_BRACKETED = re.compile(r"\s*[\[(](?P<place>[^\[\]()]{3,40})[\])]:?\s+(?=\S)")


def place_in_front(title: str) -> re.Match[str] | None:
    """The venue and year that the words of a marked title begin with."""
    if dashed := _DASHED.match(title):
        return dashed
    found = _BRACKETED.match(title)
    return found if found and place_in(found["place"]) is not None else None


_NICKNAME = r"(?![A-Z]+s?\*)(?=[^*]*[A-Z][^*A-Z]*[A-Z\d])[A-Za-z\d][\w@+.-]{2,24}|[A-Z]{4,12}"
"""One word that is a name by its signs, "GearNet", "T5-small", "CLIP"; of capitals alone, "LLM" is a word."""

_FRONT = (
    ("", re.compile(r"\[[ xX]\]\s+|~~|:[a-z][a-z0-9_+-]*:|[>•·|,;:.–—/-]+\s+|\\?[*_](?=\s)")),
    ("", re.compile("[\u2190-\u2bff\u3000-\u303f\ufe0f\u200d\U0001f000-\U0001ffff\u20e3]+")),
    ("", re.compile(r"(?:[\[(]\s*)*\x00(?:[\s/|,]*\x00)*(?:\s*[\])])*\s*[:.,–-]?")),
    ("date", re.compile(rf"[\[(]\W*{YEAR}(?:[-./]\d{{1,2}}){{0,2}}\W*[\])](?!\()")),
    ("date", re.compile(rf"\*{{0,2}}{YEAR}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?\*{{0,2}}(?=\W)(?!\.\d)")),
    ("", re.compile(r"\d{1,2}[./]\d{1,2}[./](?:20)?\d\d\s*[-–—:]?\s+(?=\S)")),
    ("date", re.compile(rf"\*{{0,2}}{YEAR}\*{{0,2}}(?=\s*[-–—:|.,]\s|\s+(?:\[|\*\*|\x01))")),
    (
        "",
        re.compile(
            r"\(?\d{1,4}[.)]\s+(?=\S)|\d{1,3}\.(?=[A-Z][a-z]+,)|\*{0,2}\[\d{1,4}\]\*{0,2}(?!\()\s*|\d{1,4}\\[.)]\s+|#\d{1,4}\s+"
            r"|[A-Z]\d{1,3}[.)]\s+(?=\S)|\(?[a-z]\)\s+(?=\S)|\*\*\d{1,4}[.)]?\*\*[.)]?\s+"
        ),
    ),
    ("date", re.compile(rf"{YEAR}\s+(?=[A-Z][\w&+/-]*(?: [A-Z]\w*)?[ '’-]*(?:(?:19|20)\d\d|\d\d)\s*[|,:])")),
    ("dashed", _DASHED),
    ("place", re.compile(r"\*{0,2}\(([^()]{2,60})\)\*{0,2}[:.]?(?=\W)")),
    ("place", re.compile(r"\*{0,2}\[\**([^\[\]\x00-\x02]{1,60}?)\**\](?![(\[])\*{0,2}[:.]?")),
    ("place", re.compile(r"\*\*([^*]{2,40})\*\*[:.,]?(?=\s)")),
    ("place", re.compile(_PLACE + r" ?[,|](?=\s)")),
    ("place", re.compile(_PLACE + r" ?(?:--+|—)(?=\s)")),
    ("known", re.compile(_PLACE + r" ?(?:[-–—:.](?=\s)|(?=\x01|\*\*))")),
    ("label", re.compile(r"`([^`]{1,40})`(?!\s+[a-z])")),
    ("label", re.compile(rf"\*\*({_NICKNAME})\*\*(?=\s+[A-Z][^\s\x00-\x02]*\s+[^\s\x00-\x02]+\s+\w)")),
    (
        "",
        re.compile(
            r"\*{0,2}(?:papers?|titles?|articles?|论文|标题)(?: #?\d{1,3})?\*{0,2}\s*[:：]\s*\*{0,2}",
            re.IGNORECASE,
        ),
    ),
)
"""Marks in front of a title by what they mean. The patterns are tried in turn until none fits."""


@dataclass(slots=True)
class Front:
    """What stood in front of a title."""

    year: int | None = None
    venue: str = ""
    label: str = ""
    tags: list[str] = field(default_factory=list)


def without_front(text: str) -> tuple[str, Front]:
    """A text without numbers, boxes, emoji, dates, venues and nicknames in front of its title."""
    front = Front()
    for _ in range(20):
        text = text.lstrip()
        for kind, pattern in _FRONT:
            found = pattern.match(text)
            if found and _fits(kind, found, text, front):
                text = text[found.end() :]
                break
        else:
            break
    if len(front.tags) > 1 and front.label == front.tags[0]:
        front.label = ""
    return text, front


def _fits(kind: str, found: re.Match[str], text: str, front: Front) -> bool:
    """Whether a mark is one, its meaning kept."""
    rest = text[found.end() :]
    if not re.search(r"\w", re.sub("\x00", "", rest)):
        return False
    if kind == "dashed":
        front.year, front.venue = int(found[1]) + 2000 * (len(found[1]) == 2), found[2]
    elif kind == "date":
        front.year = front.year or int(found[1])
    elif kind in {"place", "known"}:
        return _is_place(kind, found, front)
    elif kind == "label" and (place := place_in(found[1])) and place[1]:
        front.venue, front.year = front.venue or place[0], front.year or place[1]
    elif kind == "label":
        front.tags.append(found[1])
        front.label = found[1] if len(front.tags) == 1 and not front.label else front.label
    return True


def _is_place(kind: str, found: re.Match[str], front: Front) -> bool:
    """Whether what stands in brackets, in bold or before a mark is a venue, a remark or a nickname."""
    place = place_in(found[1])
    if kind == "known" and not (place and is_acronym(place[0])):
        return False  # "DAVIS 2017: A Challenge" begins a title
    if place is not None:
        front.venue, front.year = front.venue or place[0], front.year or place[1]
    elif found[0].startswith(("**", "(")) and "[" not in found[0][:3]:
        return bool(SECTION_WORD.fullmatch(found[1]) and found[1][:1].isalpha())
    elif not found[0].lstrip("*").startswith("["):
        return False
    elif not SECTION_WORD.fullmatch(found[1]):
        front.label = front.label or found[1].strip(" *")
    return True
