"""What a reader yields: entries, skipped lines, faults, and what a dump says about itself."""

from __future__ import annotations

from typing import Any, Literal, TypedDict, cast

from msgspec import Struct, field

Markup = Literal["plain", "tex", "html"]
Object = dict[str, Any]
"""Names and values as a dump has them."""


class Raw(TypedDict, total=False):
    """The fields of an entry as they stand in a dump: the names of `FACTS` and of a person's marks, values of
    any shape (authors as one string or a list, a year as "2024-03-01", keywords joined by ";")."""

    title: Any
    abstract: Any
    authors: Any
    year: Any
    venue: Any
    doi: Any
    arxiv_id: Any
    url: Any
    code_urls: Any
    has_code: Any
    keywords: Any
    decision: Any
    reason: Any
    stage: Any
    status: Any
    note: Any
    labels: Any
    corrections: Any
    decided_by: Any
    votes: Any
    early_votes: Any
    citekey: Any


def as_raw(values: Object) -> Raw:
    """The same mapping, its names taken from data."""
    return cast(Raw, values)


def by_fact(fields: Raw) -> Object:
    """The same fields, for code that takes their names from data."""
    return cast(Object, fields)


class Entry(Struct):
    """One entry as it stands in a dump, values still raw.

    `normalise` knows the shapes that values of `fields` may have.
    Everything the record has no name for goes to `extra` under its own name.
    `markup` says what the values are written in. `lines` are 1-based and inclusive.
    """

    fields: Raw
    lines: tuple[int, int]
    key: str | None = None
    extra: Object = field(default_factory=dict)
    markup: Markup = "plain"


class Skip(Struct):
    """Lines that hold no paper, and why: "page chrome", "table row", "comment"."""

    lines: tuple[int, int]
    reason: str


class Fault(Struct):
    """Lines that should hold a paper and cannot be read: what is wrong and how to mend it."""

    lines: tuple[int, int]
    message: str


class Warned(Struct):
    """Lines that were read, and what is doubtful about them. They belong to the item before or after it."""

    lines: tuple[int, int]
    message: str


class About(Struct):
    """What the dump says of itself (its funnel counts, open questions, date of copy).

    Kept as `about` in the source of each entry of the dump. Takes no lines: those are a `Skip`.
    """

    data: Object


Item = Entry | Skip | Fault | Warned | About
