"""Which blocks of a Markdown document are papers, and why the others are none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from paperctl.readers._markdown.blocks import DETAIL, Block
from paperctl.readers._markdown.headed import add_labelled, headed_papers
from paperctl.readers._markdown.inline import as_markdown, is_label, plain
from paperctl.readers._markdown.mention import Mention, mention
from paperctl.readers._markdown.notes import FIELDS
from paperctl.readers._markdown.table import row_paper
from paperctl.readers._text import MARKDOWN_LINK, prose
from paperctl.record.items import Entry
from paperctl.text.fold import fold

OWN_MARK = re.compile(r"<!-- paperctl:(\S+) [0-9a-f]{6} -->")
_REASONS = {
    "item": "list item that names no paper",
    "row": "table row that names no paper",
    "rule": "table heading",
    "header": "table heading",
    "heading": "heading",
    "comment": "HTML comment",
    "code": "code block",
}


class _Candidate(NamedTuple):
    """A block that may be a paper, and what it says of one."""

    block: Block
    found: Mention


def papers_of(blocks: Sequence[Block]) -> tuple[list[Entry], dict[int, str]]:
    """The entries, and for each other line why it is none.

    An item is a paper by its link to one, its id, or its venue and year; and where its neighbours
    are, by its title alone.
    """
    reasons: dict[int, str] = {}
    entries = headed_papers(blocks)
    taken = {n for e in entries for n in range(e.lines[0], e.lines[1] + 1)}
    sure: list[_Candidate] = []
    unsure: list[_Candidate] = []
    for block in blocks:
        if block.first in taken:
            continue
        own = OWN_MARK.search(block.text)
        found = _found(block)
        if found and (found.sure or (own and not own[1].startswith("#"))):
            sure.append(_Candidate(block, found))
            continue
        if found and not own and "](#" not in block.text:
            unsure.append(_Candidate(block, found))
        reasons |= dict.fromkeys(range(block.first, block.last + 1), _reason(block))
    for candidate in _by_their_neighbours(sure, unsure):
        sure.append(candidate)
        for number in range(candidate.block.first, candidate.block.last + 1):
            del reasons[number]
    return [*entries, *(entry_of(block, found) for block, found in sure)], reasons


def _found(block: Block) -> Mention | None:
    own = OWN_MARK.search(block.text)
    if own and own[1].endswith("/code"):
        return None
    if block.kind == "item":
        return mention(block.text, True) if own else _item(block)
    return row_paper(block, bool(own)) if block.kind == "row" and block.header else None


def _item(block: Block) -> Mention | None:
    """The paper of a list item; labelled lines below its first ("Authors: …") say what they hold."""
    lines = block.text.split("\n")
    told: list[tuple[str, str]] = []
    rest = lines[:1]
    for line in lines[1:]:
        label = _LABELLED.match(plain(line)) if DETAIL.match(plain(line)) else None
        if label is None:
            rest.append(line)
        elif links := MARKDOWN_LINK.findall(as_markdown(line)):
            rest += [
                f"[{words if is_label(words) and words != 'link' else label[1]}]({url})"
                for words, url in links
            ]
        else:
            told.append((fold(label[1]), label[2]))
    found = mention("\n".join(rest))
    if found:
        add_labelled(found, told)
        found.sure = found.sure or len({FIELDS.get(name) for name, _ in told} & _TELLING) > 1
    return found


_LABELLED = re.compile(r"([A-Za-z][A-Za-z ;]{1,20}?)\s*[:：]\s*(.+)", re.S)
_TELLING = {"authors", "venue", "abstract", "doi", "year"}


def _reason(block: Block) -> str:
    own = OWN_MARK.search(block.text)
    if own and own[1].endswith("/code"):
        return "code table of the papers above"
    if block.kind in {"item", "row"} and "](#" in block.text:
        return "table of contents"
    return _REASONS.get(block.kind, "text between the lists")


def _by_their_neighbours(sure: Sequence[_Candidate], unsure: Sequence[_Candidate]) -> list[_Candidate]:
    """Items without proof among papers: in the same part of the document, their titles marked alike."""
    proven: dict[tuple[Any, ...], int] = defaultdict(int)
    waiting: dict[tuple[Any, ...], list[_Candidate]] = defaultdict(list)
    for candidate in sure:
        proven[_kind(candidate)] += 1
    for candidate in unsure:
        waiting[_kind(candidate)].append(candidate)
    found: list[_Candidate] = []
    for kind, candidates in waiting.items():
        good = [c for c in candidates if _titled(c)]
        marked = kind[-1] in {"bold", "quoted"} or kind[1] == "row"
        least = 1 if marked else max(2, len(candidates))
        if proven[kind] >= least:
            found += good
    return found


def _kind(candidate: _Candidate) -> tuple[Any, ...]:
    """What neighbours have in common: the part of the document, the kind of block, the title's mark."""
    block = candidate.block
    if block.kind == "row":
        return block.section, "row", tuple(block.header)
    return block.section, block.kind, block.indent, candidate.found.mark


def _titled(candidate: _Candidate) -> bool:
    """Whether an item's title reads like one, and links to nothing that is no paper."""
    block, found = candidate
    title = found.fields["title"]
    words = len(title.split())
    beside = found.fields.keys() & {"authors", "venue", "year"}
    if found.tool or prose(title) > 0:
        return False
    return words >= 3 or bool(beside) or (block.kind == "row" and found.mark == "bold")


def entry_of(block: Block, found: Mention) -> Entry:
    """The entry of a block."""
    own = OWN_MARK.search(block.text)
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
