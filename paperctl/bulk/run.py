"""One run: by which engine, in which folder, and whether it goes on from one that was stopped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from paperctl import __version__
from paperctl.bulk import inputs, outputs
from paperctl.bulk.asked import Asked, Counted, Progress
from paperctl.deduplicate.stored import version as rules_of_keys
from paperctl.errors import MissingExtra, UsageError

WORK = ".work"
LOCAL_UP_TO = 256 << 20
"""Bytes of records up to which everything fits into one process, and starting an engine does not pay."""


def run(asked: Asked, tell: Progress) -> Counted:
    """Reads, compares, tags and writes. Raises PaperctlError; the same call then goes on where it stopped."""
    files = inputs.files_of(asked.inputs)
    engine = asked.engine or ("local" if inputs.size_of(files) <= LOCAL_UP_TO else "duckdb")
    work = _begun(asked, files, engine)
    if engine == "local":
        from paperctl.bulk import local

        counted = local.run(inputs.slices_of(files), asked, work, tell)
    else:
        counted = _with_engine(engine, files, asked, work, tell)
    counted.engine = engine
    (asked.output / outputs.RECEIPT).write_text(json.dumps(counted.as_json(), indent=1) + "\n", "utf-8")
    shutil.rmtree(work)
    return counted


def _begun(asked: Asked, files: Sequence[Path], engine: str) -> Path:
    """The folder of work, kept from a run that was stopped if it was the same one."""
    output, work = asked.output, asked.output / WORK
    told = {
        "paperctl": __version__,
        "inputs": inputs.fingerprint(files),
        "engine": "local" if engine == "local" else engine,
        "dedupe": asked.dedupe,
        "keys": rules_of_keys(),
        "topics": asked.tagger.rules.version if asked.tagger else None,
        "format": asked.format,
    }
    name = work / "run.json"
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file", "name a folder with -o")
    if name.is_file():
        if json.loads(name.read_text("utf-8")) == told:
            return work
        if not asked.force:
            raise UsageError(
                f"{output} has the work of another run that was stopped",
                "--force throws it away, or name another folder",
            )
    elif output.exists() and any(output.iterdir()) and not asked.force:
        ours = (output / outputs.RECEIPT).is_file()
        raise UsageError(
            f"{output} {'has a finished run' if ours else 'is not empty'}",
            "--force writes over it"
            if ours
            else "name a folder that is new or empty; --force writes into it",
        )
    shutil.rmtree(work, ignore_errors=True)
    (work / "read").mkdir(parents=True)
    name.write_text(json.dumps(told), "utf-8")
    return work


def _with_engine(name: str, files: Sequence[Path], asked: Asked, work: Path, tell: Progress) -> Counted:
    try:
        from paperctl.bulk.engine import Engine
        from paperctl.bulk.staged import Staged
    except ImportError:  # pyarrow, which both extras bring
        raise MissingExtra(f"--engine {name}", name) from None

    engine: Engine
    if name == "spark":
        from paperctl.bulk.spark_engine import Spark

        engine = Spark(work.resolve(), asked.master)
    else:
        from paperctl.bulk.duckdb_engine import DuckDB

        engine = DuckDB(work.resolve(), asked.memory, asked.workers)
    try:
        return Staged(engine, work.resolve(), asked, tell).run(inputs.slices_of(files))
    finally:
        engine.close()
