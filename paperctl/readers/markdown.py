"""Markdown that lists papers: awesome lists, tables, reading lists of paperctl's own, notes.

Four shapes are read: list items (with the lines below them), table rows with a column of titles,
headings with a paper's particulars below each, and one note per file with front matter as
Obsidian and Zettlr keep it. What proves an item a paper is a link to one, its arXiv id, or its
venue and year; items that link to tools, pages or other lists are skipped with that reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._markdown_blocks import DETAIL, Block, blocks_of, plain
from paperctl.readers._mentions import Mention, mention, unescaped
from paperctl.readers._notes import FIELDS, note, notes_in
from paperctl.readers._text import MARKDOWN_LINK, covered, in_title_case, links, people, prose
from paperctl.record.items import About, Entry, Item
from paperctl.text.fold import fold

NAME = "markdown"
ABOUT = "Markdown: awesome lists, tables, reading lists (also paperctl's own), notes with front matter"

_OWN_MARK = re.compile(r"<!-- paperctl:(\S+) [0-9a-f]{6} -->")
_TITLE_COLUMN = re.compile(
    r"(?:paper ?)?titles?|papers?|names?|works?|publications?|articles?|论文", re.IGNORECASE
)
_LINK_COLUMNS = frozenset(
    ("code", "github", "paper", "title", "link", "links", "pdf", "arxiv", "topics", "url")
)
_LONG_BODY = 60
"""A heading with more blocks below it heads a part of the document, not a paper."""


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if head.lstrip()[:1] in {"<", "{", "@", "%"} and not head.lstrip().startswith("<!--"):
        return None
    if _OWN_MARK.search(head):
        return Sniff(0.99, "carries the marks of a list that paperctl made")
    numbered = list(enumerate(head.split("\n"), 1))
    if paper := note(numbered):
        return Sniff(0.93, f"a note whose front matter has {', '.join(paper.fields)}")
    blocks = blocks_of(numbered)
    found, _ = _papers(blocks)
    items = [b for b in blocks if b.kind in {"item", "row"} and not re.search(r"\]\(#", b.text)]
    headed = [b for b in blocks if b.kind == "heading"]
    linked = len(MARKDOWN_LINK.findall(head))
    if len(found) < max(1, 0.05 * len(items)) or (not headed and linked < len(found)):
        return _loose_sniff(blocks, bool(headed))
    awesome = any("awesome" in b.text.lower() for b in headed[:3])
    share = len(found) / max(1, len(items), len(found))
    score = min(
        0.96, 0.6 + 0.1 * min(2, len(found) // 2) + 0.15 * share + 0.1 * awesome + 0.05 * bool(headed)
    )
    return Sniff(
        score, f"Markdown with {len(found)} papers among {len(items)} items" + " of an awesome list" * awesome
    )


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
    papers = [(kept, note(kept[1:])) for kept in several] or [(lines, note(lines))]
    if several or papers[0][1]:
        found = [_note_entry(kept, paper) for kept, paper in papers if paper]
        yield from covered(numbers, found, {}, "index of the notes")
        return
    blocks = blocks_of(lines)
    title = next((b.text for b in blocks if b.kind == "heading"), "")
    if title:
        yield About({"title": unescaped(MARKDOWN_LINK.sub("", title)).strip()})
    entries, reasons = _papers(blocks)
    if not entries:
        entries = [_entry(b, m) for b in blocks if b.kind == "item" and (m := _bare_title(b))]
    yield from covered(numbers, entries, reasons, "text between the lists")


# ---- papers -----------------------------------------------------------------------------------
def _papers(blocks: Sequence[Block]) -> tuple[list[Entry], dict[int, str]]:
    """The entries, and why other lines are none."""
    reasons: dict[int, str] = {}
    entries = _headed(blocks)
    taken = {n for e in entries for n in range(e.lines[0], e.lines[1] + 1)}
    for block in blocks:
        if block.first in taken:
            continue
        reason = _REASONS.get(block.kind)
        own = _OWN_MARK.search(block.text)
        if block.kind == "item" or (block.kind == "row" and block.header):
            found = mention(block.text, bool(own)) if block.kind == "item" else _in_row(block, bool(own))
            if own and own[1].endswith("/code"):
                reason = "code table of the papers above"
            elif found and (found.sure or (own and not own[1].startswith("#"))):
                entries.append(_entry(block, found))
                continue
            elif "](#" in block.text:
                reason = "table of contents"
        for number in range(block.first, block.last + 1):
            reasons[number] = reason or "text between the lists"
    return entries, reasons


_REASONS = {
    "item": "list item that names no paper",
    "row": "table row that names no paper",
    "rule": "table heading",
    "header": "table heading",
    "heading": "heading",
    "comment": "HTML comment",
    "code": "code block",
}


def _entry(block: Block, found: Mention) -> Entry:
    own = _OWN_MARK.search(block.text)
    key = own[1].split("/")[0] if own else None
    if own and block.kind == "item":
        _add_decision(found.fields, block.text)
    if block.section and not own:
        found.extra["section"] = block.section
    return Entry(found.fields, (block.first, block.last), key=key, extra=found.extra)


def _add_decision(fields: dict[str, Any], text: str) -> None:
    """The decision that a list of paperctl's own shows by its box and its strike."""
    if re.match(r"\[[xX]\]", text):
        fields["decision"] = "keep"
    elif "_skipped_" in text:
        fields["decision"] = "skip"
    elif "_maybe_" in text:
        fields["decision"] = "maybe"


