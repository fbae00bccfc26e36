"""The lines of a slide deck: its sections, tables, captions, and what reads like a paper's title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperctl.readers._deck.nicknames import CERTAIN, shortens
from paperctl.readers._text import MARKDOWN_IMAGE, MARKDOWN_LINK, in_title_case, prose
from paperctl.text.fold import fold

DECK_HEADING, HEADING, SECTION_HEADING = "deck heading", "heading", "section heading"
TABLE_ROW, CODE_TABLE, CODE_TABLE_HEADING = "table row", "code table", "heading of the code table"
CAPTION, DECORATION, DISCUSSION, SLIDE_NUMBER = "caption", "decoration", "discussion", "slide number"

_KEYED = re.compile(
    r"(?:section |part |topic )?\(?([A-Za-z](?:[-.]?\d{1,2})?|[IVX]{1,4}|\d{1,2}[-.]\d{1,2})"
    r"[).:]?\)?(?:(?<=\W)|(?<=[-.]\d))\s+(\S.*)"
    r"|(?:section |part |topic )(\d{1,2})\W+(\S.*)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:some |a few )?(?:other|more|further|additional|remaining)\b.*\b(?:papers?|reads?|reading|works?)\b.*"
    r"|(?:honou?rable|special) mentions?|also (?:interesting|worth\b.*)|further reading|bonus papers?",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"discussion|open questions|questions(?: for discussion)?|thank(?:s| you)\b.*|q ?& ?a|conclusions?"
    r"|take-?aways?|summary|references|outlook",
    re.IGNORECASE,
)
_CODE_HEADING = re.compile(r"(?:code|repositor(?:y|ies)|implementations?|links?)(?: \w+)?", re.IGNORECASE)
_CAPTION = re.compile(
    r"\W*(?:figure|fig|table|tab|algorithm|image|source|credit)s?\.?\s*\d*\s*[:.|]|\([a-z0-9]\)\s",
    re.IGNORECASE,
)
_PAPER_COLUMN = frozenset(("paper", "papers", "title", "work", "project", "paper title"))
_CODE_COLUMN = re.compile(r"\b(?:code|repo|repository|github|implementation|link|url)\b", re.IGNORECASE)
_TOPICS = re.compile(r"\b(?:topics?|themes?|agenda|outline)\W*:\s*(.+)", re.IGNORECASE)
_SLIDE_HEADING = re.compile(
    r"(?:(?:main|more|key|our|experimental|quantitative|qualitative|visual|training|overall|final)\b.*\b)?"
    r"(?:results?|methods?|approach|architecture|overview|ablations?|comparisons?|experiments?|motivation|background"
    r"|analysis|structure|pipeline|framework|setup|datasets?|evaluation|segmentation|classification|detection"
    r"|performance|visuali[sz]ations?|examples?|limitations?|problem|idea|intuition|agenda|outline)\b.*"
    r"|.*\b(?:results?|architecture|overview|ablations?|comparison|experiments|structure|setup|details|performance)",
    re.IGNORECASE,
)

_HEADING_MARKS = " *:.!?~_"

Section = tuple[str, str]
"""Key and name: ("b-1", "Efficient ViT")."""


@dataclass(slots=True)
class Line:
    """A non-blank line; `kind` is empty while it may name a paper or say something of one."""

    number: int
    text: str
    cells: list[str] | None = None
    kind: str = ""
    section: Section | None = None


def slide_lines(numbered: Iterable[tuple[int, str]]) -> list[Line]:
    lines = []
    for number, raw in numbered:
        if not raw.strip():
            continue
        if "\t" in raw:
            lines.append(Line(number, raw.strip(), [c.strip() for c in raw.split("\t")], TABLE_ROW))
        elif raw.lstrip().startswith("|") and raw.count("|") >= 3:
            cells = [c.strip() for c in raw.strip().strip("|").split("|")]
            lines.append(Line(number, raw.strip(), cells, TABLE_ROW))
        else:
            text = MARKDOWN_IMAGE.sub("", raw).replace("**", "")
            lines.append(Line(number, " ".join(text.split()).lstrip("# ")))
    _classify(lines)
    return lines


def is_code_table(cells: Sequence[str] | None) -> bool:
    """Whether these are the headings of a table of papers and their code."""
    if not cells or len(cells) < 2:
        return False
    first, *others = (fold(c) for c in cells)
    return first in _PAPER_COLUMN and any(_CODE_COLUMN.search(c) for c in others)


def topics(text: str) -> list[str]:
    """The topics a line announces: "Three Topics: LLM & Efficiency"."""
    match = _TOPICS.search(text[:500])
    return (
        [t for part in re.split(r"[&,;/→]|\band\b", match[1]) if (t := part.strip(" .*_"))] if match else []
    )


def keyed_section(text: str, announced: Iterable[str] = ()) -> Section | None:
    """Key and name of a section heading: one with a letter, or one of the announced topics."""
    bare = re.sub(r"^\W*\d{0,2}\W+", "", text) if text[:1].isdigit() else text
    if fold(bare) in {fold(t) for t in announced}:
        number = re.match(r"\d+", text)
        return (number[0] if number else fold(bare).replace(" ", "-")), bare.strip(" *_")
    match = _KEYED.fullmatch(text)
    if not match or text.startswith("(") or text.endswith("?"):
        return None
    name = match[2] or match[4]
    if len(name.split()) > 8 or prose(name) > 0:
        return None
    return (match[1] or match[3]).lower(), name.strip(" *_")


def _classify(lines: list[Line]) -> None:
    """Give each line its section, and those that cannot name a paper their kind."""
    section: Section | None = None
    announced: list[str] = []
    ended = code_table = False
    for line in lines:
        if line.cells:
            code_table = code_table or is_code_table(line.cells)
            if code_table:
                line.kind = _kind_of_row(line.cells)
            line.section = None if ended or code_table else section
            continue
        code_table = False
        if found := _section(line.text, () if ended else announced):
            section, line.kind, ended = found, SECTION_HEADING, False
        elif not section:
            line.kind = DECK_HEADING
            announced += topics(line.text)
        else:
            line.kind = DISCUSSION if ended and not _ends(line.text) else _kind_within(line.text)
            ended = ended or line.kind == HEADING
        line.section = None if ended else section


def _kind_of_row(cells: Sequence[str]) -> str:
    """The kind of a row of the code table."""
    return CODE_TABLE if re.search(r"\w", cells[0]) and not is_code_table(cells) else CODE_TABLE_HEADING


def _section(text: str, announced: Iterable[str]) -> Section | None:
    """Key and name of the section that a line heads."""
    heading = text.strip(_HEADING_MARKS)
    return keyed_section(text, announced) or (("other", heading) if _OTHERS.fullmatch(heading) else None)


def _ends(text: str) -> bool:
    """Whether a line heads what stands behind the papers of a section."""
    heading = text.strip(_HEADING_MARKS)
    return bool(_CODE_HEADING.fullmatch(heading) or _ENDING.fullmatch(heading))


def _kind_within(text: str) -> str:
    """The kind of a line of a section that cannot name a paper; "" if it may."""
    if _ends(text):
        return HEADING
    if _CAPTION.match(text):
        return CAPTION
    return "" if re.search(r"\w", text) else DECORATION


def whole_link(text: str) -> tuple[str, str] | None:
    """Words and target of a line that is one link as a whole; a link to `#` has no target."""
    match = MARKDOWN_LINK.fullmatch(text.strip(" -*•"))
    return (match[1].strip(), "" if match[2].startswith("#") else match[2]) if match else None


def words_of(text: str) -> str:
    """A line without its bullet and link."""
    link = whole_link(text)
    return (link[0] if link else MARKDOWN_LINK.sub(lambda m: m[1], text)).strip(" -*•")


def in_capitals(text: str) -> bool:
    """Whether a title is set in capitals, but for a few words ("MERGING CLIP and SAM")."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) >= 3 and sum(w.isupper() for w in words) >= 0.75 * len(words)


