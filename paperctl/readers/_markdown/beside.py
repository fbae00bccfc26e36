"""What stands beside a title: people, the meeting or journal, the year, a description."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from paperctl.readers._markdown.inline import unescaped
from paperctl.readers._text import prose
from paperctl.text.particles import PARTICLES

ITALIC = re.compile(
    r"(?<![*\w\\])\*(?![*\s])([^*]+?)(?<!\s)\*(?![*\w])|(?<![_\w\\])_(?![_\s])([^_]+?)(?<!\s)_(?![_\w])"
)
YEAR = r"((?:19|20)\d\d)"
_VENUE = re.compile(
    rf"\b((?:[A-Z][\w&/+-]*|arxiv|arXiv)(?: (?:[A-Z][\w&/-]*|of|on|in|for|the|and)){{0,6}}?)(?:['’`]s)?"
    rf"[ ,.:(]*"
    rf"(?:{YEAR}|[’'`](\d\d)|(?<=[A-Zv] )(\d\d))\b"
)
_LONE_YEAR = re.compile(rf"(?<![\d.:/]){YEAR}(?![\d.])")
_ACRONYM = re.compile(
    r"\W*((?i:arxiv|biorxiv|medrxiv|neurips|nips|icml|iclr|cvpr|iccv|eccv|wacv|bmvc|accv|aaai"
    r"|ijcai|acl|emnlp|naacl|eacl|coling|tacl|conll|sigir|kdd|www|wsdm|cikm|recsys|icassp|interspeech|icra|iros"
    r"|rss|corl|aistats|uai|colt|miccai|tpami|pami|tmlr|jmlr|ijcv|tip|tmm|acm ?mm|siggraph(?: asia)?|chi|uist"
    r"|osdi|sosp|asplos|isca|hpca|micro|mlsys|usenix(?: security)?|ndss|ccs|icse|fse|ase|vldb|sigmod|icde)"
    r"|Nature(?: \w+){0,2}|Science(?: \w+){0,2})"
    r"(?:[ ,]+(?:workshop|findings|oral|spotlight|poster|main|demo|datasets? and benchmarks?|track"
    r"|under review))*\W*",
)
"""Venues that lists name without a year."""
_WORKSHOP = re.compile(
    r"\W*(?:oral|spotlight|poster|highlight|best paper.*|under review|accepted|w/ code|new)\W*", re.I
)
_ET_AL = re.compile(r"^(.{0,200}?)[,;]?\s+(?:et\.? al\.?|and others|等)[,;.]?(?:\s+|$)", re.IGNORECASE)
_NAME = re.compile(r"(?:(?:[A-Z]\.|[A-Z][\w'’-]+|d[aeiou]|v[ao]n|der|la)[- ]*){1,4}")
_INITIAL = re.compile(r"(?:^|[\s-])[A-Z]\.")
_TITLE_WORDS = (
    " the a an of for in on with and to from by via is are how what why can towards toward learning"
    " network networks model models language large deep neural data vision image video survey review"
    " benchmark dataset training generation attention transformer transformers diffusion systems system"
    " analysis method methods using based beyond study oral spotlight poster focus paper code project"
    " conference workshop journal proceedings university institute research google microsoft meta"
)
_NO_NAMES = frozenset(_TITLE_WORDS.split())
_SEPARATOR = re.compile(r"\x00|\s[|·•]\s|^[|·•]|[|·•]$|\[\[?|\]\]?|~~|\t")
_PIECE = re.compile(r"(?<=[^\sA-Z][.?!])\s+|\s[-–—]+\s|;\s*|(?<=\))\s*|\s*(?=\()")


@dataclass(slots=True)
class Beside:
    """What was found beside a title."""

    authors: list[str] = field(default_factory=list)
    venue: str = ""
    year: int | None = None
    description: str = ""


_NO_NAME = re.compile(r"\([^()]*\)|(?<=[a-z])[*†‡§\d]+(?=[,\s]|$)|^[\W_]+|(?<![\s*_,;:|])[\s*_,;:|]+$")
_NOBODY = frozenset(("et al", "others"))
_MOST = 4_000
"""Characters of the longest list of people that an item of a list has."""
_BY = re.compile(r"^(?:by|authors?:)\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"[,;]\s*(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+")


def names_in(text: str, lone: bool = False) -> list[str]:
    """The people that a piece of text lists and nothing else; none if it is no list of people.

    Two names, initials or "et al." prove one; `lone` says that the piece stands apart, so that one
    name is enough.
    """
    bare, others = _without_others(_BY.sub("", _NO_NAME.sub("", unescaped(text)).strip()))
    names = list(filter(None, (part.strip(" ,*_") for part in _BETWEEN_NAMES.split(bare[:_MOST]))))
    if not names or len(bare) > _MOST:
        return []
    if others and len(names) == 1 and _NAME.fullmatch(names[0]):
        return names
    if sum(map(is_person, names)) < 0.7 * len(names):
        return []
    if not (others or lone or len(names) > 1 or _INITIAL.search(names[0])):
        return []
    return [name for name in names if name.lower() not in _NOBODY]


def _without_others(bare: str) -> tuple[str, bool]:
    """A list of people without the "et al." behind it, and whether it has one."""
    others = _ET_AL.match(bare + " ")
    bare = (others[1] if others else bare).strip(" ,;:*_")
    return (bare if _INITIAL.search(bare[-3:]) else bare.rstrip(".")), others is not None


def is_person(name: str) -> bool:
    words = [word for word in name.split() if word.lower() not in PARTICLES]
    return 2 <= len(words) <= 5 and all(
        word[0].isupper() and not any(c.isdigit() for c in word) and word.lower() not in _NO_NAMES
        for word in words
    )


def place_in(text: str) -> tuple[str, int | None] | None:
    """Venue and year of a piece that names them and little else: "CVPR 2023", "In ICML'22", "arXiv"."""
    bare = re.sub(r"^[\W_]+|(?<![\s*_,;:.|)\]])[\s*_,;:.|)\]]+$", "", text.replace("*", ""))
    if len(bare.split()) > 9:
        return None
    if re.fullmatch(rf"\W*{YEAR}(?:[-./]\d{{1,2}}){{0,2}}\W*", bare):
        return "", int(bare.strip(" ().")[:4])
    if acronym := _ACRONYM.fullmatch(bare):
        return acronym[1], None
    found = _VENUE.search(bare)
    if not found:
        return None
    before, after = bare[: found.start()].strip(" ,.:("), bare[found.end() :].strip(" ,.:()")
    if re.sub(
        r"(?i)^(?:in|at|published in|accepted (?:by|at|to|in)|proc(?:eedings|\.)?(?: of(?: the)?)?)$",
        "",
        before,
    ):
        return None
    if after and not (_WORKSHOP.fullmatch(after) or len(after.split()) <= 2):
        return None
    return found[1].strip(), _year(found)


def _year(found: re.Match[str]) -> int:
    return int(found[2]) if found[2] else 2000 + int(found[3] or found[4])


def is_beside(text: str) -> bool:
    """Whether a piece is people or a venue and no title."""
    return bool(names_in(text) or place_in(text) is not None or _WORKSHOP.fullmatch(text))


def beside(text: str, ours: bool = False) -> Beside:
    """What the text around a title says, its links to labels as "\\0"."""
    found = Beside()
    told: list[str] = []
    text = re.sub("[\x01\x02]", "", text)
    for chunk, apart in _chunks(text):
        _take(found, chunk, apart or ("alone" if ours else ""), told)
    if found.year is None and (year := _LONE_YEAR.search(re.sub(r"\x00", " ", text)[:300])):
        found.year = int(year[1])
    found.description = " ".join(told)
    return found


_Apart = Literal["", "alone", "italic"]


def _chunks(text: str) -> list[tuple[str, _Apart]]:
    """Parts of a text between separators, and whether they stand alone there or in italics."""
    parts: list[tuple[str, _Apart]] = []
    for chunk in _SEPARATOR.split(text):
        at = 0
        for italic in ITALIC.finditer(chunk):
            parts.append((chunk[at : italic.start()], ""))
            parts.append((italic[1] or italic[2], "italic"))
            at = italic.end()
        parts.append((chunk[at:], "" if at else "alone"))
    return [(part, apart) for part, apart in parts if re.search(r"\w", part)]


def _take(found: Beside, chunk: str, apart: _Apart, told: list[str]) -> None:
    """Puts a chunk where it belongs, whole or in pieces."""
    if _known(found, chunk, apart):
        return
    words = len(chunk.split())
    if words >= 8 and prose(chunk) > 0 and not re.match(r"[^.]{0,120}\bet al\b", chunk):
        told.append(_told(chunk))
        return
    pieces = [piece for piece in _PIECE.split(chunk) if piece and re.search(r"\w", piece)]
    if len(pieces) == 1:
        _rest(found, pieces[0], apart, told)
        return
    for piece in pieces:
        if not _known(found, piece, ""):
            _rest(found, piece, "", told)


def _known(found: Beside, piece: str, apart: _Apart) -> bool:
    """Whether a piece is a place, people, or people and a place; taken if none was before."""
    place = place_in(piece)
    if place is not None:
        _put(found, [], place)
        return True
    listed, place = _place_behind(piece)
    names = names_in(listed, lone=bool(apart) or place is not None)
    if names:
        _put(found, names, place or _behind_others(piece))
        return True
    return bool(_WORKSHOP.fullmatch(piece))


def _put(found: Beside, names: list[str], place: tuple[str, int | None] | None) -> None:
    found.authors = found.authors or names
    if place:
        found.venue, found.year = found.venue or place[0], found.year or place[1]


def _place_behind(piece: str) -> tuple[str, tuple[str, int | None] | None]:
    """A piece without the place after its last comma or stop ("A. Lee, B. Roe, ACM Surveys 2023"), and it."""
    last = re.search(r"[,;.]\s+(?=[^,;.]*\d)([^,;.]+(?:,\s*(?:19|20)\d\d)?)\W*$", piece)
    place = place_in(last[1]) if last else None
    return (piece[: last.start()], place) if last and place else (piece, None)


def _behind_others(piece: str) -> tuple[str, int | None] | None:
    """The place behind "et al."."""
    bare = piece.strip(" *_")
    others = _ET_AL.match(bare + " ")
    return place_in(bare[others.end() :]) if others and bare[others.end() :].strip() else None


def _rest(found: Beside, piece: str, apart: _Apart, told: list[str]) -> None:
    """A venue that begins or ends a piece, a venue in italics, else words."""
    if (venue := _VENUE.search(piece)) and len(piece.split()) < 40:
        names = names_in(piece[: venue.start()])
        if names or venue.start() < 3 or venue.end() > len(piece.rstrip(" .)]*,")) - 3:
            _put(found, names, (venue[1].strip(), _year(venue)))
            return
    bare = piece.strip(" .,*_()[]")
    short = len(bare.split()) <= 6 and bare[:1].isupper() and prose(bare) < -2
    if apart == "italic" and not found.venue and short:
        found.venue = bare
    elif len(bare.split()) > 2:
        told.append(_told(piece))


def _told(text: str) -> str:
    return unescaped(" ".join(re.sub(r"\*\*|__|`", "", text).split())).strip(" -–—:;,|·")
