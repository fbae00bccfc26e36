"""Where the title of a list item begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from paperctl.readers._markdown.beside import YEAR, is_beside, names_in, place_in
from paperctl.readers._markdown.inline import is_label, unescaped
from paperctl.readers._text import MARKDOWN_LINK, prose

Mark = Literal["bold", "link", "quoted", "plain"]

BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
QUOTED = re.compile(r"[\"“]([^\"“”]{12,}?)[\"”]")
_NAMED = re.compile("\x01([^\x01\x02]+)\x02")
_SECTION_WORD = re.compile(
    r"\W*(?:abstract|authors?|code|papers?|note|notes|summary|tl;?dr|venue|year|date|topics?|links?|keywords?"
    r"|project|github|arxiv|pdf|new|update[sd]?)\W*",
    re.IGNORECASE,
)

# ---- what stands in front ---------------------------------------------------------------------
_FRONT = (
    ("", re.compile(r"\[[ xX]\]\s+|~~|:[a-z][a-z0-9_+-]*:|[>•·|,;:.–—-]+\s+|\\?[*_](?=\s)")),
    ("", re.compile("[\u2190-\u2bff\u3000-\u303f\ufe0f\u200d\U0001f000-\U0001ffff\u20e3]+")),
    ("date", re.compile(rf"[\[(]\W*{YEAR}(?:[-./]\d{{1,2}}){{0,2}}\W*[\])](?!\()")),
    ("date", re.compile(rf"\*{{0,2}}{YEAR}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?\*{{0,2}}(?=\W)(?!\.\d)")),
    ("date", re.compile(rf"\*{{0,2}}{YEAR}\*{{0,2}}(?=\s*[-–—:|.,]\s|\s+(?:\[|\*\*|\x01))")),
    ("", re.compile(r"\(?\d{1,4}[.)]\s+(?=\S)|\[\d{1,4}\](?!\()\s*|\d{1,4}\\[.)]\s+|#\d{1,4}\s+")),
    ("place", re.compile(r"\*{0,2}\(([^()]{2,60})\)\*{0,2}[:.]?(?=\W)")),
    ("place", re.compile(r"\*{0,2}\[\**([^\[\]\x00-\x02]{1,60}?)\**\](?![(\[])\*{0,2}[:.]?")),
    ("place", re.compile(r"\*\*([^*]{2,40})\*\*[:.,]?(?=\s)")),
    (
        "place",
        re.compile(
            r"((?:[A-Z][a-z]*[A-Z][A-Za-z]*)[ '’-]*(?:(?:19|20)\d\d|\d\d)) ?(?:[-–—:|,]|(?=\x01|\*\*))"
        ),
    ),
    ("label", re.compile(r"`([^`]{1,40})`")),
)
"""Marks in front of a title by what they tell. The patterns are tried in turn until none fits."""


@dataclass(slots=True)
class Front:
    """What stood in front of a title."""

    year: int | None = None
    venue: str = ""
    label: str = ""


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
    return text, front


def _fits(kind: str, found: re.Match[str], text: str, front: Front) -> bool:
    """Whether a mark is one, its meaning kept."""
    rest = text[found.end() :]
    if not re.search(r"\w", re.sub("\x00", "", rest)):
        return False
    if kind == "date":
        front.year = front.year or int(found[1])
    elif kind == "place":
        place = place_in(found[1])
        if place is not None:
            front.venue, front.year = front.venue or place[0], front.year or place[1]
        elif found[0].startswith(("**", "(")) and "[" not in found[0][:3]:
            return bool(
                re.fullmatch(r"(?i)\W*(?:oral|spotlight|poster|highlight|new|survey|best paper)\W*", found[1])
            )
        elif not _SECTION_WORD.fullmatch(found[1]):
            front.label = front.label or found[1].strip(" *")
    elif kind == "label":
        front.label = front.label or found[1]
    return True


# ---- the title itself -------------------------------------------------------------------------
@dataclass(slots=True)
class Title:
    """A title, what stands before and after it, and the mark by which it was found."""

    words: str
    before: str
    after: str
    mark: Mark = "plain"
    front: Front = field(default_factory=Front)


def marked_links(text: str) -> str:
    """A text whose labels are "\\0" and whose other links are their words between "\\1" and "\\2"."""
    return MARKDOWN_LINK.sub(lambda m: " \x00 " if is_label(m[1]) else f"\x01{m[1]}\x02", text)


def title_in(text: str, *, ours: bool = False, cell: bool = False) -> Title | None:
    """The title of a text by its strongest mark: bold, link, quotes, else where the words end.

    `ours`: paperctl wrote it, so even one word is a title. `cell`: it stands in a column of titles, so
    a sentence's end is no end of the title unless something else follows.
    """
    words, front = without_front(marked_links(text))
    found = _marked(words, ours) or _unmarked(words, ours, cell)
    if found:
        found.front = front
    return found


def _marked(words: str, ours: bool) -> Title | None:
    for mark, pattern in (("bold", BOLD), ("link", _NAMED), ("quoted", QUOTED)):
        for match in pattern.finditer(words):
            inner = next(group for group in match.groups() if group)
            if _SECTION_WORD.fullmatch(inner) or (
                mark != "quoted" and not ours and place_in(inner) is not None
            ):
                continue
            before, after = words[: match.start()], words[match.end() :]
            if mark == "quoted" and not re.search(r"^\W*$|[.,:;\x00]\s*$", before):
                continue  # words in quotation marks within a title
            if ours or worthy(inner) or (not _words_before(before) and _short(mark, inner, after)):
                return _title(inner, before, after, mark)
    return None


def _title(inner: str, before: str, after: str, mark: str) -> Title:
    """A marked title; a nickname in bold before a colon is only its first words."""
    named = re.match(r"\s*:\s*(?=\w|\x01)", after)
    if mark == "bold" and len(inner.split()) <= 2 and (named or inner.rstrip().endswith(":")):
        rest = after[named.end() :] if named else after
        if not _NAMED.match(rest.strip()):
            cut = _end(rest, False)
            return Title(cleaned(f"{inner.rstrip(' :')}: {rest[:cut]}"), before, rest[cut:], "bold")
    return Title(
        cleaned(inner), before, after, "bold" if mark == "bold" else "link" if mark == "link" else "quoted"
    )


def _words_before(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2,}", text))


def _short(mark: str, inner: str, after: str) -> bool:
    """Whether one word in bold or of a link is a title: a description follows it, or nothing but links."""
    if not re.search(r"[^\W\d_]{2,}", inner) or (mark == "bold" and _NAMED.search(after)):
        return False
    return mark in {"bold", "link"} and bool(re.match(r"\s*(?:[-–—:]\s|\x00|$)", after))


_WORD_AND_MORE = re.compile(r"(?<=[^\W\d_]{2}):?\s+\w")


def worthy(words: str) -> bool:
    """Whether words are enough for a title and not all digits and marks."""
    return len(re.findall(r"[^\W\d_]{2,}", words)) >= 2 or bool(_WORD_AND_MORE.search(words))


def _unmarked(words: str, ours: bool, cell: bool) -> Title | None:
    plain = re.sub("[\x01\x02]", "", words)
    end = _end(plain, cell)
    title = cleaned(plain[:end])
    return Title(title, "", plain[end:]) if ours or worthy(title) else None


_HARD = re.compile(
    r"\x00|\[\[|\s[|·•]\s|\s*\(@|\[\s|\s\[(?=[A-Z][\w &'’-]*\d\d\])|\s*\((?=[^()]*(?:19|20)\d\d[^()]*\))"
    r"|\s*\((?=(?:oral|spotlight|poster|highlight|findings|arxiv|best paper|workshop)\b)"
    r"|\s{2,}(?=(?:This|We|In this|The (?:paper|authors?)|Introduces|Presents|Proposes|An? (?:new|novel))\b)"
    r"|\s(?=[*_](?![*_\s])[^*_]{2,}[*_](?:\W|$))",
    re.IGNORECASE,
)
"""Where a title surely ends. Italics are looked at before."""
_SOFT = re.compile(r"[.?!][\"”’')]*\s+(?=[^a-z\s])|,\s+|\s[-–—]+\s|;\s+")
_MOST_STOPS = 60
"""No title holds so many stops, commas and dashes; what follows is looked at behind each of them."""
_SHORT_FORM = re.compile(
    r"(?:\b(?:vs|st|no|nos|vol|dr|mr|mrs|ms|prof|fig|eq|sec|approx|e\.g|i\.e|etc|jr|sr|inc|pt|cf|resp|ed|eds|v)"
    r"|(?:^|[\s.])[A-Z]|\d\.\d+)\.$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:An?|The|Towards?|On|How|What|Why|When|From|Is|Are|Can|Do|Does)\s", re.IGNORECASE)


def _end(plain: str, cell: bool) -> int:
    """Where the title of an unmarked text ends."""
    hard = next((m for m in _HARD.finditer(plain) if m.start() and _ends(m, plain)), None)
    whole = plain[: hard.start()] if hard else plain
    for soft in islice(_SOFT.finditer(whole), _MOST_STOPS):
        if not re.search(r"[^\W\d_]{2,}", whole[: soft.start()]):
            continue
        if _stops(soft[0].strip(), whole[: soft.start() + 1], whole[soft.end() :], cell):
            return soft.start() + (soft[0][0] in "?!")
    return len(whole)


def _ends(hard: re.Match[str], plain: str) -> bool:
    """Whether italics after a title are what stands beside it, and no words of the title."""
    if hard[0].strip() or "  " in hard[0]:
        return True
    inner = re.match(r"[*_](.+?)[*_](?:\W|$)", plain[hard.end() :])
    before = plain[: hard.start()].rstrip()
    return bool(before[-1:] in ".,;?!)" or (inner and (is_beside(inner[1]) or names_in(inner[1], lone=True))))


def _stops(mark: str, title: str, tail: str, cell: bool) -> bool:
    """Whether a title ends at a stop, comma or dash, by what follows."""
    piece = re.split(r"(?<=[^\sA-Z][.?!])\s+", tail, maxsplit=1)[0]
    if mark[0] == ",":
        return _all_beside(tail)
    if mark[0] in ";-–—":
        goes_on = bool(_GOES_ON.match(tail)) and prose(piece) < 0 and mark[0] != ";"
        return is_beside(piece) or not (goes_on or (cell and tail[:1].isupper() and prose(piece) < 0))
    if is_beside(piece) or _all_beside(tail) or not re.search(r"\w", tail):
        return True
    if mark[0] in "?!" or _SHORT_FORM.search(title):
        return prose(piece) > 6
    return not cell or prose(piece) > 2


def _all_beside(tail: str) -> bool:
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
_EMOJI_BEHIND = re.compile(f"(?<![{_EMOJI}])[{_EMOJI}]+$|:[a-z_]+:$")


def cleaned(title: str) -> str:
    """A title without marks, quotation marks around it and what closes it."""
    title = re.sub(r"\*\*|__|~~|`|[\x00-\x02]", "", title)
    title = re.sub(
        r"\s*\((?:@[^()]*|oral|spotlight|poster|highlight|new)\)\s*$", "", title, flags=re.IGNORECASE
    )
    title = unescaped(re.sub(r"^[\s*\"“”']+|(?<![\\\s*\"“”'])[\s*\"“”']+$", "", " ".join(title.split())))
    title = _EMOJI_BEHIND.sub("", title).rstrip()
    return title if title.endswith("...") else title.rstrip(",.;:").rstrip()
