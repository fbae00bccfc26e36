"""Parquet: the record whole, a column for each field, for duckdb, pandas and Spark."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from paperctl.errors import MissingExtra
from paperctl.exports import Request
from paperctl.exports._columns import cells, checked
from paperctl.exports._json import text_of
from paperctl.record import Record
from paperctl.record.fields import FIELDS, KEYS
from paperctl.text.sanitise import clean

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "parquet"
ABOUT = "Parquet, for duckdb, pandas and Spark; needs the parquet extra"
SUFFIX = ".parquet"

OTHERS = "other_fields"
"""The column of what a record holds under names that paperctl does not know, as JSON."""
_ROWS = 10_000
_TYPES = {field.name: field.type for field in FIELDS}


def pack(records: Iterable[Record], request: Request) -> Iterator[bytes]:
    """A file in pieces. Texts, numbers and lists have columns of their types, topic scores a map; `sources`,
    `extra` and fields of other programs are JSON. `fields` selects and orders the columns."""
    _, pq = _library()
    fields = checked(request.fields) if request.fields else (*KEYS, OTHERS)
    sink = _Sink()
    waiting = iter(records)
    with pq.ParquetWriter(sink, table((), fields).schema, compression="zstd") as writer:
        while some := list(islice(waiting, _ROWS)):
            writer.write_table(table(some, fields))
            yield sink.taken()
    yield sink.taken()


def table(records: Sequence[Mapping[str, object]], fields: Sequence[str]) -> pa.Table:
    """The records as an Arrow table with these columns."""
    pa, _ = _library()
    columns = [_column(pa, name, fields) for name in fields]
    return pa.table(
        {
            name: pa.array(map(value, records), kind)
            for name, (kind, value) in zip(fields, columns, strict=True)
        }
    )


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet as pq
    except ImportError:
        raise MissingExtra("Parquet", "parquet") from None
    return pa, pq


class _Sink(io.RawIOBase):
    """Takes what the writer writes, and gives it away before the file is whole."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held


_Value = Callable[[Mapping[str, object]], object]


def _column(pa: Any, name: str, fields: Sequence[str]) -> tuple[pa.DataType, _Value]:
    """The type of a column, and what a record has in it; a value of another type counts as unknown."""
    kind = _TYPES.get(name, str)
    if name == OTHERS:
        return pa.string(), lambda record: _others(record, fields)
    if "." in name:
        (cell,) = (cells((name,)),)
        return pa.string(), lambda record: _text(_shown(cell(record)[0]))
    if kind is int or kind == int | None:
        return pa.int64(), lambda record: _number(record.get(name))
    if kind is bool:
        return pa.bool_(), lambda record: record.get(name) is True
    if kind == list[str]:
        return pa.list_(pa.string()), lambda record: _texts(record.get(name))
    if kind == dict[str, str]:
        return pa.map_(pa.string(), pa.string()), lambda record: _pairs(record.get(name))
    if kind == dict[str, float]:
        return pa.map_(pa.string(), pa.float64()), lambda record: _scores(record.get(name))
    if kind is str or kind == str | None:
        return pa.string(), lambda record: _text(record.get(name))
    return pa.string(), lambda record: text_of(record[name]) if record.get(name) is not None else None


def _text(value: object) -> str | None:
    return clean(value, lines=True) if isinstance(value, str) else None


def _shown(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _number(value: object) -> int | None:
    return value if type(value) is int and abs(value) < 1 << 63 else None


def _texts(value: Any) -> list[str]:
    return [clean(part, lines=True) for part in value if isinstance(part, str)] if value else []


def _scores(value: object) -> list[tuple[str, float]]:
    found = value.items() if isinstance(value, Mapping) else ()
    return [(clean(name), float(score)) for name, score in found if isinstance(score, int | float)]


def _pairs(value: object) -> list[tuple[str, str]]:
    found = value.items() if isinstance(value, Mapping) else ()
    return [(clean(name), clean(text)) for name, text in found if isinstance(text, str)]


def _others(record: Mapping[str, object], fields: Sequence[str]) -> str | None:
    found = {name: value for name, value in record.items() if name not in fields}
    return text_of(found) if found else None
