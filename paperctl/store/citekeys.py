"""Cite keys of a store: given when a paper's line is first written, found for papers that have none yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Protocol

import msgspec

from paperctl.record import SCHEMA, Record
from paperctl.record.citekeys import FIELD, Wish, given, granted, known_keys, wish, with_key
from paperctl.record.ids import known_ids
from paperctl.text import late

if TYPE_CHECKING:
    from paperctl.store import Store

_encode = msgspec.json.Encoder().encode
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

    def new(self, wishes: Iterable[Wish]) -> dict[str, str]:
        """Keys for papers that the store does not hold yet, by id."""
        self.found  # noqa: B018  stored papers come first
        return granted(wishes, self.taken)


class Additions(Protocol):
    """Papers to be added, which need not all be in memory at once."""

    def __len__(self) -> int: ...

    def wishes(self, pattern: str) -> Iterator[Wish]:
        """What key each wants that has none."""

    def lines(self, keys: Mapping[str, str]) -> Iterator[bytes]:
        """Their lines, in order, with the keys that they were given, by id."""


class Added:
    """Papers in memory as additions."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    def wishes(self, pattern: str) -> Iterator[Wish]:
        return (wish(record, pattern) for record in self._records if not record.get(FIELD))

    def lines(self, keys: Mapping[str, str]) -> Iterator[bytes]:
        return (line_of(record, keys) for record in self._records)


def line_of(record: Record, keys: Mapping[str, str]) -> bytes:
    """The line of a paper, with the key that it was given if it has none."""
    if not record.get(FIELD) and (key := keys.get(record["id"])):
        record = with_key(record, key)
    return _encode(record) + b"\n"


def keys_for(store: Store, changed: Iterable[Record | None], added: Additions) -> Mapping[str, str]:
    """Cite keys by id for the changed and added papers that have none."""
    bare = [record for record in changed if record is not None and not record.get(FIELD)]
    wishes = list(added.wishes(store.key_pattern))
    if not bare and not wishes:
        return {}
    keys = StoreKeys(store)
    new = (wish(record, store.key_pattern) for record in bare if record["id"] not in keys.found)
    return {**keys.found, **keys.new(chain(new, wishes))}


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
