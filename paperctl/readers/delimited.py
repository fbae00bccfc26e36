"""Tables as delimited text: CSV, TSV and the semicolon files of spreadsheets."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError
from paperctl.readers import Sniff
from paperctl.readers._table import Columns, header_score
from paperctl.record.items import Fault, Item, Skip, Warned
from paperctl.text.numbers import counted

NAME = "csv"
ABOUT = "CSV, TSV and `;` tables: Scopus, Embase, IEEE, Rayyan, Covidence, Zotero, ASReview, plain"

_Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE
_DELIMITERS = (",", "\t", ";", "|")
_RULE = re.compile(r"[\s|:-]*$")
_HEADER_ROWS = 30
"""A header stands within so many rows: databases write the search and its date above it."""
_MAX_CELL = 1 << 24
_MAX_FAULTS = 20
_MAX_ROW_LINES = 2_000
"""A row over more lines than this has lost a quotation mark."""


class _Shape(NamedTuple):
    """How a table is written, and where its header ends."""

    delimiter: str
    quoting: _Quoting
    header: list[str]
    lines: tuple[int, int]
    score: int


def sniff(dump: Dump) -> Sniff | None:
    shape = _shape(dump.head)
    if shape is None:
        return None
    named = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}[shape.delimiter]
    cells = ", ".join(f"`{cell.strip()}`" for cell in shape.header[:8])
    why = f"header on line {shape.lines[0]} with {shape.score} known columns, apart by {named}: {cells[:160]}"
    if len(shape.header) == 1:
        return Sniff(0.35, why)
    below = [
        len(row)
        for lines, row in _rows(_first_table(dump.head, shape), shape.delimiter, shape.quoting)
        if lines[0] > shape.lines[1] and not isinstance(row, Fault)
    ]
    fitting = sum(1 for width in below if width >= max(2, len(shape.header) // 3))
    if not fitting:
        return Sniff(0.3, f"{why}; no rows")
    share = shape.score / max(2, min(len(shape.header), 6))
    sure = min(0.97, 0.7 + 0.3 * share) if shape.score > 1 else 0.5
    return Sniff(round(sure * fitting / len(below), 2), why)


def _first_table(head: str, shape: _Shape) -> Iterator[tuple[int, str]]:
    """The lines up to where another table begins, whose cells other signs part."""
    for n, line in enumerate(head.split("\n"), 1):
        if n > shape.lines[1] and header_delimiter(line) not in {"", shape.delimiter}:
            return
        yield n, line


def read(dump: Dump) -> Iterator[Item]:
    first = next((n for n, _ in dump.lines()), 1)  # a part of a dump keeps its numbers
    shape = _shape(dump.head, first)
    if shape is None:
        raise DumpError(
            f"{dump.name}: no header row with a title or abstract column among the first {_HEADER_ROWS} rows",
            "name the columns in the first line: title,abstract,authors,year,doi",
        )
    table = _Table(shape, *_usual_widths(dump.head, shape))
    for lines, cells in _rows(dump.lines(), shape.delimiter, shape.quoting):
        if isinstance(cells, Fault):
            yield cells
        elif lines[1] < shape.lines[0]:
            yield Skip(lines, "text above the header")
        else:
            yield from table.row(lines, cells)


class _Table:
    """The rows below a header, and those below the next header where a file holds several tables."""

    def __init__(self, shape: _Shape, least: int, most: int) -> None:
        self._shape, self._header, self._columns = shape, shape.header, Columns(shape.header)
        self._widest = max(len(shape.header), most)
        self._usual = least

    def row(self, lines: tuple[int, int], cells: list[str]) -> Iterator[Item]:
        """The items of a row: an entry and perhaps a warning, a skip or a fault."""
        last, expected = _filled(cells), len(self._header)
        if lines == self._shape.lines or cells == self._header:
            yield Skip(lines, "header")
        elif not last:
            yield Skip(lines, "empty row")
        elif self._is_header(cells):
            self._header, self._columns = cells, Columns(cells)
            self._widest = self._usual = len(cells)
            yield Skip(lines, "header")
        elif last > self._widest and not self._columns.fit(cells):
            message = f"a row of {counted(last, 'cell')} below a header of {expected}"
            yield Fault(lines, f"{message}: put cells that hold commas in quotes")
        elif len(cells) == 1 < expected and not header_score(self._header[:1]):
            yield Skip(lines, "a remark between rows")
        else:
            yield self._columns.entry(cells, lines)
            if last > self._widest or len(cells) < min(expected, self._usual):
                message = f"a row of {counted(len(cells), 'cell')} below a header of {expected}"
                yield Warned(lines, message)

    def _is_header(self, cells: list[str]) -> bool:
        """Whether a row begins another table: its cells are names of columns."""
        filled = sum(bool(cell.strip()) for cell in cells)
        return filled > 1 and header_score(cells) * 3 >= filled * 2


def _usual_widths(head: str, shape: _Shape) -> tuple[int, int]:
    """How many cells most rows of the head have, at least and at most: some exports drop the empty ones at
    the end, or write one more than their header."""
    widths = sorted(
        max(len(shape.header), _filled(row)) if len(row) > len(shape.header) else len(row)
        for lines, row in _rows(enumerate(head.split("\n"), 1), shape.delimiter, shape.quoting)
        if lines[0] > shape.lines[1] and not isinstance(row, Fault) and len(row) > 1
    )
    if not widths:
        return len(shape.header), len(shape.header)
    return widths[len(widths) // 2], widths[(len(widths) - 1) // 2]


def _filled(row: Sequence[str]) -> int:
    """The place of the last cell of a row that holds something."""
    return max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)


def _shape(head: str, first: int = 1) -> _Shape | None:
    """The delimiter and the header row that make most sense together, or None for no table of papers.
    `first` is the number of the first line."""
    best: _Shape | None = None
    numbered = list(enumerate((head + "\n").split("\n"), first))
    for delimiter in _DELIMITERS:
        if best and best.score > 3:
            break
        if delimiter in head:
            best = _header(numbered, delimiter, best.score if best else 0) or best
    return best or _single_column(numbered)


def _header(numbered: Sequence[tuple[int, str]], delimiter: str, least: int) -> _Shape | None:
    """The first row that is a header if this delimiter parts its cells, and scores more than `least`."""
    quoting = _quoting(numbered, delimiter)
    for lines, cells in islice(_rows(numbered, delimiter, quoting), _HEADER_ROWS):
        if isinstance(cells, Fault):
            return None
        if delimiter == "|" and (cells[:1] in ([], [""]) or _ruled(numbered, lines[1] - numbered[0][0] + 1)):
            return None  # a table of Markdown
        score = header_score(cells)
        if len(cells) > 1 and score > least:
            return _Shape(delimiter, quoting, cells, lines, score)
        if delimiter == "|":
            return None
    return None


_TITLES = re.compile(r"""(?:^|[,;\t])\s*"?(?:\w+ )?title"?\s*(?:[,;\t]|$)""", re.IGNORECASE)
_LONGEST_HEADER = 4_000


def header_delimiter(line: str) -> str:
    """What parts the cells of a line that can be nothing but the header of a table; "" for any other."""
    named = "itle" in line or "ITLE" in line  # spares the search in all other lines
    if not named or len(line) > _LONGEST_HEADER or not _TITLES.search(line):
        return ""
    for delimiter in _DELIMITERS[:3]:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=delimiter != "\t"), [])
        score = header_score(cells) if all(len(cell) < 40 for cell in cells) else 0
        if len(cells) > 1 and (score > 2 or score * 3 >= len(cells) * 2):
            return delimiter
    return ""


def _single_column(numbered: Sequence[tuple[int, str]]) -> _Shape | None:
    """The shape of a table that has titles alone: its first line is the column's name."""
    first = next(((n, line) for n, line in numbered if line.strip()), None)
    name = first[1].strip().strip('"') if first else ""
    if not first or any(sign in name for sign in _DELIMITERS) or not header_score([name]):
        return None
    return _Shape(",", csv.QUOTE_MINIMAL, [name], (first[0], first[0]), 1)


