"""The record of a paper: a plain dict in the documented JSON shape, so that fields that this version
does not know pass through unchanged."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from paperctl.record.fields import FACTS

SCHEMA = 1
"""Version of the record's shape, written in every stored line."""

Record = dict[str, Any]


class Source(TypedDict):
    """One entry of a dump that went into a paper."""

    file: str
    sha256: str
    format: str
    lines: list[int]
    """The first and the last line of the entry."""
    key: str | None
    """What the dump calls the entry."""
    title: str
    """The title as it stood."""
    type: NotRequired[str]
    """Where the dump comes from for a review, where that is no database: register, other."""
    entry: NotRequired[str]
    """The fingerprint of the facts of the entry."""
    repairs: NotRequired[list[str]]
    about: NotRequired[dict[str, Any]]
    """What the dump states about itself."""
    id: NotRequired[str]
    """The id of the entry's paper before it was merged into this one."""
    own: NotRequired[dict[str, Any]]
    """The facts in which the entry differs from a merged paper."""
    was: NotRequired[dict[str, Any]]
    """Other fields in which the entry's paper differed before the merge."""


__all__ = ["FACTS", "SCHEMA", "Record", "Source"]
