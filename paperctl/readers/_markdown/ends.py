"""Where a title ends that nothing marks: before links, people, a venue, a description."""

from __future__ import annotations

import re
from itertools import islice

from paperctl.readers._markdown.around import is_around
from paperctl.readers._markdown.inline import unescaped
from paperctl.readers._markdown.names import names_in
from paperctl.readers._markdown.places import KNOWN, REMARKS, YEAR, place_in
from paperctl.readers._text import in_title_case, prose

_HARD = re.compile(
    r"\s*[\[(]*\s*\x00|\[\[|\s[|·•]\s|\s*\(@|\[\s|\s\[(?=[A-Z][\w &'’-]*\d\d\])"
    r"|\s*\((?=[^()]*(?:19|20)\d\d[^()]*\))"
    r"|\s*\((?=[A-Z][\w-]*[ '’]{1,2}\d\d\))"
    rf"|\s*\((?={REMARKS}|(?:{KNOWN})\s*\))"
    r"|\s*\((?=[^()]*\b(?:Transactions|Journal|Conference|Proceedings|Letters|Workshop)\b[^()]*\)\W*(?:$"
    r"|\x00))"
    r"|,? (?=\d(?:st|nd|rd|th) ed\.)"
    r"|\s{2,}(?=(?:This|We|In this|The (?:paper|authors?)|Introduces|Presents|Proposes|An? (?:new|novel))\b)"
    r"|\s(?:[Ii]n |[Aa]t )?(?=[*_](?![*_\s])[^*_]{2,}[*_](?:\W|$))",
    re.IGNORECASE,
)
"""Where a title surely ends. Italics are looked at before."""
_SOFT = re.compile(r"[.?!][\"”’')]*\s+(?=[^a-z\s]|ar[xX]iv\b)|,\s+|\s[-–—]+\s|;\s+")
_MOST_STOPS = 60
"""No title holds so many stops, commas and dashes; what follows is looked at behind each of them."""
_SHORT_FORM = re.compile(
    r"(?:\b(?:vs|st|no|nos|vol|dr|mr|mrs|ms|prof|fig|eq|sec|approx|mt|ft|e\.g|i\.e|etc|jr|sr|inc|pt|cf|resp|ed"
    r"|eds|v)"
    r"|(?:^|[\s.])[A-Z]|\d\.\d+)\.$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:An?|The|Towards?|On|How|What|Why|When|From|Is|Are|Can|Do|Does)\s", re.IGNORECASE)


def end_of(plain: str, cell: bool) -> int:
    """Where the title of an unmarked text ends."""
    hard = next((m for m in _HARD.finditer(plain) if m.start() and _ends(m, plain)), None)
    whole = plain[: hard.start()].rstrip(" -–—") if hard else plain
    for soft in islice(_SOFT.finditer(whole), _MOST_STOPS):
        if not re.search(r"[^\W\d_]{2,}", whole[: soft.start()]):
            continue
        if _stops(soft[0].strip(), whole[: soft.start() + 1], whole[soft.end() :], cell):
            return soft.start() + (soft[0][0] in "?!")
    return len(whole)


def _ends(hard: re.Match[str], plain: str) -> bool:
    """Whether italics after a title are people or a venue, and no words of the title."""
    inner = re.match(r"[*_](.+?)[*_](?:(\s+[a-z])|\W|$)", plain[hard.end() :])
    within = hard[0].strip() in {"in", "at"} and inner and inner[2]  # "Growth in *E. coli* at high pressure"
    if (hard[0].strip(" InAat") and not within) or "  " in hard[0]:
        return True
    before = plain[: hard.start()].rstrip()
    return bool(before[-1:] in ".,;?!)" or (inner and (is_around(inner[1]) or names_in(inner[1], lone=True))))


def _stops(mark: str, title: str, tail: str, cell: bool) -> bool:
    """Whether a title ends at a stop, comma or dash, by what follows."""
    piece = re.split(r"(?<=[^\sA-Z][.?!])\s+", tail, maxsplit=1)[0]
    if mark[0] == ",":
        return _all_around(tail)
    if mark[0] in ";-–—":
        piece = re.split(r"\s[-–—]+\s", piece, maxsplit=1)[0]
        goes_on = mark[0] != ";" and prose(piece) < 0 and _goes_on(piece)
        return is_around(piece) or not (goes_on or (cell and tail[:1].isupper() and prose(piece) < 0))
    if is_around(piece) or _all_around(tail) or not re.search(r"\w", tail):
        return True
    if _may_go_on(mark, title):
        return prose(piece) > 6
    return not cell or prose(piece) > 2