def _in_row(block: Block, ours: bool) -> Mention | None:
    """The paper of a table row: its title stands in the column of titles, else in a link of many words."""
    cells = block.cells
    at = next((n for n, name in enumerate(block.header) if _TITLE_COLUMN.fullmatch(plain(name))), len(cells))
    if at >= len(cells) or (len(plain(cells[at]).split()) < 2 and not ours):
        wordy = [n for n, cell in enumerate(cells) if any(len(k.text.split()) > 2 for k in links(cell))]
        if not wordy:
            return None
        at = wordy[0]
    others = [c for n, c in enumerate(cells) if n != at]
    title = re.sub(r"<br\s*/?>", " ", cells[at])
    found = mention(f"{title if '**' in title else f'**{title}**'} · {' · '.join(others)}", ours)
    for n, (name, cell) in enumerate(zip(block.header, cells, strict=False)):
        label, value = fold(plain(name)), plain(cell)
        known = FIELDS.get(label)
        if not found or not value or n == at or label in _LINK_COLUMNS or (ours and label == "topics"):
            continue
        if known == "year" and (year := re.search(r"(?:19|20)\d\d", value)):
            found.fields["year"] = int(year[0])
        elif known == "venue":
            found.fields.setdefault("venue", re.sub(r"\s*(?:19|20)\d\d$", "", value))
        elif known == "authors":
            found.fields[known] = people(value)
        elif known:
            found.fields[known] = value
        else:
            found.extra.setdefault(label.replace(" ", "_"), value)
    return found


def _note_entry(lines: Sequence[tuple[int, str]], paper: Mention) -> Entry:
    held = [n for n, line in lines if line.strip()]
    key = paper.extra.pop("paperctl", None) or paper.extra.pop("citekey", None)
    return Entry(paper.fields, (held[0], held[-1]), key=str(key) if key else None, extra=paper.extra)


def _headed(blocks: Sequence[Block]) -> list[Entry]:
    """Papers that are headings with their particulars below; only where most headings of a level are."""
    counted: Counter[int] = Counter()
    found: list[tuple[int, Entry]] = []
    for at, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        end = next(
            (
                k
                for k in range(at + 1, len(blocks))
                if blocks[k].kind == "heading" and blocks[k].level <= block.level
            ),
            len(blocks),
        )
        body = blocks[at + 1 : end]
        counted[block.level] += 1
        entry = _headed_paper(block, body)
        if entry:
            found.append((block.level, entry))
    levels = Counter(level for level, _ in found)
    return [e for level, e in found if levels[level] >= 2 and 2 * levels[level] > counted[level]]


def _headed_paper(heading: Block, body: Sequence[Block]) -> Entry | None:
    if not 0 < len(body) <= _LONG_BODY or any(b.kind in {"row", "rule"} for b in body):
        return None
    words = re.sub(r"^\W*\d{1,4}[.):]?\s+", "", heading.text)
    found = mention(f"**{words}**" if "**" not in words else words)
    if not found or sum(bool(b.kind == "item" and (m := mention(b.text)) and m.sure) for b in body) > 1:
        return None
    labelled, abstract = _labelled(body)
    for name, value in labelled.items():
        known = FIELDS.get(name)
        if known:
            found.fields.setdefault(known, people(value) if known == "authors" else value)
        elif name in {"summary", "tldr", "tl dr"}:
            abstract = abstract or value
        else:
            found.extra.setdefault(name.replace(" ", "_"), value)
    linked = mention(f"**{plain(words)}** " + " ".join(b.text for b in body if b.kind != "code"))
    if linked:
        found.fields = {**linked.fields, **found.fields}
    if abstract:
        found.fields.setdefault("abstract", abstract)
    if not (
        found.sure
        or (linked and linked.sure)
        or labelled.keys() & {"authors", "abstract", "doi", "arxiv", "paper"}
    ):
        return None
    return Entry(found.fields, (heading.first, body[-1].last), extra=found.extra)


def _labelled(body: Sequence[Block]) -> tuple[dict[str, str], str]:
    """The labelled lines below a heading, and its longest prose."""
    labelled: dict[str, str] = {}
    abstract = ""
    for block in body:
        if block.kind not in {"text", "item"}:
            continue
        for line in block.text.split("\n"):
            bare = plain(line.lstrip("> "))
            label = re.match(r"([A-Za-z][A-Za-z ;]{1,20}?)\s*[:：]\s+(.+)", bare)
            if label and DETAIL.match(bare):
                labelled.setdefault(fold(label[1]), label[2])
        whole = plain(" ".join(part.lstrip("> ") for part in block.text.split("\n")))
        if (
            block.kind == "text"
            and not DETAIL.match(whole)
            and prose(whole) > 4
            and len(whole) > len(abstract)
        ):
            abstract = whole
    return labelled, abstract


def _bare_title(block: Block) -> Mention | None:
    """A list item that is nothing but a title; taken only where no item proves itself a paper."""
    found = mention(block.text)
    if not found or "](#" in block.text or len(found.fields["title"].split()) < 3:
        return None
    return found if prose(found.fields["title"]) < 0 and len(block.text) < 300 else None
