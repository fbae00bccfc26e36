"""One machine: DuckDB joins and sorts, on the disk where memory ends; processes run the steps."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet as pq

from paperctl.bulk.engine import Stage, Step, filled, pieces, schema_of, table_path, typed
from paperctl.bulk.inputs import Slice
from paperctl.errors import MissingExtra, PaperctlError
from paperctl.parallel.processes import begin_worker

_WORDS = {"unnest": "unnest", "list": "list", "sorted": "list_sort", "empty": "[]::varchar[]"}


class DuckDB:
    """The engine. `folder` holds its tables, and what it spills."""

    def __init__(self, folder: Path, memory: str | None = None, workers: int | None = None) -> None:
        try:
            import duckdb
        except ImportError:
            raise MissingExtra("--engine duckdb", "duckdb") from None
        self._error = duckdb.Error
        self._folder = folder
        self._workers = workers or _cores()
        # The processes are forked before there is a thread that a fork would lose.
        forks = sys.platform.startswith("linux")
        context = multiprocessing.get_context("fork" if forks else "spawn")
        self._pool = ProcessPoolExecutor(self._workers, context, _begin, (os.getpid(),))
        for started in [self._pool.submit(os.getpid) for _ in range(self._workers)]:
            started.result()
        self._base = duckdb.connect()
        self._set("threads", self._workers)
        self._set("preserve_insertion_order", False)
        self._set("temp_directory", str(folder / "spilled"))
        if memory:
            self._set("memory_limit", memory)

    def _set(self, name: str, value: object) -> None:
        literal = f"'{_quoted(value)}'" if isinstance(value, str) else str(value).lower()
        self._execute(f"set {name} = {literal}")

    def _execute(self, query: str) -> Any:
        try:
            return self._base.execute(filled(query, _WORDS))
        except self._error as fault:
            raise _failed(fault) from fault

    def read(self, slices: Sequence[Slice], read: Callable[[Slice], None]) -> Iterator[None]:
        yield from self._spread((read, part) for part in slices)

    def number(self) -> None:
        parts = _quoted(self._folder / "read" / "*.parquet")
        query = f"""select o.n, r.* from read_parquet('{parts}') as r join (
            select row, row_number() over (order by "order", entry, row) - 1 as n
            from (select row, title as "order", entry from read_parquet('{parts}'))) as o on o.row = r.row"""
        self._copy("numbered", query)

    def run(self, stage: Stage) -> None:
        order = ", ".join([stage.together, *stage.order]) if stage.together else ""
        query = stage.query + (f" order by {order}" if order else "")
        if stage.step is None:
            self._copy(stage.name, query)
            return
        target = table_path(self._folder, stage.name)
        schema = schema_of(stage.columns)
        temporary = target.with_suffix(".part")
        step = stage.step
        with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
            tables = pieces(self._batches(query, stage.rows), stage.together, stage.rows)
            for made in self._spread((_stepped, step, _packed(table)) for table in tables):
                writer.write_table(typed(_unpacked(made), schema))
        temporary.replace(target)
        self.open([stage.name])

    def _batches(self, query: str, rows: int) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._reader(query, min(rows, 100_000))
        except (self._error, pa.ArrowException) as fault:  # as DuckDB speaks while rows are fetched
            raise _failed(fault) from fault

    def _reader(self, query: str, rows: int) -> pa.RecordBatchReader:
        try:
            result = self._base.sql(filled(query, _WORDS))
            return (getattr(result, "to_arrow_reader", None) or result.fetch_arrow_reader)(rows)
        except self._error as fault:
            raise _failed(fault) from fault

    def _spread(self, calls: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """The results of calls, in order; only so many wait that memory stays flat."""
        waiting: deque[Future[Any]] = deque()
        try:
            for function, *given in calls:
                waiting.append(self._pool.submit(function, *given))
                if len(waiting) > 2 * self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as fault:
            raise PaperctlError(
                "a worker process was ended, most likely for want of memory",
                "the same command with --workers 1 or a smaller --memory goes on from the last finished step",
            ) from fault

    def save(self, name: str, rows: pa.Table) -> None:
        target = table_path(self._folder, name)
        pq.write_table(rows, target.with_suffix(".part"), compression="zstd")
        target.with_suffix(".part").replace(target)
        self.open([name])

    def _copy(self, name: str, query: str) -> None:
        target = table_path(self._folder, name)
        part = target.with_suffix(".part")
        self._execute(f"copy ({query}) to '{_quoted(part)}' (format parquet, compression zstd)")
        part.replace(target)
        self.open([name])

    def view(self, name: str, query: str) -> None:
        self._execute(f"create or replace view {name} as {query}")

    def ask(self, query: str) -> pa.Table:
        return self._reader(query, 100_000).read_all()

    def open(self, names: Iterable[str]) -> None:
        for name in names:
            self.view(name, f"select * from read_parquet('{_quoted(table_path(self._folder, name))}')")

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._base.close()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def _quoted(path: object) -> str:
    return str(path).replace("'", "''")


def _begin(parent: int) -> None:
    """A worker ends with the process that started it, also where that was killed."""
    begin_worker()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _unpacked(data: bytes) -> pa.Table:
    return pa.ipc.open_stream(data).read_all()


def _stepped(step: Step, data: bytes) -> bytes:
    """What a worker does: a step on a table."""
    return _packed(step(_unpacked(data)))


def _failed(fault: Exception) -> PaperctlError:
    message = " ".join(str(fault).split())[:300]
    full = "memory" in message.lower() or "space" in message.lower()
    return PaperctlError(
        f"duckdb: {message}",
        "give it more --memory or room on the disk; the same command goes on from the last finished step"
        if full
        else "the same command goes on from the last finished step",
    )
