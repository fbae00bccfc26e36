"""Markdown that lists papers: awesome lists, tables, reading lists of paperctl's own, notes.

Four shapes are read: list items (with the lines below them), table rows with a column of titles,
headings with a paper's particulars below each, and one note per file with front matter as
Obsidian and Zettlr keep it. What proves an item a paper is a link to one, its arXiv id, its
venue and year, or its neighbours; items that link to tools, pages or other lists are skipped
with that reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._markdown.blocks import Block, blocks_of
from paperctl.readers._markdown.inline import unescaped
from paperctl.readers._markdown.mention import Mention, mention
from paperctl.readers._markdown.notes import note, notes_in
from paperctl.readers._markdown.papers import OWN_MARK, entry_of, papers_of
from paperctl.readers._text import MARKDOWN_LINK, covered, in_title_case, prose
from paperctl.record.items import About, Entry, Item

NAME = "markdown"
ABOUT = "Markdown: awesome lists, tables, reading lists (also paperctl's own), notes with front matter"

_STRUCTURE = re.compile(r"^ {0,3}(?:#{1,6}\s+\S|[-*+]\s+\S|\d{1,4}[.)]\s+\S|\|.*\|\s*$)", re.M)


_LINKS = (MARKDOWN_LINK, re.compile(r"<a\s[^<>]*href"), re.compile(r"^\s*[-*+] .*https?://", re.M))
_TITLE_LABELS = re.compile(r"^\s*[-*+]\s+\*{0,2}title\*{0,2}\s*:", re.M | re.IGNORECASE)
"""Links of Markdown, of HTML, and bare ones in items with a bullet; and items that label a title, which prove
as much."""


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    start = head.lstrip()
    if _is_other(start):
        return None
    if OWN_MARK.search(head):
        return Sniff(0.99, "carries the marks of a list that paperctl made")
    numbered = list(enumerate(head.split("\n"), 1))
    if paper := note(numbered):
        return Sniff(0.93, f"a note whose front matter has {', '.join(paper.fields)}")
    blocks = blocks_of(numbered)
    found, _ = papers_of(blocks)
    items = [b for b in blocks if b.kind in {"item", "row"} and not re.search(r"\]\(#", b.text)]
    headed = [b for b in blocks if b.kind == "heading"]
    linked = sum(len(mark.findall(head)) for mark in (*_LINKS, _TITLE_LABELS))
    if len(found) < max(1, 0.05 * len(items)) or (not headed and linked < len(found)):
        return _references_sniff(blocks, found) or _loose_sniff(blocks, bool(headed))
    awesome = any("awesome" in b.text.lower() for b in headed[:3])
    share = len(found) / max(1, len(items), len(found))
    score = min(
        0.96, 0.6 + 0.1 * min(2, len(found) // 2) + 0.15 * share + 0.1 * awesome + 0.05 * bool(headed)
    )
    return Sniff(
        score, f"Markdown with {len(found)} papers among {len(items)} items" + " of an awesome list" * awesome
    )


def _is_other(start: str) -> bool:
    """Whether a text begins as JSON, BibTeX, refer or a page in HTML does."""
    return start[:1] in {"{", "@", "%"} or (start[:1] == "<" and not _below_html(start))


def _below_html(text: str) -> bool:
    """Whether Markdown stands below the HTML that a text begins with: a logo, a heading in the middle."""
    if re.match(r"<(?:!doctype|html|\?xml)\b", text, re.IGNORECASE):
        return len(_STRUCTURE.findall(text)) >= 2
    return (
        text.startswith("<!--")
        or len(_STRUCTURE.findall(text)) >= 2
        or text.count("\n<") < text.count("\n") / 3
    )


def _references_sniff(blocks: Sequence[Block], found: Sequence[Entry]) -> Sniff | None:
    """What tells a list of references: nearly all of it has people and a year, as no other text has."""
    kinds = {"heading", "comment", "front", "break", "code"}
    others = [b for b in blocks if b.kind not in kinds and not (b.kind == "text" and len(b.text) < 40)]
    introduced = sum(b.kind == "text" and prose(b.text) > 4 for b in others[:2])
    cited = sum({"authors", "year"} <= entry.fields.keys() for entry in found)
    if cited >= max(2, 0.8 * (len(others) - introduced)):
        return Sniff(0.7, f"{cited} references, each with people and a year")
    return None


def _loose_sniff(blocks: Sequence[Block], headed: bool) -> Sniff | None:
    titles = [b for b in blocks if b.kind == "item" and _bare_title(b)]
    items = [b for b in blocks if b.kind == "item"]
    cased = sum(in_title_case(t.text) for t in titles)
    others = sum(b.kind in {"text", "code"} for b in blocks)
    if headed and len(titles) >= max(3, 0.8 * len(items), 2 * others) and cased >= 0.6 * len(titles):
        return Sniff(0.5, f"{len(titles)} of {len(items)} list items read like titles")
    return None


def read(dump: Dump) -> Iterator[Item]:
    lines = list(dump.lines())
    numbers = [n for n, line in lines if line.strip()]
    several = notes_in(lines)
    notes = [_note_entry(kept, note(kept[1:])) for kept in several] or [_note_entry(lines, note(lines))]
    if several or notes[0]:
        yield from covered(numbers, filter(None, notes), {}, "index of the notes")
        return
    blocks = blocks_of(lines)
    title = next((b.text for b in blocks if b.kind == "heading"), "")
    if title:
        yield About({"title": unescaped(MARKDOWN_LINK.sub("", title)).strip()})
    entries, reasons = papers_of(blocks)
    if not entries:
        entries = [entry_of(b, m) for b in blocks if b.kind == "item" and (m := _bare_title(b))]
    yield from covered(numbers, entries, reasons, "text between the lists")


def _note_entry(lines: Sequence[tuple[int, str]], paper: Mention | None) -> Entry | None:
    if paper is None:
        return None
    held = [n for n, line in lines if line.strip()]
    key = paper.extra.pop("paperctl", None) or paper.extra.pop("citekey", None)
    return Entry(paper.fields, (held[0], held[-1]), key=str(key) if key else None, extra=paper.extra)


def _bare_title(block: Block) -> Mention | None:
    """A list item that is nothing but a title; taken only where no item proves itself a paper."""
    found = mention(block.text)
    if not found or "](#" in block.text or len(found.fields["title"].split()) < 3:
        return None
    return found if prose(found.fields["title"]) < 0 and len(block.text) < 300 else None
