"""Markdown cut into the blocks that matter for lists of papers: items, table rows, headings, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from paperctl.readers._markdown.around import parts_around
from paperctl.readers._markdown.hosts import PAPER_HOST
from paperctl.readers._markdown.html_tables import without_tables
from paperctl.readers._markdown.inline import as_markdown, is_label, plain
from paperctl.readers._markdown.names import names_in
from paperctl.readers._markdown.source import front_end, with_addresses
from paperctl.readers._text import MARKDOWN_IMAGE, MARKDOWN_LINK
from paperctl.text.patterns import CAPITAL

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+|(?<=##)(?=\w)|(?=\d+\.? ))(.*)")
_HTML_HEADING = re.compile(
    r"\s*(?:<(?:div|center|p|summary|details)[^<>]*>\s*)*<h([1-6])[^<>]*>(.*?)</h\1>", re.IGNORECASE
)
_ITEM = re.compile(
    r"(\s*)(?:(?:[-*+•]|\d{1,4}[.)]|\[\d{1,4}\](?=\s+[^\W\d_])|\[\^[^\]\s]{1,60}\]:)\s+|<li(?:\s[^<>]*)?>\s*)(?:#{1,6}\s+)?(.*)"
)
_REFERENCE = re.compile(
    rf"[^\W\d_][\w'’-]+, (?:[{CAPITAL}]\.[ -]?){{1,3}}(?:,|[(&]|and\b).{{0,600}}?\((?:19|20)\d\d[a-z]?[,)]"
)
"""How APA begins a reference: "Roe, A., & Lee, B. (2020)"."""
_QUOTED = re.compile(r"^ {0,3}(?:> ?)+(?=#{1,6}\s)")
"""What stands before a heading in a quotation: it heads what it does outside of one."""
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BREAK = re.compile(r" {0,3}([-*_])(?:\s?\1){2,}\s*")
_UNDERLINE = re.compile(r" {0,3}(?:(=)=+|--+)\s*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
DETAIL = re.compile(
    r"[*_]*(?:authors?|papers?|pdf|arxiv|code|abstract|venue|year|date"
    r"|published|tl;?dr|summary|keywords?|tags?|links?|url"
    r"|doi|github|notes?|comments?|highlights?|project|conference|journal|title|publi\w{0,5}r|affiliations?"
    r"|institutions?|download|(?:year|date) of publication|contributions?|motivation|methods?|results?"
    r"|take ?away message)[*_]*\s*[:：][*_]*\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Block:
    """Lines that belong together. `kind` is item, row, rule or header (of a table), heading, comment,
    front (matter), break, code or text; `header` are the column names above a row, `details` what
    items below an item say of it."""

    kind: str
    first: int
    last: int
    parts: list[str]
    indent: int = 0
    level: int = 0
    section: str = ""
    cells: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.parts)

    def add(self, other: Block) -> None:
        """Take the lines of the block that follows; an item below this one is a detail of it."""
        (self.details if other.kind == "item" else self.parts).extend(other.parts)
        self.last = other.last


def blocks_of(lines: Sequence[tuple[int, str]]) -> list[Block]:
    """The blocks of a document; a list item has the lines that belong to it."""
    found = _Blocks(lines)
    front = front_end(lines)
    found.blocks += [Block("front", number, number, [line]) for number, line in lines[:front] if line.strip()]
    for number, raw in without_tables(with_addresses(lines[front:]), found.add_row):
        line = _QUOTED.sub("", raw.expandtabs(4), count=1)
        hard = line.endswith(("  ", "\\")) and line.strip()  # two blanks or a backslash break a line
        found.add(number, line.rstrip(" \\") + " <br>" * bool(hard) if hard else line.rstrip())
    return found.blocks


class _Blocks:
    """The blocks so far, and what is open: a comment, a fence, a table, a list item, the headings above."""

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        self.blocks: list[Block] = []
        self._headings = [""] * 7
        # One `#` alone is the document's title and no section.
        self._top = 2 if sum(bool(re.match(r" {0,3}#\s", line)) for _, line in lines) < 2 else 1
        self._fence = ""
        self._comment = self._blank = False
        self._header: list[str] = []
        self._item: Block | None = None

    def add(self, number: int, line: str) -> None:
        """Takes the next line."""
        if not line.strip():
            self._blank, self._header = True, []
            return
        indent = len(line) - len(line.lstrip())
        block = Block("text", number, number, [line.strip()], indent, section=self._section())
        before = self.blocks[-1] if self.blocks else None
        if not self._unread(block, line):
            self._recognise(block, line, before)
        if self._item and _continues(self._item, block, self._blank):
            if self._blank and block.kind == "text":
                self._item.parts[-1] += " <br>"
            self._item.add(block)
        elif before and before.kind == "text" and self._goes_on(before, block, line):
            if block.kind == "text":
                block.parts = [line.strip().lstrip("> ")]
            before.add(block)
        else:
            self.blocks.append(block)
            self._item = block if block.kind == "item" else None
        if block.kind not in {"row", "rule"}:
            self._header = []
        self._blank = False

    def _section(self) -> str:
        return " / ".join(h for h in self._headings[self._top :] if h)

    def _goes_on(self, before: Block, block: Block, line: str) -> bool:
        """Whether a line belongs to the paragraph above it: in one piece with it; or links, a quotation,
        people, or an item that tells of the paper, below a title in bold."""
        if block.kind == "item":
            return _details_titled(before, block)
        if block.kind != "text":
            return False
        if not self._begins(line):
            return True
        if not _TITLED.match(before.text) or len(before.parts) >= _MOST_PARTS:
            return False
        bare = not MARKDOWN_LINK.search(MARKDOWN_IMAGE.sub("", before.text))
        return line.lstrip()[:1] == ">" or _only_links(line) or (bare and bool(_SLANTED.match(line)))

    def _begins(self, line: str) -> bool:
        """Whether a line begins a paragraph: below a blank line, all of it in bold, or a reference."""
        return self._blank or bool(
            re.fullmatch(r"\s*\*\*[^*]+\*\*(?: <br>)?", line) or _REFERENCE.match(line)
        )

    def add_row(self, first: int, last: int, cells: list[str], header: list[str]) -> None:
        """Takes a row of a table in HTML; the first is its header if `header` is empty."""
        kind = "row" if header else "header"
        block = Block(
            kind, first, last, [" ".join(cells)], section=self._section(), cells=cells, header=header
        )
        self.blocks.append(block)
        self._item, self._blank, self._header = None, True, []

    def _unread(self, block: Block, line: str) -> bool:
        """Whether a line is of a comment or of code."""
        bare = line.strip()
        if self._comment or (bare.startswith("<!--") and "-->" not in bare):
            self._comment, block.kind = "-->" not in bare, "comment"
        elif self._fence:
            self._fence, block.kind = "" if bare.startswith(self._fence) else self._fence, "code"
        elif opened := _FENCE.match(line):
            self._fence, block.kind = opened[1], "code"
        elif re.fullmatch(r"<!--.*-->", bare):
            block.kind = "comment"
        return block.kind != "text"

    def _recognise(self, block: Block, line: str, before: Block | None) -> None:
        """What kind of block a line begins or goes on."""
        broken = " <br>" * line.endswith(" <br>")
        line = line.removesuffix(" <br>")
        if self._as_heading(block, line, before):
            return
        if line.lstrip().startswith("|") or (self._header and "|" in line):
            self._row(block, line, before)
        elif before and before.kind == "text" and "|" in before.text and _is_rule(line):
            block.kind, before.kind, before.cells = "rule", "header", _cells(before.text)
            self._header = before.cells
        elif _BREAK.fullmatch(line) and (self._blank or before is None):
            block.kind = "break"
        elif listed := _ITEM.fullmatch(line):
            block.kind, block.parts, block.indent = "item", [listed[2] + broken], len(listed[1])

    def _as_heading(self, block: Block, line: str, before: Block | None) -> bool:
        """Whether a line is a heading, or underlines the one before it."""
        under = _UNDERLINE.fullmatch(line) if before and before.kind == "text" and not self._blank else None
        if under and before and before.first == before.last and "|" not in before.text:
            block.kind, before.kind, before.level = "heading", "heading", 1 if under[1] else 2
            self._headings[before.level :] = [plain(before.text), *[""] * (6 - before.level)]
        elif heading := _HEADING.match(line) or _HTML_HEADING.match(line):
            block.level = len(heading[1]) if heading[1][0] == "#" else int(heading[1])
            words = heading[2].rstrip().rstrip("#").rstrip()
            block.kind, block.parts = "heading", [words]
            self._headings[block.level :] = [plain(words), *[""] * (6 - block.level)]
        else:
            return False
        return True

    def _row(self, block: Block, line: str, before: Block | None) -> None:
        block.kind, block.cells = "row", _cells(line)
        if not self._header and _RULE.fullmatch(line.removesuffix(" <br>")):
            block.kind = "rule"
            if before and before.kind == "row" and before.last == block.first - 1:
                before.kind, self._header = "header", before.cells
        block.header = self._header


_TITLED = re.compile(r"[^\w*]{0,6}\*\*[^*]{12,}\*\*")
_SLANTED = re.compile(r"\s*(?:\*(?!\*)[^*]+\*|_(?!_)[^_]+_).*\]\(")
"""A line of people and a venue in italics, and links, as stands below a title without any."""
_MOST_PARTS = 40


def _details_titled(before: Block, item: Block) -> bool:
    """Whether an item tells of the paper whose title, in bold, begins the paragraph above it."""
    tells = _label(item.text) or _only_links(item.text)
    return tells and _TITLED.match(before.text) is not None and len(before.parts) < _MOST_PARTS


def _only_links(line: str) -> bool:
    """Whether a line is links to what labels say, and badges."""
    text = as_markdown(line)
    links = MARKDOWN_LINK.findall(text)
    bare = MARKDOWN_LINK.sub("", text)
    return bool(links) and all(is_label(words) for words, _ in links) and not re.search(r"\w", bare)


def _is_rule(line: str) -> bool:
    return "|" in line and bool(_RULE.fullmatch(line))


_TITLE_LABEL = re.compile(r"titles?\s*[:：]\s*\w+\s+\w", re.IGNORECASE)
"""How an item begins that is a paper of its own, below one that names its topic."""


def _continues(item: Block, block: Block, blank: bool) -> bool:
    """Whether a block tells more of the item before it."""
    deeper = block.indent > item.indent + 1
    if block.kind == "item":
        if _TITLE_LABEL.match(plain(block.text)):
            return False
        named = re.search(r"[^\W\d_]{2,}", plain(item.text)) or not MARKDOWN_LINK.search(block.text)
        labelled = any(_label(line) for line in item.details)
        tells = labelled or _is_detail(block.text) or _of_a_paper(item, block)
        return bool(deeper and named and tells)
    return block.kind == "text" and (deeper or not blank)


def _of_a_paper(item: Block, block: Block) -> bool:
    """Whether an item below another tells of the paper there: the first links to one, the second does not; or
    it has people, or a label, below words that are a link."""
    below = MARKDOWN_LINK.findall(block.text)
    above = [url for _, url in MARKDOWN_LINK.findall(item.text)]
    if any(map(PAPER_HOST.search, above)):
        return not any(PAPER_HOST.search(url) for _, url in below)
    bare = plain(block.text)
    return bool(above) and not below and bool(_LABEL.match(bare) or names_in(bare, lone=True))


_LABEL = re.compile(r"[^\w(]{0,4}[A-Z][A-Za-z ]{2,20}: ")


def _is_detail(text: str) -> bool:
    """Whether a nested item tells of the paper above it: a label, or nothing but links."""
    if _label(text):
        return True
    bare = MARKDOWN_LINK.sub(lambda m: "" if is_label(m[1]) else m[1], MARKDOWN_IMAGE.sub("", text))
    words = re.sub(r"https?://\S+|\[\s*\]", "", bare)
    return not re.sub(r"[\W_]+", "", words) or _tells_people(words)


def _label(text: str) -> bool:
    """Whether a text begins with a label that lists give to what they add on a paper."""
    return DETAIL.match(plain(text).lstrip(" \u2190-\u2bff")) is not None


def _tells_people(words: str) -> bool:
    """Whether words are people and where they published, and no more."""
    found = parts_around(words)
    return bool(found.authors and not found.description)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]
