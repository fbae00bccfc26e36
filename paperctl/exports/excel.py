"""CSV for Excel, which takes a file without a byte order mark for one of the machine's own code page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request, csv
from paperctl.record import Record

NAME = "excel"
ABOUT = "csv that Excel opens with its accents right: a byte order mark in front; --excel"
SUFFIX = ""


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """A byte order mark, then the lines of `csv`."""
    yield "\ufeff"
    yield from csv.render(records, request)
