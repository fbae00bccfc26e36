"""Cite keys of a store: given when a paper's line is first written, found for papers that have none yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from paperctl.record import SCHEMA, Record
from paperctl.record.citekeys import FIELD, given, known_keys, with_key
from paperctl.record.ids import known_ids
from paperctl.text import late

if TYPE_CHECKING:
    from paperctl.store import Store

_KEYS = late.pattern(rb'"%s":("(?:[^"\\]|\\.)*")' % FIELD.encode())
_OWN = late.pattern(rb'"%s":"(?:[^"\\]|\\.)*","schema":%d}\n' % (FIELD.encode(), SCHEMA))
_TAIL = 600
"""Bytes at the end of a line in which its key stands, where this version wrote it."""


class StoreKeys:
    """The keys of a store as it is now.

    Lines that an older version or another hand wrote have none: their papers' keys follow from all papers
    of the store, in the order in which they were added, until a change writes them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.taken = set(store.overlay.keys())
        """Every key of the store in lower case, those of merged papers and those given by hand included."""
        self._bare: list[Record] = []
        for n, line in enumerate(store.lines(), 1):
            self.taken.update(key.lower() for found in _KEYS.findall(line) if (key := _text(found)))
            if not _OWN.search(line, max(0, len(line) - _TAIL)):
                record = store.record(line, n)
                if record is not None and not record.get(FIELD):
                    self._bare.append(record)

    @cached_property
    def found(self) -> dict[str, str]:
        """The keys of stored papers whose lines have none, by id."""
        return given(self._bare, self.taken, self._store.key_pattern)

    def new(self, records: Iterable[Record]) -> dict[str, str]:
        """Keys for papers that the store does not hold yet, by id."""
        self.found  # noqa: B018  stored papers come first
        return given(records, self.taken, self._store.key_pattern)


def with_cite_keys(
    store: Store, edits: Mapping[int, Record | None], added: Sequence[Record]
) -> tuple[dict[int, Record | None], list[Record]]:
    """Changed and added papers, those without a cite key with one."""
    bare = [r for r in (*edits.values(), *added) if r is not None and not r.get(FIELD)]
    if not bare:
        return dict(edits), list(added)
    keys = StoreKeys(store)
    found = {**keys.found, **keys.new(r for r in bare if r["id"] not in keys.found)}

    def keyed(record: Record) -> Record:
        return record if record.get(FIELD) else with_key(record, found[record["id"]])

    changed = {n: keyed(record) if record is not None else None for n, record in edits.items()}
    return changed, [keyed(record) for record in added]


def with_stored_keys(store: Store, records: Iterable[Record]) -> Iterator[Record]:
    """Papers of the store, each with its key. Nothing is written."""
    found: dict[str, str] | None = None
    for record in records:
        if not record.get(FIELD):
            found = StoreKeys(store).found if found is None else found
            record = with_key(record, found.get(record["id"], str(record["id"])))
        yield record


def holders(store: Store, key: str) -> list[str]:
    """The ids of the papers that a cite key names, or named before another was given: one, or none."""
    low, by_hand = key.lower(), store.overlay.keys()
    quoted = msgspec.json.encode(low)
    found = []
    for n, line in enumerate(store.lines(), 1):
        may = low in by_hand or quoted in line.lower()
        record = store.record(line, n) if may else None
        if record and (low in known_keys(record) or by_hand.get(low) in known_ids(record)):
            found.append(record["id"])
    return found or [paper for paper, held in StoreKeys(store).found.items() if held.lower() == low]


def _text(quoted: bytes) -> str:
    try:
        return msgspec.json.decode(quoted, type=str)
    except msgspec.DecodeError:
        return ""
