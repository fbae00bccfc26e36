"""JSON Lines: the record whole, one paper a line, as the store keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports._columns import checked
from paperctl.exports._json import line
from paperctl.record import Record

NAME = "jsonl"
ABOUT = "JSON Lines, one whole record a line, for jq, duckdb and pandas"
SUFFIX = ".jsonl"


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """One JSON object a line; `fields` selects and orders its keys."""
    fields = checked(request.fields) if request.fields else None
    for record in records:
        yield line(record, fields) + "\n"
