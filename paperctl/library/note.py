"""A person's note on a paper, and the cite key they gave it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from paperctl.errors import UsageError
from paperctl.library.citekeys import checked_key
from paperctl.library.finding import papers_of
from paperctl.record.citekeys import FIELD
from paperctl.store import Store


class Noted(NamedTuple):
    """The time that names the change, None if nothing changed; the note before and after."""

    at: str | None
    had: str
    note: str


def write_note(store: Store, paper: str, change: Callable[[str], str], key: str | None = None) -> Noted:
    """Writes what `change` makes of a paper's note, and its cite key if there is one, as one change: both
    depend on what the store holds, so they are read once it is locked. Raises UsageError as `checked_key`
    does."""
    had = note = ""

    def marks() -> dict[str, dict[str, Any]]:
        nonlocal had, note
        record = next(iter(papers_of(store, [paper])), None)
        if record is None:
            raise UsageError(f"{paper} was taken out or merged meanwhile", "name the paper again")
        had = record["note"] or ""
        note = change(had)
        values = {} if key is None else {FIELD: checked_key(store, paper, key)}
        return {paper: values if note == had else {**values, "note": note or None}}

    return Noted(store.decide(marks, "note"), had, note)


def with_line(had: str, text: str) -> str:
    """A note with a text below it."""
    return "\n".join(filter(None, (had, text)))
