"""Tab-separated values for pipes: no header, one paper a line, nothing cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports._columns import cells, checked
from paperctl.record import Record
from paperctl.text.sanitise import clean

NAME = "tsv"
ABOUT = "tab-separated, no header, one paper a line: what pipes get"
SUFFIX = ".tsv"

COLUMNS = ("id", "year", "title", "topics", "decision", "url")
"""The columns when none are asked for; new ones will only ever be added at the end."""


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """One line for each paper; tabs, line ends and controls inside a value become spaces or nothing."""
    row = cells(checked(request.fields or COLUMNS))
    for record in records:
        texts = [cell if type(cell) is str else str(cell) for cell in row(record)]
        if not "".join(texts).isprintable():  # one question for all cells, of which few have controls
            texts = [*map(clean, texts)]
        yield "\t".join(texts) + "\n"
