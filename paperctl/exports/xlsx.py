"""An Excel workbook: one sheet with the columns of the CSV; text is text, never a formula."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from paperctl.errors import MissingExtra, UsageError
from paperctl.exports import Request
from paperctl.exports._columns import cells, checked
from paperctl.exports.csv import FORMULA, sheet
from paperctl.record import Record
from paperctl.text.sanitise import clean

NAME = "xlsx"
ABOUT = "an Excel workbook; needs the xlsx extra"
SUFFIX = ".xlsx"

_ROWS, _COLUMNS = (1 << 20) - 1, 1 << 14
_LETTERS = 32_767
"""So much a cell holds, counted as Excel does: in units of UTF-16."""
_CUT = " […]"
_WIDTHS = {"title": 60, "abstract": 60, "authors": 30, "venue": 20, "topics": 20, "note": 30}
# What XML cannot hold, and what Excel takes for the code of a character.
_FOREIGN = re.compile("[\ufffe\uffff]")
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What the reader of tables takes for a guard of another program is guarded once more.
_GUARDED = re.compile(r"""="|'+[=+@-]""")
_EXACT = 1 << 53


def pack(records: Iterable[Record], request: Request) -> Iterator[bytes]:
    """The workbook in pieces. `fields` are the columns."""
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra("a workbook", "xlsx") from None
    book = openpyxl.Workbook(write_only=True)
    if request.fields:
        _fill(book, checked(request.fields), records)
    else:
        with sheet(records) as (fields, again):
            _fill(book, fields, again)
    with tempfile.TemporaryFile() as whole:
        book.save(whole)
        whole.seek(0)
        while piece := whole.read(1 << 20):
            yield piece


def _fill(book: Any, fields: Sequence[str], records: Iterable[Record]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    if len(fields) > _COLUMNS:
        raise UsageError(
            f"a workbook holds {_COLUMNS:,} columns, these papers have {len(fields):,}",
            "choose some: --fields",
        )
    table = book.create_sheet("papers")
    table.freeze_panes = "A2"
    for n, name in enumerate(fields, 1):
        table.column_dimensions[get_column_letter(n)].width = _WIDTHS.get(name, 13)

    def cell(value: object, font: object = None) -> Any:
        if not isinstance(value, str):
            if type(value) is float and value - value != 0:  # infinite, or no number
                value = str(value)
            elif not isinstance(value, int | float) or abs(value) < _EXACT:
                return value
            else:
                value = str(value)
        made = WriteOnlyCell(table, "")
        made.value, made.data_type = _fitting(value), "s"
        if FORMULA.match(value):
            made.quotePrefix = True  # it stays text when somebody edits it
        if font is not None:
            made.font = font
        return made

    bold = Font(bold=True)
    table.append([cell(name, bold) for name in fields])
    row = cells(fields)
    for n, record in enumerate(records, 1):
        if n > _ROWS:
            raise UsageError(f"a workbook holds {_ROWS:,} papers", "take -f csv or -f parquet, or a query")
        table.append([cell(value) for value in row(record)])


def _fitting(text: str) -> str:
    """The text as a cell can hold it."""
    text = _CODE.sub("_x005F_", _FOREIGN.sub("\ufffd", clean(text, lines=True)))
    if _GUARDED.match(text):
        text = f"'{text}"
    if len(text.encode("utf-16-le")) // 2 <= _LETTERS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (_LETTERS - len(_CUT))].decode("utf-16-le", "ignore")
    return kept + _CUT
