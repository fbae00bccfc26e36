"""Search for the Python API."""

from __future__ import annotations

from paperctl.api.records import Rows, records
from paperctl.query import parse, rank
from paperctl.record import Record


def search(papers: Rows, query: str, *, limit: int | None = None) -> list[Record]:
    """The papers that match a query of docs/queries.md, best first. Raises UsageError for a bad query."""
    parsed = parse(query)
    matching = [record for record in records(papers) if parsed.matches(record)]
    return [record for _, record in rank(matching, parsed)][:limit]
