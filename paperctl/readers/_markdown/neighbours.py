"""Items that nothing proves papers, by their neighbours: lists are written alike from end to end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from paperctl.readers._markdown.blocks import Block
from paperctl.readers._markdown.hosts import NO_PAPER_HOST
from paperctl.readers._markdown.mention import Mention
from paperctl.readers._markdown.places import place_in
from paperctl.readers._text import in_title_case, prose


class Candidate(NamedTuple):
    """A block that may be a paper, and what it says of one."""

    block: Block
    found: Mention


_LEAST = 3
"""So many items of one kind show how a list is written."""


def by_their_neighbours(sure: Sequence[Candidate], unsure: Sequence[Candidate]) -> list[Candidate]:
    """Items without proof among papers: in the same part of the document, their titles marked alike; items
    with a venue and a year where most have them; paragraphs where several of them are papers."""
    list_ = _List(sure, unsure)
    waiting: dict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for candidate in unsure:
        waiting[_kind(candidate)].append(candidate)
    found: list[Candidate] = []
    for candidates in waiting.values():
        text = candidates[0].block.kind == "text"
        found += _paragraphs(candidates, unsure) if text else list_.papers_in(candidates)
    return found


class _List:
    """How a list is written: how many items of each kind and shape are papers, and how many have a year."""

    def __init__(self, sure: Sequence[Candidate], unsure: Sequence[Candidate]) -> None:
        items = [c for c in (*sure, *unsure) if c.block.kind == "item"]
        self._sure = sure
        self._proven = Counter(map(_kind, sure))
        self._everywhere = Counter(map(_shape, sure))
        self._shapes = Counter(_shape(c) for c in unsure if c.block.kind == "item")
        self._items = Counter(map(_level, items))
        self._dated = Counter(map(_level, filter(_is_dated, items)))

    def papers_in(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those of some items of one kind that are papers."""
        kind, shape = _kind(candidates[0]), _shape(candidates[0])
        proven, everywhere, open_ = self._proven[kind], self._everywhere[shape], self._shapes[shape]
        marked = kind[-1] in {"bold", "quoted", "cited"} or kind[1] == "row"
        least = 1 if marked else max(2, len(candidates))
        written_so = everywhere >= max(_LEAST, 2 * open_)
        most = proven >= max(_LEAST, 2 * len(candidates)) or everywhere >= max(_LEAST, 4 * open_)
        if proven >= least or (written_so and proven):
            return [c for c in candidates if _titled(c, most)]
        if written_so and marked:
            return [c for c in candidates if _titled(c) and c.found.fields.keys() & _AROUND]
        level = _level(candidates[0])
        return self._among(candidates) if self._dated[level] >= max(_LEAST, 0.5 * self._items[level]) else []

    def _among(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Items that are dated, or stand among such, where most are."""
        items = [c for c in candidates if c.block.kind == "item"]
        return [
            c
            for c in items
            if _titled(c) and (c.found.fields.get("year") or _among_dated(c, items, self._sure))
        ]


def _paragraphs(candidates: Sequence[Candidate], unsure: Sequence[Candidate]) -> list[Candidate]:
    """The paragraphs that are papers, if a document has several."""
    several = sum(c.block.kind == "text" and c.found.sure for c in unsure) >= 2
    return [c for c in candidates if several and c.found.sure and prose(c.found.fields["title"]) < 2]


def _is_dated(candidate: Candidate) -> bool:
    """Whether a venue and a year, or a year in brackets, stand next to a title."""
    fields = candidate.found.fields
    marked = candidate.found.mark not in {"plain", "cited"}
    return bool(fields.get("year") and (fields.get("venue") or fields.get("authors") or not marked))


def _among_dated(candidate: Candidate, unsure: Sequence[Candidate], sure: Sequence[Candidate]) -> bool:
    """Whether nearly all items of a part of the document are dated, so that any is a paper."""
    alike = [*unsure, *(c for c in sure if _kind(c)[:3] == _kind(candidate)[:3])]
    dated = sum(map(_is_dated, alike))
    return dated >= _LEAST and dated >= 0.7 * len(alike) and len(candidate.found.fields["title"].split()) > 2


def _kind(candidate: Candidate) -> tuple[object, ...]:
    """What neighbours have in common: the part of the document, the kind of block, the title's mark."""
    block = candidate.block
    if block.kind == "row":
        return block.section, "row", tuple(block.header)
    return block.section, block.kind, block.indent, candidate.found.mark


def _shape(candidate: Candidate) -> tuple[object, ...]:
    """What the items of a whole document have in common."""
    return _kind(candidate)[1:]


_AROUND = {"authors", "venue", "year", "code_urls"}


def _level(candidate: Candidate) -> tuple[str, int]:
    return candidate.block.kind, candidate.block.indent


def _titled(candidate: Candidate, most: bool = False) -> bool:
    """Whether an item's title reads like one, and links to nothing that is no paper; where `most` items are
    papers, any page may hold one."""
    block, found = candidate
    title = found.fields["title"]
    words = len(title.split())
    alike = found.fields.keys() & {"authors", "venue", "year"}
    if any(map(NO_PAPER_HOST.search, [block.text, *block.details])):
        return False
    if found.tool and not (most and words >= 3 and not found.fields.get("code_urls")):
        return False
    dated = {"venue", "year"} <= found.fields.keys()
    if place_in(title) is not None:
        return False
    if prose(title) > (3 if dated else 0) and not (alike and in_title_case(title)):
        return False
    return words >= 3 or bool(alike) or (block.kind == "row" and found.mark == "bold")
