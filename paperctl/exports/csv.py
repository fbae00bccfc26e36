"""Comma-separated values as RFC 4180 has them, with a header and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from paperctl.exports import Request
from paperctl.exports._columns import cells, checked
from paperctl.record import Record
from paperctl.terminal.sanitise import clean

NAME = "csv"
ABOUT = "comma-separated with a header, for spreadsheets"
SUFFIX = ".csv"

COLUMNS = (
    *("id", "title", "abstract", "authors", "year", "venue", "doi", "arxiv_id", "url", "code_urls"),
    *("has_code", "keywords", "topics", "decision", "note"),
)
"""The columns when none are asked for, before one for each field that only the dumps know."""

# A spreadsheet runs such cells as formulas (OWASP, "CSV injection"). Text that already looks guarded
# is guarded once more, so that taking one quote off always gives back what was there.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """A header, then one record for each paper; lines end in CRLF, text cells are guarded by a quote."""
    if request.fields:
        yield from _rows(records, checked(request.fields), request.fields)
        return
    # The header must name every field of every paper, so papers wait on disk until all are seen.
    extra: dict[str, None] = {}
    with tempfile.TemporaryFile() as spool:
        for record in records:
            extra |= dict.fromkeys(record.get("extra") or ())
            spool.write(msgspec.json.encode(record) + b"\n")
        spool.seek(0)
        fields = (*COLUMNS, *(f"extra.{name}" for name in extra))
        header = (*COLUMNS, *(f"extra.{name}" if name in COLUMNS else name for name in extra))
        yield from _rows(map(msgspec.json.decode, spool), fields, header)


def _rows(records: Iterable[Record], fields: Iterable[str], header: Iterable[str]) -> Iterator[str]:
    written: list[str] = []

    class Sink:
        def write(self, text: str) -> None:
            written.append(text)

    writer = csv.writer(Sink())
    writer.writerow(map(_guarded, header))
    row = cells(fields)
    for record in records:
        yield written.pop()
        writer.writerow(map(_guarded, row(record)))
    yield written.pop()


def _guarded(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    cell = clean(cell, lines=True)
    return f"'{cell}" if _FORMULA.match(cell) else cell
