"""Lists of papers in Org: headings and items with links as Org writes them (`[[address][words]]`).

The text is read as the Markdown it would be, line by line; drawers below a heading are its labelled lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._markdown.blocks import blocks_of
from paperctl.readers._markdown.papers import papers_of
from paperctl.readers._text import covered
from paperctl.record.items import About, Item

NAME = "org-list"
ABOUT = "Org lists: headings and items with links, papers in headings with drawers"

_HEADING = re.compile(
    r"(\*{1,8})\s+(?:(?:TODO|DONE|NEXT|WAIT(?:ING)?|READ(?:ING)?)\s+)?(?:\[#[A-C]\]\s+)?(.*?)"
    r"(?:\s+:[\w@:]+:)?\s*$"
)
_LINK = re.compile(r"\[\[([^\[\]]+)\](?:\[([^\[\]]*)\])?\]")
_KEYWORD = re.compile(r"\s*#\+(\w+):\s*(.*)$")
_PROPERTY = re.compile(r"\s*:([\w-]+):\s*(.*)$")
_EMPHASIS = re.compile(r"(?<![\w*/])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*/])")
_SLANTED = re.compile(r"(?<![\w*/:])/([^\s/](?:[^/\n]*[^\s/])?)/(?![\w*/])")


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    lines = head.split("\n")
    links = len(_LINK.findall(head))
    headings = sum(bool(_HEADING.match(line)) for line in lines)
    marks = headings + sum(bool(_KEYWORD.match(line)) for line in lines)
    if not marks or (not links and ":PROPERTIES:" not in head) or re.search(r"^#{1,6} ", head, re.M):
        return None
    found, _ = papers_of(blocks_of(_as_markdown(list(enumerate(lines, 1)))))
    if not found:
        return None
    seen = f"Org with {headings} headings, {links} links, {len(found)} papers"
    return Sniff(min(0.94, 0.86 + 0.02 * len(found)) if links else 0.7, seen)


def read(dump: Dump) -> Iterator[Item]:
    lines = list(dump.lines())
    numbers = [n for n, line in lines if line.strip()]
    title = next((m[2] for _, line in lines if (m := _KEYWORD.match(line)) and m[1].lower() == "title"), "")
    if title:
        yield About({"title": title})
    entries, reasons = papers_of(blocks_of(_as_markdown(lines)))
    yield from covered(numbers, entries, reasons, "text between the lists")


def _as_markdown(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines as Markdown, one for one."""
    return [(n, _line(line)) for n, line in lines]


def _line(line: str) -> str:
    if heading := _HEADING.match(line):
        return f"{'#' * min(6, len(heading[1]) + 1)} {_inline(heading[2])}"
    if keyword := _KEYWORD.match(line):
        return f"<!-- {keyword[1]} -->"
    if found := _PROPERTY.match(line):
        name, value = found[1].lower(), found[2].strip()
        if name in {"properties", "end", "custom_id", "id", "logbook"} or not value:
            return f"<!-- {name} -->"
        return f"{name.capitalize()}: {_inline(value)}\n".rstrip("\n")
    return _inline(line)


def _inline(text: str) -> str:
    text = _LINK.sub(lambda m: f"[{m[2] or 'link'}]({m[1]})", text)
    if "/" in text and "](" not in text and "://" not in text:
        text = _SLANTED.sub(r"_\1_", text)
    return _EMPHASIS.sub(r"**\1**", text)
