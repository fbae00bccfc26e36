"""Comma-separated values as RFC 4180 has them, with a header and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from paperctl.exports import Request
from paperctl.exports._columns import cells, checked
from paperctl.exports._spool import spooled
from paperctl.record import FACTS, Record
from paperctl.record.marks import NAMES
from paperctl.text.sanitise import clean

NAME = "csv"
ABOUT = "comma-separated with a header, for spreadsheets"
SUFFIX = ".csv"
CITES = True

COLUMNS = (
    "id",
    *(name for name in FACTS if name != "extra"),
    *("topics", "decision", "note"),
)
"""The columns when none are asked for, before `extra.NAME` for each field that only dumps know."""

_MARKS = ("citekey", *(name for name in NAMES if name not in COLUMNS))
"""The columns of a paper that only some have."""
# A spreadsheet runs such cells as formulas (OWASP, "CSV injection"). Text that already looks guarded
# is guarded once more, so that taking one quote off always gives back what was there.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """A header, then one record for each paper; lines end in CRLF, text cells are guarded by a quote."""
    if request.fields:
        yield from rows(records, checked(request.fields))
        return
    with sheet(records) as (fields, again):
        yield from rows(again, fields)


@contextmanager
def sheet(records: Iterable[Record]) -> Iterator[tuple[tuple[str, ...], Iterator[Record]]]:
    """The columns of a table that holds all of these papers, and the papers once more: the header must name
    every field of every paper, so all are seen before the first is written."""
    marks: dict[str, None] = {}
    extra: dict[str, None] = {}

    def see(record: Record) -> None:
        marks.update((name, None) for name in _MARKS if record.get(name))
        extra.update((name, None) for name in record.get("extra") or ())

    with spooled(records, see) as again:
        yield (*COLUMNS, *marks, *(f"extra.{name}" for name in extra)), again


def rows(records: Iterable[Mapping[str, object]], fields: Iterable[str]) -> Iterator[str]:
    """The lines of a CSV with these columns, the header first; formulas are guarded against."""
    written: list[str] = []

    class Sink:
        def write(self, text: str) -> None:
            written.append(text)

    writer = csv.writer(Sink())
    fields = tuple(fields)
    writer.writerow(map(_guarded, fields))
    row = cells(fields)
    for record in records:
        yield written.pop()
        writer.writerow(map(_guarded, row(record)))
    yield written.pop()


def _guarded(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    cell = clean(cell, lines=True)
    return f"'{cell}" if FORMULA.match(cell) else cell
