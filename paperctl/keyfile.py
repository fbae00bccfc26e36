"""The blocking keys of a store's papers, in a file beside them, from one load to the next. Derived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperctl.dedupe import load_keys, renumbered, save_keys
from paperctl.store import Store

if TYPE_CHECKING:
    from paperctl.dedupe.candidates import Table

NAME = "dedupe.keys"
PAYS_FROM = 2_000
"""Stored papers from which keeping their keys saves time."""


def kept_keys(store: Store, count: int) -> Table | None:
    """The keys of the store's papers, so many, if the file has them."""
    return load_keys(store.folder / NAME, count, _stamp(store))


def keep_keys(store: Store, keys: Table, places: Sequence[int]) -> None:
    """Makes the file for what the store holds now; `places[n]` is where it has the record that key table
    calls n. Call it under the lock: nobody else may have changed the papers since they were read."""
    count = max(places, default=-1) + 1
    if count >= PAYS_FROM:
        save_keys(store.folder / NAME, renumbered(keys, places), count, _stamp(store))


def _stamp(store: Store) -> str:
    """Names the state of papers.jsonl that keys were made for."""
    try:
        found = store.papers_file.stat()
    except FileNotFoundError:
        return "none"
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