def _ruled(numbered: Sequence[tuple[int, str]], last: int) -> bool:
    """Whether a rule, as of a Markdown table, stands below the first `last` lines."""
    return last < len(numbered) and bool(_RULE.match(numbered[last][1]))


def _quoting(numbered: Iterable[tuple[int, str]], delimiter: str) -> _Quoting:
    """Whether `"` quotes cells: in tab-separated text it often is only a sign in a title."""
    if delimiter != "\t":
        return csv.QUOTE_MINIMAL
    rows = [line for _, line in numbered if line.strip()][:200]
    width = rows[0].count("\t") if rows else 0
    loose = [line for line in rows if line.count('"') % 2]
    return csv.QUOTE_NONE if loose and all(line.count("\t") == width for line in loose) else csv.QUOTE_MINIMAL


class _Runaway(Exception):
    """A row takes more lines than a row can."""


class _Held:
    """Lines for the csv module; those of the row that it reads are held, so that they can be read again."""

    def __init__(self, numbered: Iterable[tuple[int, str]]) -> None:
        self._source = iter(numbered)
        self._again: list[tuple[int, str]] = []
        self.lines: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        found = self._again.pop() if self._again else next(self._source)
        self.lines.append(found)
        if len(self.lines) > _MAX_ROW_LINES:
            raise _Runaway
        return found[1].replace("\0", "").replace("\r", " ") + "\n"

    def span(self) -> tuple[int, int] | None:
        """The first and the last line of the row that are not blank; None if all are."""
        numbers = [n for n, line in self.lines if line.strip()]
        return (numbers[0], numbers[-1]) if numbers else None

    def unclosed(self) -> bool:
        """Whether the row ran to the end of the file within quotes."""
        quotes = sum(line.count('"') for _, line in self.lines)
        return not self._again and quotes % 2 == 1

    def release_first(self) -> int:
        """Gives all lines of the row but the first back; the number of the first."""
        self._again.extend(reversed(self.lines[1:]))
        first = self.lines[0][0]
        self.lines.clear()
        return first


def _rows(
    numbered: Iterable[tuple[int, str]], delimiter: str, quoting: _Quoting
) -> Iterator[tuple[tuple[int, int], list[str] | Fault]]:
    """Rows with the lines they stand on; blank lines between rows are in none.

    A row that never ends has a quotation mark too many: its first line is a fault, and reading goes
    on with the next line.
    """
    csv.field_size_limit(_MAX_CELL)
    held = _Held(numbered)
    faults = 0
    while True:
        # Some tools write a blank behind each comma, and quotes behind that.
        reader = csv.reader(held, delimiter=delimiter, quoting=quoting, skipinitialspace=delimiter != "\t")
        try:
            for cells in reader:
                if cells and cells[-1].endswith("\n") and held.unclosed():
                    raise _Runaway
                span = held.span()
                if cells or span:
                    first = held.lines[0][0]
                    yield span or (first, held.lines[-1][0]), cells
                held.lines.clear()
            return
        except (_Runaway, csv.Error) as fault:
            n = held.release_first()
            why = "a quotation mark is never closed" if isinstance(fault, _Runaway) else str(fault)
            yield (n, n), Fault((n, n), f'row cannot be read ({why}): close or double the `"` in it')
            faults += 1
            if faults > _MAX_FAULTS:  # quotation marks mean nothing here, and looking for their ends is slow
                quoting = csv.QUOTE_NONE
