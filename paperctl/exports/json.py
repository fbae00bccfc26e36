"""A JSON array of whole records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports._columns import checked
from paperctl.exports._json import line
from paperctl.record import Record

NAME = "json"
ABOUT = "a JSON array of whole records"
SUFFIX = ".json"


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """An array that is valid when empty, too; one record a line, `fields` selects its keys."""
    fields = checked(request.fields) if request.fields else None
    opened = "[\n"
    for record in records:
        yield opened + line(record, fields)
        opened = ",\n"
    yield "[]\n" if opened == "[\n" else "\n]\n"
