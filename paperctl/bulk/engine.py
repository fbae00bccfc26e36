"""What a run asks of an engine: read slices, run a stage, count. An engine knows no rule and no paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

if TYPE_CHECKING:
    from paperctl.bulk.inputs import Slice

TYPES = {
    "string": pa.string(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "list<string>": pa.list_(pa.string()),
    "list<bigint>": pa.list_(pa.int64()),
    "map<string,double>": pa.map_(pa.string(), pa.float64()),
    "map<string,string>": pa.map_(pa.string(), pa.string()),
}
_COLUMN = re.compile(r"([\w`.]+) ([a-z]+(?:<[^>]*>)?)(?:, |$)")


Step = Callable[[pa.Table], pa.Table]


@dataclass(frozen=True)
class Stage:
    """`columns` are those of its table, with their types. The rows that have one value of `together` come to
    the step in one piece, ordered by `order`; about so many as `rows` says come at a time."""

    name: str
    query: str
    columns: str
    step: Step | None = None
    together: str = ""
    order: Sequence[str] = ()
    rows: int = 100_000


class Engine(Protocol):
    """A driver of the stages. Tables are Parquet in the run's folder, each there whole or not at all."""

    def read(self, slices: Sequence[Slice], read: Callable[[Slice], None]) -> Iterator[None]:
        """Calls `read` with every slice, on whatever there is to share the work; yields as each is done."""

    def number(self) -> None:
        """Makes the table `numbered` of `read`: its rows with `n`, ascending by order, entry and row."""

    def run(self, stage: Stage) -> None:
        """Makes a stage's table."""

    def save(self, name: str, rows: pa.Table) -> None:
        """Makes a table of rows that the caller has."""

    def view(self, name: str, query: str) -> None:
        """Gives a query over the tables a name."""

    def ask(self, query: str) -> pa.Table:
        """The rows of a query, which must be few."""

    def open(self, names: Iterable[str]) -> None:
        """Makes tables known that an earlier run made."""

    def close(self) -> None: ...


def schema_of(columns: str) -> pa.Schema:
    """The Arrow schema of columns as a stage writes them."""
    return pa.schema([(name, TYPES[kind]) for name, kind in _COLUMN.findall(columns)])


def typed(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table with these columns in these types."""
    return rows.select(schema.names).cast(schema)


def pieces(batches: Iterable[pa.RecordBatch], together: str, least: int) -> Iterator[pa.Table]:
    """Batches put together to tables of so many rows and more, cut only where `together` changes."""
    held: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        if not batch.num_rows:
            continue
        held.append(batch)
        size += batch.num_rows
        if size < least:
            continue
        cut = _last_change(batch, together)
        if cut:
            yield pa.Table.from_batches([*held[:-1], batch.slice(0, cut)])
            rest = batch.slice(cut)
            held, size = ([rest], rest.num_rows) if rest.num_rows else ([], 0)
    if held:
        yield pa.Table.from_batches(held)


def _last_change(batch: pa.RecordBatch, together: str) -> int:
    """Where a batch can be cut so that no group is: behind its last row if nothing belongs together."""
    if not together:
        return int(batch.num_rows)
    column = batch.column(together)
    last = column[-1]
    at = int(batch.num_rows) - 1
    while at > 0 and column[at - 1] == last:
        at -= 1
    return at


def filled(query: str, words: Mapping[str, str]) -> str:
    """The query with an engine's own words."""
    for name, word in words.items():
        query = query.replace(f"{{{name}}}", word)
    return query


def table_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


def rows_in(path: Path) -> int:
    """How many rows a table has."""
    from pyarrow import dataset

    return int(dataset.dataset(path, format="parquet").count_rows())


def bytes_in(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())
