"""What a paper adds to the counts of a store: by its facts and topics alone, not by what people say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from paperctl.record import Record

Tally = tuple[str, str]
"""What is counted, and its name: ("topic", "peft")."""
APART = "\t"
"""Between the topic and the year of a "topic year"."""


class Counted(NamedTuple):
    """What of a paper is counted. Many papers have the same."""

    topics: tuple[str, ...]
    year: int | None
    code: bool
    sources: tuple[tuple[str, str | None], ...]
    """The file of each entry, and what kind of a source that is."""


def tallies(counted: Counted) -> Iterator[Tally]:
    """The counts that a paper is one more of."""
    topics, year, code, sources = counted
    yield "papers", ""
    if code:
        yield "code", ""
    for topic in topics or ("(none)",):
        yield "topic", topic
    if year:
        yield "year", str(year)
        for topic in topics:
            yield "topic year", f"{topic}{APART}{year}"
    other = None
    for file, kind in sources:
        yield "source", file
        yield "type", kind or "database"
        other = kind == "other" and other is not False
    if other:
        yield "other", ""


def counted(record: Record) -> Counted:
    """What of a record is counted."""
    sources = tuple((source["file"], source.get("type")) for source in record["sources"])
    return Counted(tuple(record["topics"]), record["year"], record["has_code"], sources)


def tallies_of(record: Record) -> Iterator[Tally]:
    """The counts that a record is one more of."""
    return tallies(counted(record))
