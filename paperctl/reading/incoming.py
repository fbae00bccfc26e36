"""An entry on its way into the store: packed as JSON, so that millions fit into memory and pass between
processes, with all else that a load needs of each entry."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

import msgspec

from paperctl.reading.heap import Heap
from paperctl.reading.receipt import FileReceipt
from paperctl.record import FACTS, Facts, Source, as_facts, by_name
from paperctl.record.ids import is_id
from paperctl.record.items import Entry
from paperctl.record.screening_tools import decision_in, may_hold_decisions, note_in
from paperctl.record.sources import names_itself, raw_title

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode

Prepare = Callable[[Sequence[tuple[Facts, Source]]], Sequence[Any]]
"""What a caller wants to be made of entries where they are read, in any process: one thing for each."""


class Packed(NamedTuple):
    """An entry as it comes from the process that read it."""

    data: bytes
    """Its facts, then its source, as JSON objects."""
    cut: int
    """Where in `data` the source begins."""
    entry: str
    """The fingerprint of the facts."""
    key: str | None
    spot: bytes
    """Names its lines in the dump, its key and its title there, see `spot_of`."""
    plain: bool
    """Whether it holds facts alone: no decision, note or id of ours."""
    telling: bool
    """Whether it names people and a venue or year, see `names_itself`."""
    made: Any = None


def spot_of(lines: Sequence[int], key: str | None, title: str) -> bytes:
    """Names an entry within its dump."""
    return hashlib.blake2b(_encode((lines, key, title)), digest_size=16).digest()


def spot_in(entry: Entry) -> bytes:
    """The same of an entry that is not normalised."""
    return spot_of(entry.lines, entry.key, raw_title(entry))


def packed(facts: Facts, source: Source, made: object = None) -> Packed:
    """An entry packed. Raises an error for what JSON cannot hold."""
    stated = by_name(facts)
    ordered = {name: stated[name] for name in FACTS}
    plain = len(facts) == len(ordered) and not _tells_more(facts, source)
    whole = _encode(ordered if len(facts) == len(ordered) else {**ordered, **facts})
    key, entry = source["key"], source.get("entry", "")
    spot = spot_of(source["lines"], key, source["title"])
    return Packed(whole + _encode(source), len(whole), entry, key, spot, plain, names_itself(facts), made)


def _tells_more(facts: Mapping[str, Any], source: Source) -> bool:
    """Whether further fields of an entry hold what a person decided, or an id of ours."""
    extra = facts["extra"]
    if may_hold_decisions(extra) and (decision_in(extra) or note_in(extra)):
        return True
    return any(isinstance(name, str) and is_id(name) for name in (source["key"], extra.get("ref")))


class Incoming:
    """An entry of a dump, with the receipt that it counts in."""

    __slots__ = (
        *("_facts", "_heap", "_place", "cut", "entry", "key", "made", "plain", "receipt", "sha256"),
        *("spot", "telling"),
    )

    def __init__(self, found: Packed, sha256: str, receipt: FileReceipt, heap: Heap | None = None) -> None:
        data, self.cut, self.entry, self.key, self.spot, self.plain, self.telling, self.made = found
        self._heap = heap or Heap()
        self._place = self._heap.put(data)
        self.sha256, self.receipt = sha256, receipt
        self._facts: Facts | None = None

    @classmethod
    def of(cls, facts: Facts, source: Source, receipt: FileReceipt) -> Incoming:
        """The same of facts and a source."""
        return cls(packed(facts, source), source["sha256"], receipt)

    @property
    def data(self) -> bytes:
        """Its facts, then from `cut` its source, as JSON objects."""
        return self._heap.get(self._place)

    @property
    def facts(self) -> Facts:
        """The normalised values, and what else `normalise` found: decision, note, …"""
        if self._facts is not None:
            return self._facts
        facts: Facts = _decode(self.data[: self.cut])
        if not self.plain:  # these are asked again and again; of the others there are many
            self._facts = facts
        return facts

    def add_mark(self, name: str, value: object) -> None:
        """Adds what a person decided or noted, found in a column of the dump."""
        self._facts = as_facts({**self.facts, name: value})
        self.plain = False

    @property
    def source(self) -> Source:
        """Where it stood."""
        return cast(Source, _decode(self.data[self.cut :]))

    def add_to_source(self, name: str, value: object) -> None:
        """Adds to the source what its dump says of itself."""
        self._place = self._heap.put(b'%s,"%s":%s}' % (self.data[:-1], name.encode(), _encode(value)))
