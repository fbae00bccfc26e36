"""What commands print that change, undo or check something."""

from __future__ import annotations

from typing import TypedDict


class Done(TypedDict):
    """What a command did to papers. `at` names the change for `undo`; it is null where all was so already."""

    at: str | None
    did: str
    ids: list[str]


class Note(TypedDict):
    """The user's note on a paper."""

    id: str
    note: str | None


class Opened(TypedDict):
    """Where a paper is to be read: its link, else its file."""

    id: str
    link: str | None


class Change(TypedDict):
    """A change of the store; `at` is its id. Further keys count what it changed."""

    at: str
    did: str
    by: str | None
    undone: bool


class Finding(TypedDict):
    """Something wrong in the store; serious where papers or decisions are at stake."""

    what: str
    serious: bool


class Checked(TypedDict):
    """Whether the store is whole, what was found, and what --repair did."""

    whole: bool
    findings: list[Finding]
    repaired: list[str]


class Written(TypedDict):
    """Where a folder was written."""

    written: str
