"""Reading a slice: each entry a row with all that later steps ask for, and what cannot be read set aside."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from paperctl.bulk.inputs import Slice
from paperctl.deduplicate import steps
from paperctl.dumps.dump import Dump
from paperctl.dumps.unpack import open_dumps
from paperctl.errors import DumpError
from paperctl.normalise import normalise
from paperctl.readers import json_lines, parquet
from paperctl.reading.recognise import failure, read
from paperctl.record import sources as paper
from paperctl.record.items import Entry, Fault, Item, Skip

_encode = msgspec.json.Encoder().encode


class Row(NamedTuple):
    """An entry. `row` orders the rows of all slices; `order` and `entry` order them by what they say."""

    row: int
    order: str
    entry: str
    title_id: str
    flat: str
    keys: list[int]
    file: str
    line: int
    key: str | None
    record: str
    """The paper that the entry tells of, without an id, as JSON."""


class Aside(NamedTuple):
    """What could not be read: where it stands, why, and the text itself where there is one."""

    file: str
    line: int
    message: str
    text: str | None


@dataclass(slots=True)
class Read:
    """What became of a slice, apart from its rows."""

    aside: list[Aside] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


class _Lines(Dump):
    """A dump that remembers the line it gave last, and its number."""

    at, last = 0, ""

    def lines(self) -> Iterator[tuple[int, str]]:
        for number, line in super().lines():
            self.at, self.last = number, line
            yield number, line


def rows(part: Slice, into: Read) -> Iterator[Row]:
    """The rows of a slice, in order; what is no row goes `into`."""
    count = 0
    for dump in _dumps(part):
        if isinstance(dump, DumpError):
            into.aside.append(Aside(part.name, 0, dump.message, None))
            continue
        for item, text in _items(dump):
            if isinstance(item, Skip):
                into.skipped[item.reason] += item.lines[1] - item.lines[0] + 1
            elif isinstance(item, Fault):
                line = part.lines_before + item.lines[0]
                into.aside.append(Aside(part.name, line, item.message, text))
            elif isinstance(item, Entry):
                try:
                    yield _row(part, item, part.number << 32 | count)
                    count += 1
                except Exception as fault:  # an entry may hold anything; it must not take the others along
                    message = str(fault) if isinstance(fault, DumpError) else failure(fault)
                    into.aside.append(Aside(part.name, part.lines_before + item.lines[0], message, text))


def _dumps(part: Slice) -> Iterator[_Lines | DumpError]:
    if part.stop is not None:
        with open(part.path, "rb") as stream:  # noqa: PTH123
            stream.seek(part.start)
            block = stream.read(part.stop - part.start)
        yield _Lines(part.name, lambda: io.BytesIO(block), "utf-8")
        return
    for dump in open_dumps(part.path):
        yield dump if isinstance(dump, DumpError) else _Lines(dump.name, dump.open, "utf-8")


def _items(dump: _Lines) -> Iterator[tuple[Item, str | None]]:
    """The items of a dump, each with the text it was made of. What ends it early ends nothing else."""
    try:
        if dump.magic.startswith(parquet.MAGIC):
            yield from _rows_of_parquet(dump)
        else:
            for item in read(dump, json_lines):
                yield item, dump.last
        return
    except DumpError as fault:
        message = fault.message
    except OSError as fault:
        message = fault.strerror or str(fault)
    line = dump.at + 1
    yield Fault((line, line), f"{message}; what stands before this line was read"), None


def _rows_of_parquet(dump: _Lines) -> Iterator[tuple[Item, str | None]]:
    from paperctl.readers._json import item_of

    for number, row in enumerate(parquet.rows(dump), 1):
        dump.at = number
        item = item_of(row, (number, number))
        yield item, (_encode(row).decode() if isinstance(item, Fault) else None)


def _row(part: Slice, entry: Entry, number: int) -> Row:
    facts, repairs = normalise(entry)
    if not entry.key and paper.says_nothing(facts):
        raise DumpError("an entry with nothing in it")
    line = part.lines_before + entry.lines[0]
    entry.lines = (line, part.lines_before + entry.lines[1])
    source = paper.source_of(
        file=part.name, sha256="", format="bulk", entry=entry, facts=facts, repairs=repairs, about={}
    )
    record = paper.new_paper("", source, facts, "")
    record["added"] = None
    found = steps.prepared(facts, source["entry"])
    return Row(number, *found, part.name, line, entry.key, _encode(record).decode())
