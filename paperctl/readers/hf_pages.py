"""Hugging Face Daily Papers pages as people keep them: pasted text, reader views, markdown captures.

A page is a run of cards: title, abstract, and around them votes, avatars, author counts and
dates. Where the capture marks titles (a heading, a link to the paper) the marks are believed.
A bare paste marks nothing; there titles and abstracts alternate, and the most likely sequence of
the two is found with a Viterbi pass (Viterbi 1967) over sentence shape, so that a missing
abstract or one in two paragraphs costs that card alone and not the rest of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from paperctl.dumps import Dump
from paperctl.readers import Sniff
from paperctl.readers._text import (
    ARXIV_LINK,
    CODE_LINK,
    MARKDOWN_IMAGE,
    MARKDOWN_LINK,
    MONTHS,
    arxiv_id,
    covered,
    prose,
)
from paperctl.record import About, Entry, Item, fold

NAME = "hf-page"
ABOUT = "Hugging Face Daily Papers pages: pasted text, reader views and markdown captures"

CHROME = "page chrome"
AGAIN = "the same card again"

_DATE = rf"(?:{MONTHS})\.? \d{{1,2}}(?:, \d{{4}})?"
_PAGE_HEAD = re.compile(
    r"(?:get trending papers in your email inbox.*|subscribe|daily papers?|trending papers|daily|weekly"
    r"|monthly|by ?(?:AK)?\s*(?:and the research community)?|and the research community)",
    re.IGNORECASE,
)
_GLUED_HEAD = re.compile(
    rf"(?:(?:Get trending papers in your email inbox(?: once a day)?!|Subscribe"
    rf"|by ?AK and the research community|(?:{MONTHS}) \d{{1,2}}(?!\d))\s*)+(?=[^\s\w]?[\w])"
)
_CHROME = re.compile(
    r"[\W_]*|[\W_]*\d[\d.,]*k?|upvote[\s\d.,k]*|\W*\d+ authors?\W*|submitted by\b.*"
    r"|(?:link: |github\s*[\d.,k]*|arxiv page|project page|\s)+"
    r"|arxiv|view (?:pdf|arxiv page)|new|sign up|log in|hugging face|\[?hugging face's logo\]?"
    r"|models|datasets|spaces|buckets(?: new)?|posts|docs|enterprise|pricing|community|collections|website"
    r"|tasks|huggingchat|system theme|company|tos|privacy|about|careers|previous|next|ak|paper|url"
    r"|\W*```.*",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"\W*(?:Published on )?({_DATE})\W*\d{{0,6}}\W*")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_BARE_URL = re.compile(r"<?(https?://\S+?)>?")
_REFERENCE = re.compile(r"\s*\[?(\d{1,4})\]?[:.]\s+(https?://\S+)")
_REFERRED = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\[(\d{1,4})\]")
_LINK_END = re.compile(r"\]\(([^\s()]*)\)$|\]\[(\d+)\]$")
_PAPER_PATH = re.compile(r"huggingface\.co/papers/\d{4}\.\d{4,5}(?!\d)", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    """A line without its markup: the words, where its links go, and what it was marked as."""

    number: int
    text: str
    adjacent: bool
    """No blank line stands between it and the line before."""
    urls: list[str] = field(default_factory=list)
    level: int = 0
    indented: bool = False
    chrome: bool = False
    title: bool = False
    bare: bool = False
    """Nothing but a URL."""
    wrap: bool = False
    """Belongs to the title before it."""
    opened: bool = False
    """A bracket opened here closes on a later line."""


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if head.lstrip()[:1] in {"<", "{"}:
        return None
    lowered = head.lower()
    if re.search(r"^\W*get trending papers in your email inbox", lowered, re.MULTILINE):
        return Sniff(0.98, 'says "Get trending papers in your email inbox"')
    if re.search(r"^\W*by ?(?:\[.*\])?ak(?:\]\S+)? and the research community", lowered, re.MULTILINE):
        return Sniff(0.96, 'says "by AK and the research community"')
    linked = len(set(_PAPER_PATH.findall(head)))
    lines = [line for line in head.split("\n") if line.strip()]
    if linked >= 3 and linked * 30 >= len(lines) and "[[" not in head and "|--" not in head:
        return Sniff(0.9, f"{linked} links to huggingface.co/papers")
    return _alternates(lines)


def _alternates(lines: list[str]) -> Sniff | None:
    """Whether lines are a bare paste with nothing of the page left: titles and abstracts in turn."""
    if len(lines) < 6 or any(line.lstrip()[:1] in "#-*|@%<>{}[" for line in lines):
        return None
    shapes = [prose(line) for line in lines]
    pairs = sum(
        a < 0 and b > 6 and 3 <= len(t.split()) <= 40
        for a, b, t in zip(shapes, shapes[1:], lines, strict=False)
    )
    if 2 * pairs < 0.85 * len(lines) or any(len(line) < 10 for line in lines):
        return None
    return Sniff(0.75, f"titles and abstracts alternate ({pairs} pairs in {len(lines)} lines)")


def read(dump: Dump) -> Iterator[Item]:
    lines, about = _lines(dump)
    _mark(lines)
    start = _page_head(lines)
    about.update(_copied(lines[: start + 1]))
    if about:
        yield About(about)
    numbers = [line.number for line in lines]
    entries, again = _cards(lines[start:])
    reasons = dict.fromkeys(again, AGAIN)
    yield from covered(numbers, entries, reasons, CHROME)


# ---- lines ------------------------------------------------------------------------------------
def _lines(dump: Dump) -> tuple[list[_Line], dict[str, str]]:
    """The non-blank lines without markup, and what the capture's front matter says of the page."""
    raw = [(n, line) for n, line in dump.lines() if line.strip()]
    references = {m[1]: m[2] for _, line in raw if (m := _REFERENCE.fullmatch(line))}
    about: dict[str, str] = {}
    lines: list[_Line] = []
    before = -1
    inside = False
    for number, whole in raw:
        line = _unmarked(number, whole, references, inside)
        inside = line.opened
        line.adjacent = number == before + 1
        before = number
        if not about and (
            m := re.search(r"(?:^|\W)(?:source )?url\W+(https?://huggingface\.co/papers\S*)", whole, re.I)
        ):
            about["url"] = m[1].rstrip("*)>]")
            line.chrome = True
        lines.append(line)
    return lines, about


