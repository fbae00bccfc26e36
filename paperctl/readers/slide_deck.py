"""Talks about papers as text: slide decks with lettered sections, numbered titles and a code table.

A deck names its papers three ways: as a (numbered) title on a slide, as a row of a table
"Paper | Code", or only in passing (a caption, a result row, a sentence), with the whole title in
the code table. All three become one entry per paper; captions, result tables and headings none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

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
from paperctl.readers._deck.turn import Turn
from paperctl.readers._text import CODE_LINK, arxiv_id, covered, links, prose
from paperctl.readers._values import stated
from paperctl.record.items import About, Entry, Item, Object, Raw
from paperctl.text.fold import fold

NAME = "slide-deck"
ABOUT = "slide decks as text: lettered sections, numbered paper titles, a Paper | Code table"

_NUMBER = re.compile(r"[#(]?(\d{1,3})[.):]?")
_NUMBERED = re.compile(r"[#(]?(\d{1,3})(?:[.):]\s*|\s+[-–—]\s+|\s+|(?=[A-Z\[][A-Za-z]{2}))(\S.*)")
_CLOSING = re.compile(r"(?:thanks|thank you|discussion)\b", re.IGNORECASE)
_NO_CODE = frozenset(("n a", "na", "none", "no", "tba", "tbd", "coming soon", "not available"))
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
    kinds = Counter(line.kind for line in lines)
    sections = {line.section[0] for line in lines if line.kind == SECTION_HEADING and line.section}
    table = any(is_code_table(line.cells) for line in lines)
    evidence = {
        f"{len(sections)} sections": len(sections) >= 2,
        "a list of other papers": "other" in sections,
        "a Paper | Code table": table,
        "a conference and year in the heading": any(map(MEETING.search, texts[:15])),
        "figure captions": kinds[CAPTION] >= 2,
        "result tables": len(lines) - len(texts) >= 6,
        "counts of submissions": bool(funnel(texts[:40])),
        "slide numbers before titles": sum(bool(_NUMBER.fullmatch(t)) for t in texts) >= 3,
        "a closing slide": any(map(_CLOSING.match, texts[-25:])),
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
    """Whether this deck sets its titles in capitals, shown by those that a number or the code table marks."""
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
    turn = Turn()
    number: Line | None = None  # a line above that is a number in turn and nothing else
    section: Section | None = None
    for line in lines:
        if line.section != section:
            section, number = line.section, None
            turn.begin()
        if line.kind or not section:
            continue
        if alone := _NUMBER.fullmatch(line.text):
            line.kind = SLIDE_NUMBER
            number = line if turn.takes(int(alone[1])) else None
            continue
        text, first = _title_on(line, number, section, capitals, turn)
        number = None
        if text:
            url = next((k.url for k in links(text) if k.url), None)
            line.kind = "paper"
            papers.append(_Paper(words_of(text), (first, line.number), section, first, url))
    return papers


def _title_on(
    line: Line, number: Line | None, section: Section, capitals: bool, turn: Turn
) -> tuple[str, int]:
    """The title that a slide's line is and the line on which it begins; "" where it is none."""
    text = line.text
    counted = _NUMBERED.fullmatch(text)
    if number and prose(words_of(text)) < 4 and not is_slide_heading(text):
        return text, number.number
    if counted and turn.comes(int(counted[1])) and may_be_title(words_of(counted[2])):
        turn.takes(int(counted[1]))
        return counted[2], line.number
    if whole_link(text) or section[0] == "other":
        named = may_be_title(words_of(text)) and len(words_of(text).split()) >= 3
    else:
        named = is_title(text, capitals)
    return (text if named else ""), line.number


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
        if not line.kind and line.section and _says_something(line.text):
            owner = _owner(line, [p for p in papers if p.section == line.section])
            if owner:
                owner.takeaways.append(line.text)
                line.kind = _TAKEAWAY


def _says_something(text: str) -> bool:
    """Whether a line is a statement of five words and more."""
    if text.endswith("?") or len(text.split()) < 5:
        return False
    return prose(text) >= 0 or text.endswith(".") or "→" in text


def _owner(line: Line, near: list[_Paper]) -> _Paper | None:
    """The paper of a section that a line names; else the last whose title stands above it."""
    spoken = {fold(name) for name in names_in(line.text)}
    for paper in near:
        if spoken & {fold(paper.label or ""), fold(paper.title.split(":")[0]), fold(paper.title)}:
            return paper
    return next((paper for paper in reversed(near) if paper.place <= line.number), None)


def _entry(paper: _Paper, about: Object) -> Entry:
    fields: Raw = {"title": paper.title}
    extra: Object = {}
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
    return Entry(stated(**fields), paper.lines, extra=extra)
