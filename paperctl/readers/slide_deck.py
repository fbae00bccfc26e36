"""Talks about papers as text: slide decks with lettered sections, numbered titles and a code table.

A deck names its papers three ways: as a (numbered) title on a slide, as a row of a table
"Paper | Code", or only in passing (a caption, a result row, a sentence), with the whole title in
the code table. All three become one entry per paper; captions, result tables and headings none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._deck.about import MEETING, about_deck, funnel
from paperctl.readers._deck.nicknames import CERTAIN, likeness, names_in, pair_up, shortens
from paperctl.readers._deck.slides import (
    CAPTION,
    CODE_TABLE,
    SECTION_HEADING,
    SLIDE_NUMBER,
    Line,
    Section,
    in_capitals,
    is_code_table,
    is_slide_heading,
    is_title,
    may_be_title,
    slide_lines,
    whole_link,
    words_of,
)
from paperctl.readers._text import CODE_LINK, arxiv_id, covered, links, prose
from paperctl.record.items import About, Entry, Item
from paperctl.text.fold import fold

NAME = "slide-deck"
ABOUT = "slide decks as text: lettered sections, numbered paper titles, a Paper | Code table"

_NUMBER = re.compile(r"[#(]?(\d{1,3})[.):]?")
_NUMBERED = re.compile(r"[#(]?(\d{1,3})(?:[.):]\s*|\s+[-–—]\s+|\s+|(?=[A-Z\[][A-Za-z]{2}))(\S.*)")
_CLOSING = re.compile(r"(?:thanks|thank you|discussion)\b", re.IGNORECASE)
_NO_CODE = frozenset(("n a", "na", "none", "no", "tba", "tbd", "coming soon", "not available"))
_SKIPPED_NUMBERS = 3
"""So many papers of a section may go without a number before one has it again."""
_LEFTOVER = "slide text"
_TAKEAWAY = "kept as a takeaway"


@dataclass(slots=True)
class _Paper:
    title: str
    lines: tuple[int, int]
    section: Section | None
    place: float
    """Line from which the deck speaks of the paper."""
    url: str | None = None
    label: str | None = None
    code: bool = False
    code_url: str | None = None
    takeaways: list[str] = field(default_factory=list)


def sniff(dump: Dump) -> Sniff | None:
    if dump.head.lstrip()[:1] in {"<", "{", "%", "@"}:
        return None
    lines = slide_lines(enumerate(dump.head.split("\n"), 1))
    texts = [line.text for line in lines if not line.cells]
    sections = {line.section[0] for line in lines if line.kind == SECTION_HEADING and line.section}
    table = any(is_code_table(line.cells) for line in lines)
    evidence = {
        f"{len(sections)} sections": len(sections) >= 2,
        "a list of other papers": "other" in sections,
        "a Paper | Code table": table,
        "a conference and year in the heading": any(MEETING.search(t) for t in texts[:15]),
        "figure captions": sum(line.kind == CAPTION for line in lines) >= 2,
        "result tables": sum(line.cells is not None for line in lines) >= 6,
        "counts of submissions": bool(funnel(texts[:40])),
        "slide numbers before titles": sum(bool(_NUMBER.fullmatch(t)) for t in texts) >= 3,
        "a closing slide": any(_CLOSING.match(t) for t in texts[-25:]),
    }
    seen = [what for what, holds in evidence.items() if holds]
    if len(seen) < 4 or not (len(sections) >= 2 or table):
        return None
    return Sniff(min(0.98, 0.66 + 0.06 * len(seen)), "has " + ", ".join(seen))


def read(dump: Dump) -> Iterator[Item]:
    lines = slide_lines(dump.lines())
    about = about_deck(lines)
    papers = _joined(_slide_papers(lines), _code_papers(lines), lines)
    _takeaways(papers, lines)
    if about:
        yield About(about)
    reasons = {line.number: line.kind or _LEFTOVER for line in lines}
    entries = [_entry(paper, about) for paper in papers]
    yield from covered((line.number for line in lines), entries, reasons, _LEFTOVER)


# ---- titles on slides -------------------------------------------------------------------------
def _titles_in_capitals(lines: list[Line]) -> bool:
    """Whether this deck sets its titles in capitals, told by those that a number or the code table marks."""
    marked = [
        m[2] for line in lines if line.section and not line.kind and (m := _NUMBERED.fullmatch(line.text))
    ]
    marked += [line.cells[0] for line in lines if line.kind == CODE_TABLE and line.cells]
    long = [words for t in marked if len((words := words_of(t)).split()) > 3]
    return 2 * sum(map(in_capitals, long)) > len(long)


def _slide_papers(lines: list[Line]) -> list[_Paper]:
    """The papers that have a title on a slide, in their order."""
    papers: list[_Paper] = []
    capitals = _titles_in_capitals(lines)
    due = last = 1
    number: Line | None = None
    section: Section | None = None
    for line in lines:
        if line.section != section:
            section, due, number = line.section, 1, None
        if line.kind or not section:
            continue
        counted = _NUMBERED.fullmatch(line.text) or _NUMBER.fullmatch(line.text)
        count = int(counted[1]) if counted else 0
        in_turn = due <= count <= due + _SKIPPED_NUMBERS or last <= count <= last + _SKIPPED_NUMBERS
        if _NUMBER.fullmatch(line.text):
            line.kind = SLIDE_NUMBER
            number = line if in_turn else None
            due = last = count + 1 if in_turn else due
            continue
        text, first = line.text, line.number
        if number and prose(words_of(text)) < 4 and not is_slide_heading(text):
            first, named = number.number, True
        elif counted and in_turn and may_be_title(words_of(counted[2])):
            text, named = counted[2], True
            due = last = count + 1
        elif whole_link(text) or section[0] == "other":
            named = may_be_title(words_of(text)) and len(words_of(text).split()) >= 3
        else:
            named = is_title(text, capitals)
        number = None
        if named:
            url = next((k.url for k in links(text) if k.url), None)
            line.kind = "paper"
            papers.append(_Paper(words_of(text), (first, line.number), section, first, url))
    return papers


# ---- the code table ---------------------------------------------------------------------------
def _code_papers(lines: list[Line]) -> list[_Paper]:
    papers = []
    for line in lines:
        if line.kind == CODE_TABLE and line.cells:
            title = words_of(line.cells[0])
            rest = " ".join(line.cells[1:])
            url = next((k.url for k in links(rest) if k.url), None) or next(
                iter(CODE_LINK.findall(rest)), None
            )
            has = bool(re.search(r"\w", rest)) and fold(rest) not in _NO_CODE
            where = (line.number, line.number)
            papers.append(_Paper(title, where, None, line.number, code=has, code_url=url))
    return papers


def _joined(slides: list[_Paper], table: list[_Paper], lines: list[Line]) -> list[_Paper]:
    """Slides and code table as one list of papers in the deck's order."""
    if not table:
        return slides
    paired = pair_up([p.title for p in slides], [p.title for p in table])
    _pair_by_position(slides, table, paired, lines)
    papers = list(slides)
    for at, row in enumerate(table):
        slide = next((slides[s] for s, t in paired.items() if t == at), None)
        if slide is None:
            row.section, row.place, row.label = _mention(row, lines)
            papers.append(row)
            slide = row
        elif fold(slide.title) != fold(row.title):
            slide.label, slide.title = slide.title, row.title
        slide.code, slide.code_url = row.code, row.code_url
        row.place = slide.place
        row.section = slide.section
    for before, row in [*pairwise(table), *((b, a) for a, b in reversed(list(pairwise(table))))]:
        if row.section is None and before.section:
            # The table keeps the order of the talk.
            row.section, row.place = before.section, before.place + 0.001
    return sorted(papers, key=lambda p: p.place)


