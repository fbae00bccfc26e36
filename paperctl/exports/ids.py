"""Ids alone, for `xargs` and `paperctl mark keep -`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.record import Record

NAME = "ids"
ABOUT = "the ids alone, one a line"
SUFFIX = ""


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """One id a line."""
    for record in records:
        yield f"{record['id']}\n"
