"""Excel workbooks (.xlsx): each sheet that has a header of paper columns is read as a table."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import chain, islice

from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError
from paperctl.readers import Sniff
from paperctl.readers._table import Columns, header_score
from paperctl.record.items import Entry, Item, Skip

NAME = "xlsx"
ABOUT = "Excel workbooks (.xlsx); needs the xlsx extra"

_HEADER_ROWS = 30
_MAX_UNPACKED = 1 << 30
_MAX_RATIO = 200
"""A sheet may grow this many times when unpacked; bombs grow 1,000 times."""


def sniff(dump: Dump) -> Sniff | None:
    if not dump.magic.startswith(b"PK\x03\x04") or b"word/" in dump.magic or b"ppt/" in dump.magic:
        return None
    if b"xl/" in dump.magic:
        return Sniff(0.97, "zip with the parts of a workbook (xl/…)")
    return Sniff(0.5, "zip of an Office file") if b"[Content_Types].xml" in dump.magic else None


def read(dump: Dump) -> Iterator[Item]:
    try:
        import openpyxl
    except ImportError:
        raise DumpError(
            f"{dump.name}: a workbook needs the xlsx extra",
            "pip install 'paperctl-triage[xlsx]', or save it as CSV",
        ) from None
    with dump.open() as stream:
        try:
            _refuse_bombs(zipfile.ZipFile(stream), dump.name)
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        except DumpError:
            raise
        except Exception as fault:  # openpyxl lets through whatever a damaged part sets off
            raise _damaged(dump, fault) from fault
        offset, last, tables = 0, 0, 0
        try:
            for sheet in book.worksheets:
                rows = ([_shown(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
                for item in _sheet(rows, offset):
                    last = item.lines[1]
                    tables += isinstance(item, Skip) and item.reason == "header"
                    yield item
                offset = max(offset, last)
        except DumpError:
            raise
        except Exception as fault:
            raise _damaged(dump, fault) from fault
        if not tables:
            raise DumpError(
                f"{dump.name}: no sheet has a header row with a title or abstract column",
                "name the columns in the first row: title, abstract, authors, year, doi",
            )


def _damaged(dump: Dump, fault: Exception) -> DumpError:
    return DumpError(
        f"{dump.name}: damaged workbook ({fault})", "open it in a spreadsheet and save it again, or as CSV"
    )


def _refuse_bombs(archive: zipfile.ZipFile, name: str) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    packed = sum(part.compress_size for part in archive.infolist()) or 1
    if unpacked > _MAX_UNPACKED or (unpacked > 1 << 26 and unpacked > packed * _MAX_RATIO):
        raise DumpError(
            f"{name}: unpacks to {unpacked >> 20} MiB, which no real workbook does", "save it as CSV"
        )


def _shown(cell: object) -> str:
    """A cell as it reads: 2020 and not 2020.0, a date as its day."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()).removesuffix("T00:00:00")
    return str(cell).replace("_x005F_x", "_x")  # how a workbook writes "_x" where a code could follow


def _sheet(rows: Iterator[list[str]], offset: int) -> Iterator[Entry | Skip]:
    """A sheet's items; rows are numbered on through all sheets, as `offset` says."""
    top = list(islice(rows, _HEADER_ROWS))
    scores = [header_score(row) for row in top]
    header = scores.index(max(scores)) if any(scores) else -1
    columns = Columns(top[header]) if header >= 0 else None
    for i, row in enumerate(chain(top, rows)):
        lines = (offset + i + 1, offset + i + 1)
        if not any(cell.strip() for cell in row):
            continue
        if columns is None:
            yield Skip(lines, "sheet without a header of paper columns")
        elif i <= header:
            yield Skip(lines, "header" if i == header else "text above the header")
        else:
            yield columns.entry(row, lines)
