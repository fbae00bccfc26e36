"""What a reader yields: entries, skipped lines, faults, and what a dump says about itself."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

Markup = Literal["plain", "tex", "html"]


class Entry(Struct):
    """One entry as it stands in a dump, values still raw.

    `fields` uses the names of `FACTS`; values may be of the dump's own shape (authors as one
    string or a list, a year as "2024-03-01", keywords joined by ";"): `normalise` knows them.
    Everything the record has no name for goes to `extra` under its own name.
    `markup` says what the values are written in. `lines` are 1-based and inclusive.
    """

    fields: dict[str, Any]
    lines: tuple[int, int]
    key: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
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

    data: dict[str, Any]


Item = Entry | Skip | Fault | Warned | About
