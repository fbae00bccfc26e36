"""From the items of a dump to packed entries, on all cores where the dump is large.

Processes share out the lines of a dump whose lines are read each by itself, and of other dumps the entries,
which one process reads and the others normalise.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple, Protocol

from paperctl.dumps.dump import STRETCH_BYTES, Dump
from paperctl.dumps.part import Stretch
from paperctl.normalise import normalise
from paperctl.parallel.processes import each_in_parallel
from paperctl.readers import Reader
from paperctl.reading.collector import drop_circles
from paperctl.reading.incoming import Packed, Prepare, packed, spot_in
from paperctl.reading.recognise import failure, read
from paperctl.record import Facts, Source
from paperctl.record import sources as paper
from paperctl.record.ids import is_id
from paperctl.record.items import Entry, Fault, Item

LARGE = 4
"""Stretches (of a mebibyte) from which a dump is shared out: processes take as long to start as one."""
MANY = 4000
"""Items from which another dump is shared out."""
AT_ONCE = 500
"""Entries that are prepared together, and that travel together to another process."""


class Selection(Protocol):
    """Which entries are wanted. What is surely not as it stands in its dump is not normalised."""

    def may_want(self, entry: Entry) -> bool:
        """Whether an entry may be wanted, as it stands in its dump."""

    def wants(self, facts: Facts) -> bool:
        """Whether an entry with these facts is."""


class Passed(NamedTuple):
    """Entries that are counted and go no further."""

    entries: int
    unchanged: int


class _Ready(NamedTuple):
    """An entry normalised, before it is prepared."""

    facts: Facts
    source: Source
    lines: tuple[int, int]


_NOTHING: Container[bytes] = ()
Done = Packed | Passed | Item


class Packing:
    """The work on one dump. `share` is how much of it is done, as far as that is known."""

    def __init__(
        self,
        dump: Dump,
        reader: Reader,
        select: Selection | None,
        prepare: Prepare | None,
        held: Callable[[str], Container[bytes]] | None,
        type: str,
    ) -> None:
        self._dump, self._reader, self._type = dump, reader, type
        self._select, self._prepare = select, prepare
        self._held, self._known = held, _NOTHING
        self.share = 0.0

    def all(self) -> Iterator[list[Done]]:
        """What becomes of the items of the dump, in order, some at a time."""
        stretches = self._dump.stretches() if getattr(self._reader, "BY_LINE", False) else iter(())
        first = list(islice(stretches, LARGE))
        if len(first) == LARGE:
            yield from self._by_lines(chain(first, stretches))
            return
        items = read(self._dump, self._reader)
        some = list(islice(items, MANY))
        if len(some) < MANY:
            yield self._packed(some)
        else:
            self._know()
            pieces = chain([some], iter(lambda: list(islice(items, AT_ONCE)), []))
            yield from each_in_parallel(self._packed, pieces)

    def _by_lines(self, stretches: Iterable[tuple[int, bytes]]) -> Iterator[list[Done]]:
        bad = done = 0
        self._know()
        size = max(self._dump.size, 1)
        for some, wrong in each_in_parallel(self._of_lines, stretches):
            bad, done = bad + wrong, done + STRETCH_BYTES
            self.share = min(done / size, 1.0)
            yield some
        self._dump.warn_of(bad)

    def _know(self) -> None:
        """Finds out what all processes need, before there are several."""
        sha256 = self._dump.sha256
        self._known = self._held(sha256) if self._held else _NOTHING

    def _of_lines(self, stretch: tuple[int, bytes]) -> tuple[list[Done], int]:
        lines = Stretch(self._dump.name, *stretch)
        return self._packed(read(lines, self._reader)), lines.bad

    def _packed(self, items: Iterable[Item]) -> list[Done]:
        """What becomes of items, in order but for those that are only counted."""
        done: list[Done] = []
        ready: list[_Ready] = []
        passed = unchanged = 0
        for item in items:
            if not isinstance(item, Entry):
                done += self._prepared(ready)
                ready.clear()
                done.append(item)
            elif self._known and not _may_be_ours(item) and spot_in(item) in self._known:
                passed, unchanged = passed + 1, unchanged + 1
            elif self._select is not None and not self._select.may_want(item):
                passed += 1
            elif isinstance(one := self._normalised(item), Fault):
                done.append(one)
            elif self._select is not None and not self._select.wants(one.facts):
                passed += 1
            else:
                ready.append(one)
        done += self._prepared(ready)
        if passed:
            done.append(Passed(passed, unchanged))
        drop_circles()
        return done

    def _normalised(self, entry: Entry) -> _Ready | Fault:
        """An entry normalised; a fault for one that says nothing."""
        try:
            facts, repairs = normalise(entry)
        except Exception as fault:  # an entry may hold anything; it must not take the others along
            return _not_understood(entry.lines, fault)
        if not entry.key and paper.says_nothing(facts):
            return Fault(entry.lines, "an entry with nothing in it; give it a title to load it")
        source = paper.source_of(
            file=self._dump.name,
            sha256=self._dump.sha256,
            format=self._reader.NAME,
            entry=entry,
            facts=facts,
            repairs=repairs,
            about={},
        )
        if self._type:
            source["type"] = self._type
        return _Ready(facts, source, entry.lines)

    def _prepared(self, ready: Sequence[_Ready]) -> Iterator[Packed | Fault]:
        for start in range(0, len(ready), AT_ONCE):
            some = ready[start : start + AT_ONCE]
            try:
                yield from self._finished(some)
            except Exception:  # of one of them
                for one in some:
                    try:
                        yield from self._finished([one])
                    except Exception as fault:
                        yield _not_understood(one.lines, fault)

    def _finished(self, some: Sequence[_Ready]) -> list[Packed]:
        made: Sequence[object] = [None] * len(some)
        if self._prepare is not None:
            made = self._prepare([(one.facts, one.source) for one in some])
        return [packed(one.facts, one.source, what) for one, what in zip(some, made, strict=True)]


def _not_understood(lines: tuple[int, int], fault: Exception) -> Fault:
    return Fault(lines, f"an entry that cannot be understood ({failure(fault)})")


def _may_be_ours(entry: Entry) -> bool:
    """Whether an entry may name a paper of ours by its id: what becomes of it hangs on more than its dump."""
    named = isinstance(entry.key, str) and is_id(entry.key)
    return named or any(str(name).lower() in ("ref", "paperctl_id") for name in entry.extra)