def _unmarked(number: int, whole: str, references: dict[str, str], inside: bool) -> _Line:
    text = whole.strip()
    line = _Line(number, "", False, indented=whole[:1].isspace())
    if _REFERENCE.fullmatch(text):
        line.chrome = True
        return line
    if heading := _HEADING.match(text):
        line.level, text = len(heading[1]), heading[2]
    text = re.sub(r"^[-*·•]\s+", "", text)
    bare, urls = _unlinked(text, references)
    if line.level or text.startswith(("[", "![")) or prose(bare) < 4:
        # Links in the midst of an abstract stay as they stand: they are its own.
        text, line.urls = bare, urls
    if (tail := _LINK_END.search(text)) and text.count("[", 0, tail.start()) <= text.count(
        "]", 0, tail.start()
    ):
        # The end of a link whose text began on an earlier line.
        line.urls.append(tail[1] or references.get(tail[2], ""))
        text = text[: tail.start()]
        inside = False
    if text.startswith("[") and text.count("[") > text.count("]"):
        text = text[1:]
        inside = True
    line.opened = inside
    if _BRACKETED.fullmatch(text):
        text = ""  # a picture's caption, or a button
    if alone := _BARE_URL.fullmatch(text):
        line.urls.append(alone[1])
        line.bare = True
        text = ""
    # Captures write a line break within a link as a backslash.
    text = re.sub(r"\\+(?=\s|$)" if line.urls or inside else r"\\+$", " ", text)
    line.text = " ".join(text.split())
    return line


def _unlinked(text: str, references: dict[str, str]) -> tuple[str, list[str]]:
    """A text with its images cut, its links reduced to their words, and where they went."""
    text = MARKDOWN_IMAGE.sub("", text)
    urls = [link[2] for link in MARKDOWN_LINK.finditer(text)]
    text = MARKDOWN_LINK.sub(lambda m: m[1], text)
    urls += [references.get(link[2], "") for link in _REFERRED.finditer(text)]
    return _REFERRED.sub(lambda m: m[1], text), urls


