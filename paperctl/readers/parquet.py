"""Parquet: rows whose columns are read as the keys of a JSON object are. A row counts as a line."""

from __future__ import annotations

import base64
import datetime
import decimal
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError
from paperctl.readers import Sniff
from paperctl.record.items import Item, Object

NAME = "parquet"
ABOUT = "Parquet of any columns (paperctl, duckdb, pandas, spark); needs the parquet extra"

MAGIC = b"PAR1"
AS_TEXT = ("sources", "extra", "other_fields")
"""The columns of paperctl's own files that hold JSON as text."""
_ROWS = 1000
_EXACT = 1 << 53
"""Whole numbers up to here are exact as a float."""
_MAX_RATIO = 1000
"""A file may grow this many times when its rows are read; bombs grow more."""


def sniff(dump: Dump) -> Sniff | None:
    return Sniff(0.99, "begins as Parquet does (PAR1)") if dump.magic.startswith(MAGIC) else None


def read(dump: Dump) -> Iterator[Item]:
    from paperctl.readers._json import item_of

    for number, row in enumerate(rows(dump), 1):
        yield item_of(row, (number, number))


def rows(dump: Dump) -> Iterator[Object]:
    """The rows as objects of plain JSON values, without what is not known. Raises DumpError."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise DumpError(
            f"{dump.name}: a Parquet file needs the parquet extra",
            "pip install 'paperctl-triage[parquet]', or write it as JSON Lines",
            code="missing-extra",
        ) from None
    with _seekable(dump) as stream:
        try:
            file = ParquetFile(stream)
            _refuse_bombs(file.metadata, stream, dump.name)
            for batch in file.iter_batches(batch_size=_ROWS):
                yield from map(json_object, batch.to_pylist())
        except (ArrowException, OSError, ValueError, OverflowError) as fault:
            message = " ".join(str(fault).split())[:200]
            raise DumpError(
                f"{dump.name}: damaged Parquet file ({message})", "write it again, or as JSON Lines"
            ) from fault


@contextmanager
def _seekable(dump: Dump) -> Iterator[IO[bytes]]:
    """The bytes of a dump in a file that can be read from the end, as Parquet is."""
    with dump.open() as stream:
        if stream.seekable():
            yield stream
            return
        with tempfile.TemporaryFile() as whole:
            shutil.copyfileobj(stream, whole)
            yield whole


def _refuse_bombs(metadata: Any, stream: IO[bytes], name: str) -> None:
    packed = stream.seek(0, 2)
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    if any(group.total_byte_size > max(packed * _MAX_RATIO, 1 << 26) for group in groups):
        raise DumpError(
            f"{name}: unpacks to more than {_MAX_RATIO} times its size, which no real dump does",
            "write it as JSON Lines if you trust it",
        )


def json_object(row: Mapping[str, object]) -> Object:
    found = {name: plain for name, value in row.items() if (plain := _plain(value)) is not None}
    for name in AS_TEXT:
        if name in found:
            found[name] = _decoded(found[name])
    others = found.pop("other_fields", None)
    if isinstance(others, dict):
        found = {**others, **found}
    elif others is not None:
        found["other_fields"] = others
    return found


def _plain(value: Any) -> Any:
    """A value as JSON has it: pairs of a map become an object, days and times text, NaN nothing."""
    match value:
        case dict():
            return {str(name): _plain(part) for name, part in value.items()}
        case [(_, _), *_] if all(isinstance(part, tuple) for part in value):
            return {str(name): _plain(part) for name, part in value}
        case list() | tuple():
            return [_plain(part) for part in value]
        case float() | decimal.Decimal():
            return _number(value)
        case bytes():
            return _text(value)
        case datetime.date() | datetime.time():
            return value.isoformat()
        case datetime.timedelta():
            return str(value)
    return value


def _number(value: float | decimal.Decimal) -> int | float | None:
    if value != value:
        return None
    number = float(value)
    return int(number) if abs(number) < _EXACT and number.is_integer() else number


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return base64.b64encode(value).decode()


def _decoded(value: object) -> Any:
    """The value of a JSON text; any other text as it is."""
    from paperctl.readers._json.decode import Broken, decoded

    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    found = decoded(value)
    return value if isinstance(found, Broken) else found
