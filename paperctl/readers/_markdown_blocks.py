"""Markdown cut into the blocks that matter for lists of papers: items, table rows, headings, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from paperctl.readers._mentions import unescaped
from paperctl.readers._text import MARKDOWN_LINK

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,4}[.)])\s+(.*)")
_RULE = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
DETAIL = re.compile(
    r"[*_]*(?:authors?|papers?|pdf|arxiv|code|abstract|venue|year|date"
    r"|published|tl;?dr|summary|keywords?|tags?|links?|url"
    r"|doi|github|notes?|comments?|highlights?|project|conference|journal|title"
    r"|take ?away message)[*_]*\s*[:：][*_]*\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Block:
    """Lines that belong together. `kind` is item, row, rule or header (of a table), heading, comment,
    code or text; `header` are the column names above a row."""

    kind: str
    first: int
    last: int
    parts: list[str]
    indent: int = 0
    level: int = 0
    section: str = ""
    cells: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.parts)

    def add(self, other: Block) -> None:
        """Take the lines of the block that follows."""
        self.parts += other.parts
        self.last = other.last


def blocks_of(lines: Sequence[tuple[int, str]]) -> list[Block]:
    """The blocks of a document; a list item has the lines that tell more of it."""
    blocks: list[Block] = []
    headings: list[str] = [""] * 7
    fence = ""
    comment = blank = False
    header: list[str] = []
    item: Block | None = None
    for number, raw in lines:
        line = raw.expandtabs(4).rstrip()
        if not line.strip():
            blank, header = True, []
            continue
        before = blocks[-1] if blocks else None
        section = " / ".join(h for h in headings[2:] if h)
        block = Block("text", number, number, [line.strip()], len(line) - len(line.lstrip()), section=section)
        if comment or (line.lstrip().startswith("<!--") and "-->" not in line):
            comment, block.kind = "-->" not in line, "comment"
        elif fence:
            fence, block.kind = "" if line.strip().startswith(fence) else fence, "code"
        elif opened := _FENCE.match(line):
            fence, block.kind = opened[1], "code"
        elif re.fullmatch(r"\s*<!--.*-->", line):
            block.kind = "comment"
        elif heading := _HEADING.match(line):
            block.kind, block.level, block.parts = "heading", len(heading[1]), [heading[2]]
            headings[block.level :] = [plain(heading[2]), *[""] * (6 - block.level)]
        elif line.lstrip().startswith("|") or (header and "|" in line):
            block.kind, block.cells = "row", _cells(line)
            if _RULE.fullmatch(line):
                block.kind = "rule"
                if before and before.kind == "row" and before.last == number - 1:
                    before.kind, header = "header", before.cells
            block.header = header
        elif listed := _ITEM.fullmatch(line):
            block.kind, block.parts, block.indent = "item", [listed[2]], len(listed[1])
        if item and _continues(item, block, blank):
            item.add(block)
        elif block.kind == "text" and before and before.kind == "text" and not blank:
            before.add(block)
        else:
            blocks.append(block)
            item = block if block.kind == "item" else None
        if block.kind not in {"row", "rule"}:
            header = []
        blank = False
    return blocks


def _continues(item: Block, block: Block, blank: bool) -> bool:
    """Whether a block tells more of the item before it."""
    deeper = block.indent > item.indent + 1
    if block.kind == "item":
        return deeper and _is_detail(block.text)
    return block.kind == "text" and (deeper or not blank)


def _is_detail(text: str) -> bool:
    """Whether a nested item tells of the paper above it: a label, or nothing but links."""
    if DETAIL.match(plain(text)):
        return True
    return not re.sub(r"[\W_]+", "", re.sub(r"!?\[[^\[\]]*\]\([^()]*\)|https?://\S+", "", text))


def plain(text: str) -> str:
    """Markdown without its marks."""
    text = MARKDOWN_LINK.sub(lambda m: m[1], text)
    return unescaped(re.sub(r"\*\*|__|`|<!--.*?-->|</?[a-zA-Z][^<>]*>", "", text)).strip()


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]
