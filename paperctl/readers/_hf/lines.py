"""The lines of a Hugging Face page: their links undone, their marks noted, its own chrome recognised."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from paperctl.dumps.dump import Dump
from paperctl.readers._text import ARXIV_LINK, MARKDOWN_IMAGE, MARKDOWN_LINK, MONTHS, prose
from paperctl.text.fold import fold

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
DATE_LINE = re.compile(rf"\W*(?:Published on )?({_DATE})\W*\d{{0,6}}\W*")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_BARE_URL = re.compile(r"<?(https?://\S+?)>?")
_REFERENCE = re.compile(r"\s*\[?(\d{1,4})\]?[:.]\s+(https?://\S+)")
_REFERRED = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\[(\d{1,4})\]")
_LINK_END = re.compile(r"\]\(([^\s()]*)\)$|\]\[(\d+)\]$")


@dataclass(slots=True)
class Line:
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


def page_lines(dump: Dump) -> tuple[list[Line], dict[str, str]]:
    """The non-blank lines without markup, and what the capture's front matter says of the page."""
    raw = [(n, line) for n, line in dump.lines() if line.strip()]
    references = {m[1]: m[2] for _, line in raw if (m := _REFERENCE.fullmatch(line))}
    about: dict[str, str] = {}
    lines: list[Line] = []
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
    _mark(lines)
    return lines, about


def _unmarked(number: int, whole: str, references: dict[str, str], inside: bool) -> Line:
    text = whole.strip()
    line = Line(number, "", False, indented=whole[:1].isspace())
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
    text = re.sub(r"(?<!\\)\\+(?=\s|$)" if line.urls or inside else r"(?<!\\)\\+$", " ", text)
    line.text = " ".join(text.split())
    return line


def _unlinked(text: str, references: dict[str, str]) -> tuple[str, list[str]]:
    """A text with its images cut, its links reduced to their words, and where they went."""
    text = MARKDOWN_IMAGE.sub("", text)
    urls = [link[2] for link in MARKDOWN_LINK.finditer(text)]
    text = MARKDOWN_LINK.sub(lambda m: m[1], text)
    urls += [references.get(link[2], "") for link in _REFERRED.finditer(text)]
    return _REFERRED.sub(lambda m: m[1], text), urls


def _mark(lines: list[Line]) -> None:
    """Say of each line whether it is chrome for sure, and whether the capture marks it as a title."""
    for line in lines:
        line.chrome = line.chrome or _is_chrome(line)
    for line, following in pairwise(lines):
        if line.text.lower() == "submitted by":
            following.chrome = True
        if following.text.startswith("·") or DATE_LINE.fullmatch(following.text):
            # The name of an organisation stands before the date of its card.
            name = prose(line.text) < -6 and len(line.text.split()) < 7 and not line.level
            line.chrome = line.chrome or name
    levels = Counter(line.level for line in lines if line.level > 1 and not _is_head(line))
    if levels:
        _mark_headings(lines, min(levels, key=lambda k: (-levels[k], k)))
    else:
        _mark_links(lines)
    _join_wrapped_titles(lines)


def _is_chrome(line: Line) -> bool:
    if _CHROME.fullmatch(line.text) or DATE_LINE.fullmatch(line.text):
        return True
    # A link to a login, a user, a repository: the page's own, or of use to the card alone.
    elsewhere = bool(line.urls) and not any(map(ARXIV_LINK.search, line.urls)) and prose(line.text) < 4
    return elsewhere and line.level == 0


def _mark_headings(lines: list[Line], level: int) -> None:
    """The headings of one level are the titles."""
    for line in lines:
        line.title = line.level == level and not line.chrome and not _is_head(line)
        line.chrome = line.chrome or (line.level > 0 and not line.title)


def _join_wrapped_titles(lines: list[Line]) -> None:
    title: Line | None = None
    for before, line in pairwise(lines):
        title = before if before.title else title
        if title and line.adjacent and (before is title or before.wrap) and (line.indented or before.opened):
            title.text = f"{title.text} {line.text}"
            title.urls += line.urls
            line.wrap, line.chrome = True, True


def _mark_links(lines: list[Line]) -> None:
    """The first text that links to a paper is its title; a bare link follows the title it belongs to."""
    seen: set[str] = set()
    text: Line | None = None
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


def _is_head(line: Line) -> bool:
    return bool(_PAGE_HEAD.fullmatch(line.text))


def page_head(lines: list[Line]) -> int:
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
        and (DATE_LINE.fullmatch(lines[end].text) or not lines[end].text)
    ):
        end += 1
    return end


def day_of_copy(head: list[Line]) -> dict[str, str]:
    """The day of the copy: the last date in the page's head."""
    dates = [m[1] for line in head if (m := DATE_LINE.fullmatch(line.text))]
    return {"copied": dates[-1]} if dates else {}
