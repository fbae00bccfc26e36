"""The record of a paper: a plain dict in the documented JSON shape, so that fields that this version
does not know pass through unchanged."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict, cast

from paperctl.record.fields import FACTS

SCHEMA = 1
"""Version of the record's shape, written in every stored line."""


UNTITLED = "(untitled)"
"""What exports write for a title where there is none."""


class Source(TypedDict):
    """One entry of a dump that went into a paper."""

    file: str
    sha256: str
    format: str
    lines: list[int]
    """The first and the last line of the entry."""
    key: str | None
    """What the dump calls the entry."""
    citekey: NotRequired[str]
    """The cite key that the dump states in addition to the entry's own key."""
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
    earlier: NotRequired[list[dict[str, str]]]
    """Further ids of the entry's paper, each as `{"id": …}`: from before it was named otherwise."""
    own: NotRequired[dict[str, Any]]
    """The facts in which the entry differs from a merged paper."""
    was: NotRequired[dict[str, Any]]
    """Other fields in which the entry's paper differed before the merge."""


class Record(TypedDict):
    """A paper. What a newer version wrote besides passes through unchanged."""

    id: str
    title: str
    abstract: str | None
    authors: list[str]
    year: int | None
    venue: str | None
    doi: str | None
    arxiv_id: str | None
    url: str | None
    code_urls: list[str]
    has_code: bool
    keywords: list[str]
    topics: list[str]
    topic_scores: dict[str, float]
    decision: str | None
    reason: NotRequired[str | None]
    stage: NotRequired[str | None]
    status: NotRequired[str | None]
    labels: NotRequired[list[str]]
    corrections: NotRequired[list[str]]
    """Topics given by hand, and with a minus in front those taken away."""
    decided_by: NotRequired[list[str]]
    """Who decided, the resolving person of a conflict last."""
    agreement: NotRequired[str | None]
    """Of several people: agreed, conflict, resolved."""
    votes: NotRequired[dict[str, str]]
    """What each of several people decided."""
    early_votes: NotRequired[dict[str, str]]
    """What people decided from title and abstract before they did so from the full text."""
    filled: NotRequired[dict[str, Any] | None]
    """By fact, the entry of a dump that it was filled from: file, lines, key."""
    note: str | None
    added: str | None
    versions: list[str]
    work: NotRequired[str | None]
    """The id of the version in front of the work."""
    sources: list[Source]
    citekey: NotRequired[str | None]
    extra: dict[str, Any]
    schema: int


def by_name(record: Record) -> dict[str, Any]:
    """The same record, for code that takes the names of its fields from data."""
    return cast(dict[str, Any], record)


def as_record(values: dict[str, Any]) -> Record:
    """The same mapping, known to have a record's fields."""
    return cast(Record, values)


__all__ = ["FACTS", "SCHEMA", "UNTITLED", "Record", "Source", "as_record", "by_name"]