def _mark(lines: list[_Line]) -> None:
    """Say of each line whether it is chrome for sure, and whether the capture marks it as a title."""
    for line in lines:
        line.chrome = line.chrome or bool(_CHROME.fullmatch(line.text) or _DATE_LINE.fullmatch(line.text))
        if line.urls and not any(ARXIV_LINK.search(u) for u in line.urls) and prose(line.text) < 4:
            # A link to a login, a user, a repository: the page's own, or of use to the card alone.
            line.chrome = line.chrome or line.level == 0
    for line, following in pairwise(lines):
        if line.text.lower() == "submitted by":
            following.chrome = True
        if following.text.startswith("·") or _DATE_LINE.fullmatch(following.text):
            # The name of an organisation stands before the date of its card.
            line.chrome = line.chrome or (
                prose(line.text) < -6 and len(line.text.split()) < 7 and not line.level
            )
    levels = Counter(line.level for line in lines if line.level > 1 and not _is_head(line))
    level = min(levels, key=lambda k: (-levels[k], k)) if levels else 0
    if level:
        for line in lines:
            line.title = line.level == level and not line.chrome and not _is_head(line)
            line.chrome = line.chrome or (line.level > 0 and not line.title)
    else:
        _mark_links(lines)
    _join_wrapped_titles(lines)


def _join_wrapped_titles(lines: list[_Line]) -> None:
    title: _Line | None = None
    for before, line in pairwise(lines):
        title = before if before.title else title
        if title and line.adjacent and (before is title or before.wrap) and (line.indented or before.opened):
            title.text = f"{title.text} {line.text}"
            title.urls += line.urls
            line.wrap, line.chrome = True, True


def _mark_links(lines: list[_Line]) -> None:
    """The first text that links to a paper is its title; a bare link follows the title it belongs to."""
    seen: set[str] = set()
    text: _Line | None = None
    for line in lines:
        paper = next((m[1] for u in line.urls if (m := ARXIV_LINK.search(u))), None)
        marked = text if line.bare else line
        text = line if line.text else text
        if not paper or paper in seen or not marked or not marked.text or marked.chrome:
            continue
        if prose(marked.text) < 4:
            marked.title = True
            marked.urls += line.urls if line.bare else []
            seen.add(paper)


def _is_head(line: _Line) -> bool:
    return bool(_PAGE_HEAD.fullmatch(line.text))


def _page_head(lines: list[_Line]) -> int:
    """Index of the first line after the page's head; a title glued to the head is cut free."""
    marks = any(line.title for line in lines)
    end = 0
    for at, line in enumerate(lines):
        glued = _GLUED_HEAD.match(line.text)
        if _is_head(line):
            line.chrome = True
            end = at + 1
        elif glued and fold(line.text[glued.end() :]):
            line.text = line.text[glued.end() :]
            return at
        elif line.title or (not line.chrome and prose(line.text) > 3):
            break
    while (
        end < len(lines)
        and end
        and not marks
        and (_DATE_LINE.fullmatch(lines[end].text) or not lines[end].text)
    ):
        end += 1
    return end


def _copied(head: list[_Line]) -> dict[str, str]:
    """The day of the copy: the last date in the page's head."""
    dates = [m[1] for line in head if (m := _DATE_LINE.fullmatch(line.text))]
    return {"copied": dates[-1]} if dates else {}


# ---- cards ------------------------------------------------------------------------------------
TITLE, ABSTRACT, OTHER = range(3)
_FAR = -1e9