def may_be_title(text: str) -> bool:
    """The weakest test, for a line that a number, a link or a list of papers marks as a title."""
    enough = 1 if re.search(r"[A-Z].*[A-Z]", text) else 3
    return prose(text) < 2 and len(re.findall(r"\w{2,}", text)) >= enough


def is_slide_heading(text: str) -> bool:
    """Whether a line is what slides are usually headed with: "Main Results on ImageNet"."""
    return not in_capitals(text) and _SLIDE_HEADING.fullmatch(text) is not None


def is_title(text: str, capitals: bool) -> bool:
    """Whether a line without any mark is a paper's title; `capitals`: the deck's titles are in capitals."""
    words = text.split()
    if in_capitals(text):
        return len(words) <= 30
    if not 3 <= len(words) <= 30 or text.endswith(("?", ".", ":", "…")) or not in_title_case(text):
        return False
    head, colon, rest = text.partition(": ")
    if colon and len(head.split()) <= 4 and len(rest.split()) >= 3 and prose(text) < -1:
        # "CT Init: Carrier Token Initialization" explains an abbreviation and names no paper.
        explained = len(rest.split()) <= min(4, len(fold(head))) and shortens(head, rest) >= CERTAIN
        return in_title_case(rest) and not explained
    return not capitals and len(words) >= 4 and prose(text) < -3 and not is_slide_heading(text)
