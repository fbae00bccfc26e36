"""Several machines: Spark joins and sorts, and its workers run the steps. Every worker must see the run's
folder and have paperctl installed."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from paperctl.bulk.engine import Stage, Step, filled, pieces, schema_of, table_path, typed
from paperctl.bulk.inputs import Slice
from paperctl.errors import MissingExtra, PaperctlError

_WORDS = {
    "unnest": "explode",
    "list": "collect_list",
    "sorted": "sort_array",
    "empty": "cast(array() as array<string>)",
}


class Spark:
    """The engine. `master` says where the workers are, as Spark does; None leaves it to `spark-submit`."""

    def __init__(self, folder: Path, master: str | None = None) -> None:
        warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
        try:
            import pyspark
            from pyspark.sql import SparkSession
        except ImportError:
            raise MissingExtra("--engine spark", "spark") from None
        if not _java():
            raise PaperctlError(
                "Spark needs Java, which is not installed",
                "install a Java runtime (Debian: apt install default-jre-headless), or set JAVA_HOME",
                code="missing-extra",
            )
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self._error = pyspark.errors.PySparkException
        self._folder = folder
        session = SparkSession.builder.appName("paperctl bulk")
        if master is not None:
            session = session.master(master)
        for name, value in _settings(master).items():
            session = session.config(name, value)
        try:
            self._spark = session.getOrCreate()
        except Exception as fault:  # Java's own errors, of many kinds
            message = " ".join(str(fault).split())[:300]
            raise PaperctlError(f"Spark does not start: {message}", "check --master and Java") from fault
        self._spark.sparkContext.setLogLevel("ERROR")

    def read(self, slices: Sequence[Slice], read: Callable[[Slice], None]) -> Iterator[None]:
        if slices:
            self._spark.sparkContext.parallelize(slices, len(slices)).foreach(read)
        for _ in slices:
            yield

    def number(self) -> None:
        parts = self._spark.read.option("pathGlobFilter", "*.parquet").parquet(str(self._folder / "read"))
        # Ascending with the order of the rows, though not without gaps.
        query = parts.orderBy("title", "entry", "row").selectExpr("monotonically_increasing_id() as n", "*")
        self._write("numbered", query)

    def run(self, stage: Stage) -> None:
        found = self._spark.sql(filled(stage.query, _WORDS))
        if stage.together:
            found = found.repartition(stage.together).sortWithinPartitions(stage.together, *stage.order)
        if stage.step is not None:
            step = _Mapped(stage.step, stage.together, stage.rows, schema_of(stage.columns))
            found = found.mapInArrow(step, _ddl(stage.columns))
        self._write(stage.name, found)

    def _write(self, name: str, rows: Any) -> None:
        target = table_path(self._folder, name)
        part = target.with_suffix(".part")
        try:
            rows.write.mode("overwrite").option("compression", "zstd").parquet(str(part))
        except self._error as fault:
            message = " ".join(str(fault).split())[-300:]
            raise PaperctlError(
                f"spark: {message}", "the same command goes on from the last finished step"
            ) from fault
        shutil.rmtree(target, ignore_errors=True)
        part.rename(target)
        self.open([name])

    def save(self, name: str, rows: pa.Table) -> None:
        from pyarrow import parquet as pq

        target = table_path(self._folder, name)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        pq.write_table(rows, target / "part-0.parquet", compression="zstd")
        self.open([name])

    def view(self, name: str, query: str) -> None:
        self._spark.sql(filled(query, _WORDS)).createOrReplaceTempView(name)

    def ask(self, query: str) -> pa.Table:
        return self._spark.sql(filled(query, _WORDS)).toArrow()

    def open(self, names: Iterable[str]) -> None:
        for name in names:
            path = str(table_path(self._folder, name))
            self._spark.read.parquet(path).createOrReplaceTempView(name)

    def close(self) -> None:
        self._spark.stop()


class _Mapped:
    """A step as Spark calls it: batches of a partition in, batches out."""

    def __init__(self, step: Step, together: str, rows: int, schema: pa.Schema) -> None:
        self._step, self._together, self._rows, self._schema = step, together, rows, schema

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in pieces(batches, self._together, self._rows):
            yield from typed(self._step(table), self._schema).to_batches()


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return bool(shutil.which("java") or (home and (Path(home) / "bin" / "java").exists()))


def _settings(master: str | None) -> dict[str, str]:
    found = {
        "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "4000",
    }
    if master is not None and master.startswith("local"):
        found |= {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "2",
            "spark.default.parallelism": "2",
        }
    return found


def _ddl(columns: str) -> str:
    """The columns as Spark writes their types."""
    return columns.replace("list<", "array<")
