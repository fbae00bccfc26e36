"""Cite keys that a person gives."""

from __future__ import annotations

from paperctl.errors import UsageError
from paperctl.record.citekeys import usable
from paperctl.store import Store
from paperctl.store.citekeys import holders


def checked_key(store: Store, paper: str, key: str) -> str | None:
    """The cite key as it is kept for a paper; None for "", the one that paperctl made. Raises UsageError for
    a key that no bibliography can hold or that is another paper's."""
    if key and not usable(key):
        raise UsageError(
            f"{key!r} is no cite key",
            "blanks, commas, quotes, braces and the signs of LaTeX cannot stand in one",
        )
    if key and (other := next((held for held in holders(store, key) if held != paper), None)):
        raise UsageError(
            f"{key} is the cite key of another paper, {other}", f"`paperctl show {other}` shows it"
        )
    return key or None
