"""Papers as a table that fits the terminal.

As many rows as one reads go through rich, which wraps titles; beyond that, where rich would
take a second a thousand rows, rows stream out one line each in the same columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from paperctl.record import Record
from paperctl.terminal.colour import DECISIONS, paint, speaks_unicode
from paperctl.terminal.columns import GAP, Column, cell, columns, id_length, named
from paperctl.terminal.highlight import spans
from paperctl.text.width import cut, pad
from paperctl.text.width import width as cells_of
from paperctl.text.width import wrap as wrap_text

if TYPE_CHECKING:
    from paperctl.query import Sought

READABLE = 300
"""Rows up to which a table is set by rich."""

NARROW = 60
"""A terminal of fewer columns shows the fields of a paper below each other."""

_FOUND = "bold underline"
_DECISIONS = {**DECISIONS, "skip": "dim"}


def print_table(
    records: Iterable[Record],
    fields: Sequence[str] | None = None,
    *,
    width: int | None = None,
    wrap: bool = False,
    colour: bool = False,
    terms: Sequence[Sought] = (),
    out: TextIO,
) -> None:
    """Writes the records to `out`, no line wider than `width` (the terminal's if None): one line each, what
    is too long cut; whole if `wrap`; fields below each other where there is no room for columns.

    `fields` are the columns, in their order; without them the default ones that have something to
    say. `terms` are shown where they stand. Text is cleaned and never read as markup.
    """
    rows = iter(records)
    first = list(islice(rows, READABLE + 1))
    if not first:
        return
    mark = "✓" if speaks_unicode(out) else "x"
    room = width or get_terminal_size().columns
    if not colour:
        terms = ()
    if room < NARROW:
        for line in _stacked(chain(first, rows), fields, room, id_length(first), mark, colour, terms):
            out.write(line + "\n")
        return
    fitted = columns(fields, first, room, mark=mark)
    if wrap and len(first) <= READABLE:
        _set_by_rich(first, fitted, mark, colour, terms, out)
    else:
        for line in _lines(chain(first, rows), fitted, id_length(first), mark, colour, terms):
            out.write(line + "\n")


def _style(column: Column, record: Record) -> str:
    if column.field == "decision":
        return _DECISIONS.get(str(record.get("decision")), "")
    if record.get("decision") == "skip" and not column.style:
        return "dim"
    return column.style


def _set_by_rich(
    records: Sequence[Record],
    fitted: Sequence[Column],
    mark: str,
    colour: bool,
    terms: Sequence[Sought],
    out: TextIO,
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    total = sum(column.width for column in fitted) + GAP * (len(fitted) - 1)
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold" if colour else "")
    for column in fitted:
        table.add_column(cut(column.header, column.width), width=column.width, overflow="fold")
    digits = id_length(records)
    for record in records:
        row = []
        for column in fitted:
            text = cell(record, column, digits, mark)
            set_text = Text(text, style=_style(column, record), overflow="fold", end="")
            for start, end in spans(text, terms, column.asked_as):
                set_text.stylize(_FOUND, start, end)
            row.append(set_text)
        table.add_row(*row)
    console = Console(
        file=out,
        width=total,
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        out.write(line.rstrip() + "\n")


def _lines(
    records: Iterable[Record],
    fitted: Sequence[Column],
    digits: int,
    mark: str,
    colour: bool,
    terms: Sequence[Sought],
) -> Iterator[str]:
    """The same table, a line for each record, what is too long cut."""
    gap = " " * GAP
    header = gap.join(pad(column.header, column.width) for column in fitted).rstrip()
    yield paint(header, "bold") if colour else header
    for record in records:
        parts = []
        for column in fitted:
            text = cut(cell(record, column, digits, mark), column.width)
            blanks = " " * (column.width - cells_of(text))
            if colour:
                text = _painted(text, _style(column, record), spans(text, terms, column.asked_as))
            parts.append(text + blanks)
        yield gap.join(parts).rstrip()


def _stacked(
    records: Iterable[Record],
    fields: Sequence[str] | None,
    room: int,
    digits: int,
    mark: str,
    colour: bool,
    terms: Sequence[Sought],
) -> Iterator[str]:
    """Each paper as its title, over several lines if need be, and what else is known on the next."""
    shown = named(fields)
    between = " · " if mark == "✓" else " - "
    for record in records:
        texts = {column.field: cell(record, column, digits, mark) for column in shown}
        if (title := texts.pop("title", None)) is not None:
            for line in wrap_text(title or "(untitled)", room):
                yield _painted(line, "bold", spans(line, terms, "title")) if colour else line
        for line in wrap_text(between.join(filter(None, texts.values())), room - 2):
            yield f"  {paint(line, 'dim') if colour else line}"


def _painted(text: str, style: str, found: Sequence[tuple[int, int]]) -> str:
    pieces, here = [], 0
    for start, end in found:
        pieces.append(paint(text[here:start], style))
        pieces.append(paint(text[start:end], f"{style} {_FOUND}".strip()))
        here = end
    return "".join(pieces) + paint(text[here:], style)
