"""The tables that a run reads into and those that it leaves: their columns, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet as pq

from paperctl.bulk.engine import TYPES, schema_of
from paperctl.exports import parquet
from paperctl.record.fields import KEYS

READ = (
    "row bigint, title string, entry string, title_id string, flat string, keys list<bigint>, file string, "
    "line bigint, key string, record string"
)
RECORDS = (
    "file string, line bigint, key string, id string, cluster string, work string, versions list<string>, "
    "topics list<string>, topic_scores map<string,double>"
)
DOUBTFUL = "id string, other string, title string, other_title string, score double, evidence list<string>"
_FIELDS = (*dict.fromkeys((*KEYS, "work", "cluster")), parquet.OTHERS)
_ROWS = 10_000


def kept(records: Sequence[Mapping[str, object]]) -> pa.Table:
    """Whole records in the columns of the Parquet export, and their cluster."""
    return parquet.table(records, _FIELDS)


def _named(kind: pa.DataType) -> str:
    (name,) = (name for name, of in TYPES.items() if of == kind)
    return name


KEPT = ", ".join(f"{column.name} {_named(column.type)}" for column in kept(()).schema)


def write_table(path: Path, columns: str | None, rows: Iterable[Mapping[str, object]]) -> None:
    """Writes rows to a file: records if there are no `columns`."""
    schema = schema_of(columns) if columns else kept(()).schema
    waiting = iter(rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(waiting, _ROWS)):
            writer.write_table(_table(some, schema) if columns else kept(some))


def _table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    def values(column: pa.Field) -> pa.Array:
        found = [row[column.name] for row in rows]
        of_map = pa.types.is_map(column.type)
        return pa.array([[*value.items()] for value in found] if of_map else found, column.type)

    return pa.Table.from_arrays([values(column) for column in schema], schema=schema)