def _pair_by_position(
    slides: list[_Paper], table: list[_Paper], paired: dict[int, int], lines: list[Line]
) -> None:
    """A lone nickname and a lone table row between the same neighbours are the same paper."""
    for s, slide in enumerate(slides):
        if s in paired or " " in slide.title:
            continue
        low = max((t for k, t in paired.items() if k < s), default=-1)
        high = min((t for k, t in paired.items() if k > s), default=len(table))
        free = [
            t for t in range(low + 1, high) if t not in paired.values() and not _mention(table[t], lines)[2]
        ]
        if len(free) == 1:
            paired[s] = free[0]


def _mention(row: _Paper, lines: list[Line]) -> tuple[Section | None, float, str | None]:
    """Where the deck first speaks of a paper that stands only in the code table, and by what name."""
    head, colon, _ = row.title.partition(":")
    for line in lines:
        if line.section and line.kind != "paper":
            if not line.cells and len(line.text.split()) > 2 and likeness(line.text, row.title) >= CERTAIN:
                return line.section, line.number, None
            named = [name for name in names_in(line.text) if shortens(name, row.title) >= CERTAIN]
            if colon and len(head) > 3 and f" {fold(head)} " in f" {fold(line.text)} ":
                named.append(head.strip())
            if named:
                return line.section, line.number, min(named, key=len)
    return None, row.place, None


# ---- what the deck says -----------------------------------------------------------------------
def _takeaways(papers: list[_Paper], lines: list[Line]) -> None:
    """Give each paper the sentences of its slides: those that name it, or follow its title."""
    for line in lines:
        if line.kind or not line.section or line.text.endswith("?") or len(line.text.split()) < 5:
            continue
        if prose(line.text) < 0 and not line.text.endswith(".") and "→" not in line.text:
            continue
        near = [p for p in papers if p.section == line.section]
        spoken = {fold(name) for name in names_in(line.text)}
        named = [
            p for p in near if spoken & {fold(p.label or ""), fold(p.title.split(":")[0]), fold(p.title)}
        ]
        before = [p for p in near if p.place <= line.number]
        owner = named[0] if named else before[-1] if before else None
        if owner:
            owner.takeaways.append(line.text)
            line.kind = _TAKEAWAY


def _entry(paper: _Paper, about: dict[str, Any]) -> Entry:
    fields: dict[str, Any] = {"title": paper.title}
    extra: dict[str, Any] = {}
    if "venue" in about:
        fields |= {"venue": about["venue"], "year": about["year"]}
        extra["year_basis"] = f'deck "{about.get("title", "")}"'
    if paper.url:
        fields["url"] = paper.url
        fields["arxiv_id"] = arxiv_id(paper.url)
    if paper.code:
        fields["has_code"] = True
    if paper.code_url:
        fields["code_urls"] = [paper.code_url]
    if paper.section:
        extra["section"], extra["section_title"] = paper.section
    if paper.label:
        extra["label"] = paper.label
    if paper.takeaways:
        extra["takeaway"] = " ".join(paper.takeaways)
    return Entry({k: v for k, v in fields.items() if v is not None}, paper.lines, extra=extra)
