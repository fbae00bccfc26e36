"""A dump that holds several formats one after another, as `cat *` makes it: each part and its reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from paperctl.dumps.dump import Dump
from paperctl.dumps.part import Part
from paperctl.readers import Reader, readers
from paperctl.readers.delimited import header_delimiter
from paperctl.reading.recognise import sniffed
from paperctl.record.items import Skip

_STARTS = {
    "@": ("bibtex", re.compile(r"@\s*[A-Za-z]+\s*[{(]\s*[^\s,{}()=\"]*\s*,")),
    "T": ("ris", re.compile(r"TY {0,3}- +[A-Z]{3,}\s*$")),
    "P": ("nbib", re.compile(r"PMID ?- ?\d+\s*$")),
    "F": ("wos", re.compile(r"FN (?:Clarivate|Thomson|ISI)")),
    "%": ("refer", re.compile(r"%0 [A-Z]\w+")),
}
"""How the first record of a format begins, by its first sign; no other format has lines like these."""
_MIXED = frozenset(("bibtex", "ris", "nbib", "wos", "refer", "csv"))
"""Formats whose files are put together by appending one to another. All others would not be read then."""
_HIDDEN = frozenset(("csv", "json", "jsonl", *_MIXED))
_RECORD_ENDS = re.compile(r"\s*(?:[})]|ER *-?.*|EF)?\s*$")


class _Start(NamedTuple):
    """Where a part begins; `mark` is what parts the cells of a table."""

    format: str
    line: int
    mark: str = ""


def parts_of(dump: Dump, reader: Reader) -> list[tuple[Dump, Reader]]:
    """The parts of a dump, each with its reader; the dump alone where it is of one format.

    A part begins where a record of another format does, on a line after a blank one or the end of a record.
    """
    if reader.NAME not in _MIXED:
        return [(dump, reader)]
    starts = _changes(_starts(dump, reader.NAME))
    if starts and (above := _above(dump, starts[0])):
        starts.insert(0, above)
    known = readers()
    if len(starts) < 2 or any(start.format not in known for start in starts):
        return [(dump, reader)]
    firsts = [1, *(start.line for start in starts[1:])]
    lasts = [first - 1 for first in firsts[1:]]
    ends: list[int | None] = [*lasts, None]
    return [
        (Part(dump, first, last), known[start.format])
        for start, first, last in zip(starts, firsts, ends, strict=True)
    ]


def _above(dump: Dump, first: _Start) -> _Start | None:
    """The dump of another format above the first record, such as a table, if one is there."""
    reader = _sniffed(Part(dump, 1, first.line - 1)) if first.line > 1 else None
    return _Start(reader.NAME, 1) if reader and first.format != reader.NAME else None


def _starts(dump: Dump, name: str) -> Iterator[_Start]:
    """Where records begin that say by their first line which format they are of."""
    before, quotes, begun = "", 0, name != "csv"
    for n, line in dump.lines():
        within = name == "csv" and quotes % 2  # a cell may hold any lines
        found = "" if within else _begins(line)
        if found and (name == "csv" or found == "wos" or _RECORD_ENDS.match(before)):
            begun = True
            yield _Start(found, n)
        elif line.strip() and not begun:
            begun = True
            yield _Start(name, n)
        outside = not (within or found) and (name == "csv" or _RECORD_ENDS.match(before))
        if outside and (mark := header_delimiter(line)):
            yield _Start("csv", n, mark)
        before, quotes = line, quotes + line.count('"')


def _begins(line: str) -> str:
    """The format whose records begin with such a line, if one has them."""
    sign = line.lstrip()[:1]
    if sign not in _STARTS:
        return ""
    format, pattern = _STARTS[sign]
    return format if pattern.match(line.lstrip() if sign == "@" else line) else ""


def _changes(starts: Iterator[_Start]) -> list[_Start]:
    """The starts at which the format changes, or what parts the cells of a table."""
    changes: list[_Start] = []
    for start in starts:
        if not changes or changes[-1].format != start.format or changes[-1].mark not in {"", start.mark}:
            changes.append(start)
        elif start.mark:
            changes[-1] = changes[-1]._replace(mark=start.mark)
    return changes


_TEXT_OUTSIDE = frozenset(("text between records", "text between entries", "text between the lists"))
_SURE = 0.85


def hidden_in(dump: Dump, skip: Skip) -> tuple[Dump, Reader] | None:
    """What a reader took for text between its records, if it is a dump of another format, and its reader."""
    if skip.reason not in _TEXT_OUTSIDE:
        return None
    part = Part(dump, *skip.lines)
    if skip.lines[0] == skip.lines[1] and not part.head.lstrip().startswith("{"):
        return None  # one line is no table
    reader = _sniffed(part)
    return (part, reader) if reader else None


def _sniffed(part: Part) -> Reader | None:
    """The reader that is sure of a part, among those of formats that no text looks like by chance."""
    found: list[tuple[float, Reader]] = []
    for reader in readers().values():
        sniff = sniffed(reader, part) if reader.NAME in _HIDDEN else None
        if sniff and sniff.score >= _SURE:
            found.append((sniff.score, reader))
    return max(found, key=lambda pair: pair[0])[1] if found else None