def _may_go_on(mark: str, title: str) -> bool:
    """Whether a stop is one within titles: a question, a short form ("vs."), one behind a single word."""
    return mark[0] in "?!" or " " not in title.strip() or _SHORT_FORM.search(title) is not None


def _goes_on(piece: str) -> bool:
    """Whether a title goes on behind a dash: with words that open a subtitle, or some in title case."""
    words = len(piece.split())
    return bool(_GOES_ON.match(piece)) or (words >= 3 and prose(piece) < -1 and in_title_case(piece))


def _all_around(tail: str) -> bool:
    """Whether nothing but people, a venue and a year follows."""
    tail = tail.strip(" .,;")
    if names_in(tail) and (" et al" in tail or re.search(r"\b[A-Z]\.|[,;].*[,;]", tail)):
        return True
    place = re.search(
        rf"(?:^|[,.;]\s*|\(\s*)((?:[A-Z][\w&/+-]*|arxiv)[^,.;]{{0,60}}?[ ,’'`]*(?:{YEAR}|\d\d))\W*$", tail
    )
    if place and place_in(place[1]) is not None:
        before = tail[: place.start()].strip(" ,.;(")
        return not before or bool(names_in(before, lone=True)) or place_in(before) is not None
    return place_in(tail) is not None and len(tail.split()) <= 6


_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001ffff"
_EMOJI_BEFORE = re.compile(f"^[{_EMOJI}]+(?=\\s)")
_EMOJI_BEHIND = re.compile(f"(?<![{_EMOJI}])[{_EMOJI}]+$|:[a-z_]+:$")


_OPENING, _CLOSING = "\"“'‘", "\"”'’"


def _quotes_within(title: str) -> bool:
    """Whether quotation marks at an end of a title are of words within it: "Tools that “Read the Manual”"."""
    straight = title.count('"')
    if title[:1] in _OPENING and title[-1:] not in _CLOSING:
        return bool(re.search(r"[\"”’'](?=[\s:,.?!])", title[1:]))
    if straight == 2 or title.count("“") == title.count("”") == 1:
        return not (title[0] in _OPENING and title[-1] in _CLOSING)
    return straight == 0 and not {"“", "”"} & set(title) and title[-1:] == "'" and title[0] != "'"


_SLANTED = re.compile(r"(?<![\w\\])\*(?=\S)([^*]+)(?<=\S)\*(?!\w)")
_UNPAIRED = re.compile(r"(?<=\s)\*(?=\w[^*]*$)")
"""The mark that opens italics which end behind the title; the star of "A* search" stands behind a word."""


def cleaned(title: str) -> str:
    """A title without marks, quotation marks around it and what closes it."""
    title = re.sub(r"\*\*|__|~~|`|[\x00-\x02]", "", title)
    title = re.sub(
        r"\s*\((?:@[^()]*|oral|spotlight|poster|highlight|new)\)\s*$", "", title, flags=re.IGNORECASE
    )
    title = re.sub(r"^\W*《([^《》]+)》\W*$", r"\1", title)
    title = title.strip()
    if "*" in {title[:1], title[-1:]}:
        title = _SLANTED.sub(r"\1", title)  # else half of a pair would stay
    title = _UNPAIRED.sub("", title)
    title = re.sub(r"^[\s*]+|(?<![\\\s*])[\s*]+$", "", " ".join(title.split()))
    if (title[:1] in _OPENING or title[-1:] in _CLOSING) and not _quotes_within(title):
        title = title.strip(_OPENING + _CLOSING + " *")
    title = re.sub(r"^_([^_].*[^_])_$", r"\1", title)
    title = unescaped(title)
    title = _EMOJI_BEFORE.sub("", _EMOJI_BEHIND.sub("", title)).strip()
    return title if title.endswith("...") else title.rstrip(",.;:").rstrip()
