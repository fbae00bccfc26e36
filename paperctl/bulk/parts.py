"""One slice read into files of its own: its rows, what was set aside, and a note that it is done."""

from __future__ import annotations

import json
import os
from itertools import islice
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet as pq

from paperctl.bulk.engine import schema_of
from paperctl.bulk.inputs import Slice
from paperctl.bulk.reading import Read, rows
from paperctl.bulk.tables import READ

_ROWS = 5_000


def read_part(folder: Path, part: Slice) -> None:
    """Reads a slice into `folder`. Only the note, written last, makes it count."""
    schema = schema_of(READ)
    found = Read()
    waiting = rows(part, found)
    temporary = folder / f".{part.number}.{os.getpid()}"
    with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        while some := list(islice(waiting, _ROWS)):
            columns = [
                pa.array(values, kind)
                for values, kind in zip(zip(*some, strict=True), schema.types, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
    temporary.replace(folder / f"{part.number}.parquet")
    with (folder / f"{part.number}.aside.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one._asdict(), ensure_ascii=True) + "\n" for one in found.aside)
    note = {"set aside": len(found.aside), "skipped": dict(found.skipped)}
    (folder / f"{part.number}.json").write_text(json.dumps(note), "utf-8")