def _roles(lines: list[_Line]) -> list[int]:
    """The most likely role of each line, given its shape, its marks and its neighbours."""
    marked = sum(line.title for line in lines)
    shapes = [max(-12.0, min(12.0, prose(line.text))) for line in lines]
    # A page of titles alone has no abstracts to alternate with.
    bare_titles = 5 * sum(s > 5 for s in shapes) < len(lines)
    back: list[tuple[int, ...]] = []
    scores = [-2.0, -6.0, -2.0]
    before: _Line | None = None
    for line, shape in zip(lines, shapes, strict=True):
        if marked:
            own = [
                0.0 if line.title else _FAR,
                _FAR if line.title else shape / 2,
                _FAR if line.title else -1.0,
            ]
        else:
            own = [-shape / 2, shape / 2, _FAR]
        wrapped = line.adjacent and before is not None and _wraps(before.text, line.text)
        on = 3.0 * (wrapped and not bare_titles) + 3.0 * (wrapped and line.text[:1].islower())
        table = (
            (-4.0 if not bare_titles or marked else 0.0, 0.0 if not bare_titles else -2.0, -2.0),
            (0.0, on if wrapped else (-2.0 if marked else -5.0), -1.0),
            (0.0, -3.0, 0.0),
        )
        came = [max(range(3), key=lambda i: scores[i] + table[i][j]) for j in range(3)]
        scores = [scores[came[j]] + table[came[j]][j] + own[j] for j in range(3)]
        back.append(tuple(came))
        before = line
    state = max(range(3), key=lambda j: scores[j])
    path: list[int] = []
    for came_from in reversed(back):
        path.append(state)
        state = came_from[state]
    return path[::-1]


def _wraps(before: str, after: str) -> bool:
    """Whether two lines look like one sentence broken at the width of a window."""
    return (
        40 <= len(before) <= 160 and len(after) <= len(before) + 20 and not before.endswith((".", "!", "?"))
    )


@dataclass(slots=True)
class _Card:
    first: int
    last: int
    title: list[str]
    abstract: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    date: str | None = None


def _cards(lines: list[_Line]) -> tuple[list[Entry], list[int]]:
    """The entries, and the numbers of the lines that repeat the card before them."""
    content = [line for line in lines if not line.chrome]
    role = dict(zip((line.number for line in content), _roles(content), strict=True))
    cards: list[_Card] = []
    for line in lines:
        kind = role.get(line.number)
        if kind == TITLE:
            cards.append(_Card(line.number, line.number, [line.text], urls=list(line.urls)))
            continue
        if not cards:
            continue
        card = cards[-1]
        if kind in (ABSTRACT, OTHER):
            continues = line.adjacent and card.last == line.number - 1
            if kind == ABSTRACT or (continues and card.abstract):
                card.abstract.append(line.text)
            else:
                continue
            card.urls += line.urls
            card.last = line.number
        else:
            useful = [u for u in line.urls if CODE_LINK.match(u) or ARXIV_LINK.search(u)]
            date = _DATE_LINE.fullmatch(line.text)
            card.urls += useful
            if date and not card.date:
                card.date = date[1]
            if line.wrap or (useful and not line.text) or date or any(CODE_LINK.match(u) for u in useful):
                card.last = line.number
    return _entries(cards)


def _entries(cards: list[_Card]) -> tuple[list[Entry], list[int]]:
    entries: list[Entry] = []
    again: list[int] = []
    for card in cards:
        entry = _entry(card)
        before = entries[-1] if entries else None
        if before and fold(before.fields["title"]) == fold(entry.fields["title"]):
            # Pages render a card twice, for wide and for narrow screens: keep the fuller one.
            if len(str(entry.fields.get("abstract", ""))) > len(str(before.fields.get("abstract", ""))):
                entries[-1], entry = entry, before
            again += range(entry.lines[0], entry.lines[1] + 1)
            continue
        entries.append(entry)
    return entries, again


def _entry(card: _Card) -> Entry:
    fields: dict[str, object] = {"title": " ".join(card.title)}
    if card.abstract:
        fields["abstract"] = " ".join(card.abstract)
    found = next((i for u in card.urls if (i := arxiv_id(u))), None)
    if found:
        fields["arxiv_id"] = found
        fields["url"] = next(u for u in card.urls if arxiv_id(u))
    code = [u for u in dict.fromkeys(card.urls) if CODE_LINK.match(u)]
    if code:
        fields["code_urls"] = code
    extra = {"date": card.date} if card.date else {}
    return Entry(fields, (card.first, card.last), key=found, extra=dict(extra))
