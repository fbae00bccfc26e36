"""The papers that a load makes of entries: packed until one is asked for, and in the store's lines."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

import msgspec

from paperctl.deduplicate.candidates import Scanned
from paperctl.library.decided_entries import id_in
from paperctl.library.preparing import Made, Preparing
from paperctl.parallel.processes import in_parallel, workers
from paperctl.parallel.reports import Progress
from paperctl.reading.incoming import Incoming
from paperctl.record import SCHEMA, Record
from paperctl.record import sources as paper
from paperctl.record.citekeys import FIELD, Wish, wish
from paperctl.record.ids import exact_id, title_id
from paperctl.store.citekeys import line_of
from paperctl.store.lazy import OnDemand

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_LINE = b'{"id":%s,%s,%s,"decision":null,"note":null,"added":%s,"versions":[],"sources":[%s],%s"schema":%d}\n'
_KEPT = 4096
"""Papers that stay unpacked: a paper is compared with several others in a row."""
_REPORT_EVERY = 10_000
"""Lines after which progress is reported."""


class New(OnDemand):
    """A paper for each entry, by the entry's number."""

    def __init__(self, entries: Sequence[Incoming], taken: set[str], now: str) -> None:
        self._entries, self._now = entries, now
        self.crowded = _crowded(entries, taken)
        """The entries of which others, or stored papers, have the title, by the id made of it."""
        self.taken = taken
        """All ids, also those of stored papers."""
        self._ids = _ids(entries, taken)
        self._unpacked: dict[int, Record] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def at(self, n: int) -> Record:
        record = self._unpacked.get(n)
        if record is None:
            if len(self._unpacked) >= _KEPT:
                self._unpacked.clear()
            record = self._unpacked[n] = self._record(n)
        return record

    def _record(self, n: int) -> Record:
        entry = self._entries[n]
        if entry.plain:
            record: Record = _decode(self._line(n, b""))
            return record
        record = paper.new_paper(self._ids[n], entry.source, entry.facts, self._now)
        tagged = _decode(b"{%s}" % self._made(n).topics)
        record["topics"], record["topic_scores"] = tagged["topics"], tagged["topic_scores"]
        return record

    def _line(self, n: int, citekey: bytes) -> bytes:
        """The line of a plain entry's paper, as the record would be encoded."""
        entry, name, added = self._entries[n], _encode(self._ids[n]), _encode(self._now)
        data = entry.data
        facts, source = data[1 : entry.cut - 1], data[entry.cut :]
        return _LINE % (name, facts, self._made(n).topics, added, source, citekey, SCHEMA)

    def _made(self, n: int) -> Made:
        made: Made = self._entries[n].made
        return made

    def prepare(self, prepare: Preparing, progress: Progress) -> None:
        """Prepares the entries that were not when they were read."""
        left = [entry for entry in self._entries if entry.made is None]
        if not left:
            return
        progress("tagging", 0.0)

        def some(start: int, stop: int) -> list[Made]:
            return prepare([(entry.facts, entry.source) for entry in left[start:stop]])

        made = (one for part in in_parallel(some, len(left), workers(len(left))) for one in part)
        for entry, one in zip(left, made, strict=True):
            entry.made = one

    def scanned(self) -> Scanned:
        """What deduplication asks of every paper, once: it is not kept."""
        made = [self._made(n) for n in range(len(self))]
        found = Scanned([one.order for one in made], [one.flat for one in made], [one.keys for one in made])
        for entry, one in zip(self._entries, made, strict=True):
            entry.made = one._replace(order="", flat="", keys=b"")
        return found

    def plain_line(self, n: int, keys: Mapping[str, str]) -> bytes:
        return self._line(n, b'"%s":%s,' % (FIELD.encode(), _encode(keys[self._ids[n]])))

    def wish(self, n: int, pattern: str) -> Wish:
        """What cite key a plain entry's paper wants."""
        made = self._made(n)
        if not made.citekey:
            return wish(self.at(n), pattern)
        return Wish(not made.brought, self._now, self._ids[n], made.citekey)

    def is_plain(self, n: int) -> bool:
        return self._entries[n].plain


def _ids(entries: Sequence[Incoming], taken: set[str]) -> list[str]:
    """An id for each entry; which of several with one title has the id made of it does not depend on their
    order."""
    found: dict[int, str] = {}
    for n in sorted(range(len(entries)), key=lambda n: (entries[n].entry, str(entries[n].key))):
        entry = entries[n]
        name = None if entry.plain else id_in(entry, taken)
        if not name:
            name = _title_id(entry)
            if not name or name in taken:
                name = exact_id(entry.entry, taken)
        taken.add(name)
        found[n] = name
    return [found[n] for n in range(len(entries))]


def _crowded(entries: Sequence[Incoming], taken: Container[str]) -> dict[str, list[int]]:
    """The numbers of the entries of each title that several have, or whose id is taken."""
    found: dict[str, list[int]] = {}
    for n, entry in enumerate(entries):
        found.setdefault(_title_id(entry), []).append(n)
    found.pop("", None)
    return {name: some for name, some in found.items() if len(some) > 1 or name in taken}


def _title_id(entry: Incoming) -> str:
    return entry.made.title_id if entry.made else title_id(entry.facts["title"])


class Adding:
    """New papers on their way into the store: whole where they are not as their entry says, else packed."""

    def __init__(self, new: New, changed: Mapping[int, Record | None], progress: Progress) -> None:
        self._new, self._progress = new, progress
        self._whole = {n: record for n, record in changed.items() if record is not None}
        self._whole |= {n: new[n] for n in range(len(new)) if n not in changed and not new.is_plain(n)}
        self._places = [n for n in range(len(new)) if n not in changed or changed[n] is not None]

    def __len__(self) -> int:
        return len(self._places)

    def whole(self) -> list[Record]:
        """Those that are whole, which may still be changed."""
        return [self._whole[n] for n in sorted(self._whole)]

    def wishes(self, pattern: str) -> Iterator[Wish]:
        for n in self._places:
            if n not in self._whole:
                yield self._new.wish(n, pattern)
            elif not self._whole[n].get(FIELD):
                yield wish(self._whole[n], pattern)

    def lines(self, keys: Mapping[str, str]) -> Iterator[bytes]:
        for done, n in enumerate(self._places):
            if done % _REPORT_EVERY == 0:
                self._progress("writing", done / len(self._places))
            whole = self._whole.get(n)
            yield self._new.plain_line(n, keys) if whole is None else line_of(whole, keys)
