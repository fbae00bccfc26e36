"""Tables in HTML within Markdown: their rows, with the lines on which each stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

_OPEN = re.compile(r"<table\b", re.IGNORECASE)
_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^<>]*>", re.IGNORECASE)
_CELL = re.compile(r"<t([dh])\b([^<>]*)>(.*?)(?=</?t[dhr]\b|</?t(?:able|body|head|foot)\b|\Z)", re.I | re.S)
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_MOST_LINES = 20_000
"""Lines of the longest table; one that is not closed by then is read as text."""

AddRow = Callable[[int, int, list[str], list[str]], None]


def without_tables(lines: Sequence[tuple[int, str]], add_row: AddRow) -> Iterator[tuple[int, str]]:
    """The lines outside of tables in HTML; the rows of these go to `add_row` in their turn."""
    ends = [at for at, (_, line) in enumerate(lines) if "</" in line and _CLOSE.search(line)]
    at = 0
    while at < len(lines):
        number, line = lines[at]
        if "<" in line and _OPEN.search(line):
            while ends and ends[0] < at:
                ends.pop(0)
            if ends and ends[0] - at < _MOST_LINES and _table(lines[at : ends[0] + 1], add_row):
                at = ends[0] + 1
                continue
        yield number, line
        at += 1


class _Grid:
    """The cells of rows as columns: a cell may stand over several rows and columns."""

    def __init__(self) -> None:
        self._over: dict[int, tuple[int, str]] = {}

    def row(self, cells: Sequence[tuple[str, str, str]]) -> list[str]:
        """The cells of the next row with those that stand in it from above."""
        found: list[str] = []
        for _, attributes, inner in cells:
            self._fill(found)
            text = " ".join(inner.split())
            spans = {name.lower(): int(count) for name, count in _SPAN.findall(attributes)}
            for _ in range(max(1, min(spans.get("col", 1), 50))):
                if spans.get("row", 1) > 1:
                    self._over[len(found)] = (spans["row"] - 1, text)
                found.append(text)
        self._fill(found)
        return found

    def _fill(self, found: list[str]) -> None:
        """Puts in the cells that stand here from above."""
        while (here := self._over.pop(len(found), None)) and len(found) < 200:
            left, text = here
            if left > 1:
                self._over[len(found)] = (left - 1, text)
            found.append(text)


def _table(lines: Sequence[tuple[int, str]], add_row: AddRow) -> bool:
    """Hands on the rows of a table; whether there are any with more than one cell."""
    text = "\n".join(line for _, line in lines)
    starts = [found.start() for found in _ROW.finditer(text)]
    rows = []
    grid = _Grid()
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        cells = _CELL.findall(text, start, end)
        if cells:
            first = lines[text.count("\n", 0, start)][0]
            last = lines[text.count("\n", 0, _end(text, start, end))][0]
            rows.append((first, last, grid.row(cells), cells[0][0] in "hH"))
    if not any(len(cells) > 1 for _, _, cells, _ in rows):
        return False
    named = rows[0][3] or not re.search(r"https?://", " ".join(rows[0][2]))
    header = rows[0][2] if named else [""] * len(rows[0][2])
    for n, (first, last, cells, _) in enumerate(rows):
        add_row(first, last, cells, [] if n == 0 and named else header)
    return True


_CELL_END = re.compile(r"</t[dhr]\s*>", re.IGNORECASE)


def _end(text: str, start: int, end: int) -> int:
    """Where a row ends: at the last end tag of a cell or a row, else before what follows."""
    ends = [found.start() for found in _CELL_END.finditer(text, start, end)]
    return ends[-1] if ends else start + len(text[start:end].rstrip()) - 1
