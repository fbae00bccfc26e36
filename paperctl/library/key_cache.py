"""The blocking keys of a store's papers, kept in a file of the store from one load to the next. Derived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperctl.deduplicate import renumbered
from paperctl.deduplicate.candidates import merge_tables
from paperctl.deduplicate.judging import key_table
from paperctl.library.key_file import load_keys, save_keys
from paperctl.record import Record
from paperctl.store import Store, Writing, files
from paperctl.store.events import Event

if TYPE_CHECKING:
    from paperctl.deduplicate.candidates import Table

NAME = "dedupe.keys"
PAYS_FROM = 2_000
"""Stored papers from which keeping their keys saves time."""


def load_cached_keys(store: Store, count: int) -> Table | None:
    """The keys of the store's papers, so many, if the file has them."""
    return load_keys(store.folder / NAME, count, _stamp(store)) if count >= PAYS_FROM else None


def save_cached_keys(store: Store, keys: Table, places: Sequence[int | None]) -> None:
    """Makes the file for what the store holds now; `places[n]` is where it has the record that key table
    calls n, None if it does not. Call it under the lock: the papers must not have changed since they were
    read."""
    _save(store, renumbered(keys, places), max((n for n in places if n is not None), default=-1) + 1)


def commit(
    writing: Writing,
    edits: Mapping[int, Record | None],
    added: Sequence[Record],
    did: str,
    summary: dict[str, Any],
    events: Sequence[tuple[Path, Event]] = (),
) -> str | None:
    """`Writing.commit` for a change of some papers; a file of keys that was good is good after it."""
    if not edits and not added:
        return writing.commit({}, [], did, summary, events)
    store = writing.store
    count = sum(1 for _ in store.lines())
    keys = load_cached_keys(store, count)  # none, either, where a line is no paper
    at = writing.commit(edits, added, did, summary, events)
    if keys is None:
        return at
    gone = {n for n, record in edits.items() if record is None}
    places = [place - 1 for place in accumulate(n not in gone for n in range(count))]
    changed = {places[n]: record for n, record in edits.items() if record is not None}
    changed.update(enumerate(added, count - len(gone)))
    others = renumbered(keys, [None if n in edits else place for n, place in enumerate(places)])
    anew = renumbered(key_table([*changed.values()], 0, len(changed)), [*changed])
    _save(store, merge_tables([others, anew]), count - len(gone) + len(added))
    return at


def _save(store: Store, keys: Table, count: int) -> None:
    if count >= PAYS_FROM:
        save_keys(store.folder / NAME, keys, count, _stamp(store))


def _stamp(store: Store) -> str:
    """Names the state of papers.jsonl that keys were made for."""
    found = files.state(store.papers_file)
    return " ".join(map(str, found)) if found else "none"
