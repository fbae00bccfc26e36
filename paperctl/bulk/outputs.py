"""What a finished run leaves in its folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from paperctl.bulk.reading import Aside

RECEIPT = "receipt.json"
TABLES = ("kept", "records", "doubtful")
SET_ASIDE = "set-aside.jsonl"


def publish(work: Path, output: Path, format: str) -> None:
    """Moves the tables of a run to its folder, in the format asked for."""
    with (output / SET_ASIDE).open("wb") as file:
        for part in sorted(
            (work / "read").glob("*.aside.jsonl"), key=lambda path: int(path.name.split(".")[0])
        ):
            with part.open("rb") as found:
                shutil.copyfileobj(found, file)
    for name in TABLES:
        clear(output, name)
        table = work / f"{name}.parquet"
        if format == "parquet":
            table.rename(output / f"{name}.parquet")
        else:
            write_lines(output / f"{name}.jsonl", _rows(table))


def clear(output: Path, table: str) -> None:
    """Removes a table of an earlier run, in whatever format: a file, or the folder that Spark writes."""
    for path in (output / f"{table}.parquet", output / f"{table}.jsonl"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Rows as JSON Lines."""
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        file.writelines(encode(row) + b"\n" for row in rows)


def write_set_aside(path: Path, aside: Iterable[Aside]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one._asdict()) + "\n" for one in aside)


def _rows(table: Path) -> Iterator[dict[str, object]]:
    import pyarrow as pa
    from pyarrow import dataset

    from paperctl.readers.parquet import json_object

    rows = dataset.dataset(table, format="parquet")
    known: dict[str, object] = {
        column.name: {} if pa.types.is_map(column.type) else None for column in rows.schema
    }
    known.pop("other_fields", None)
    for batch in rows.to_batches(batch_size=4_000):
        for row in map(json_object, batch.to_pylist()):
            # A map without pairs comes as a list.
            yield {**known, **{name: value for name, value in row.items() if value or known.get(name) != {}}}
