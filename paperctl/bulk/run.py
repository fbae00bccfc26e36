"""One run: by which engine, in which folder, and whether it goes on from one that was stopped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from paperctl import __version__
from paperctl.bulk import inputs, outputs
from paperctl.bulk.job import Job, RunReceipt
from paperctl.deduplicate.key_rules import version as rules_of_keys
from paperctl.errors import MissingExtra, UsageError
from paperctl.parallel.reports import Progress
from paperctl.store.files import LOCK, locked

WORK = ".work"
_NAME = "run.json"
LOCAL_UP_TO = 256 << 20
"""Bytes of records up to which everything fits into one process, and starting an engine does not pay."""


def run(job: Job, progress: Progress) -> RunReceipt:
    """Reads, compares, tags and writes. Raises PaperctlError; the same call then goes on where it stopped."""
    if inside := [path for path in job.inputs if _within(Path(path), job.output)]:
        raise UsageError(f"{inside[0]} is where the results go", "name another folder with -o")
    files = [file for file in inputs.files_of(job.inputs) if not _within(file, job.output)]
    engine = job.engine or ("local" if inputs.size_of(files) <= LOCAL_UP_TO else "duckdb")
    identity = _identity(job, files, engine)
    work = job.output / WORK
    _refuse_to_replace(job, identity)
    # Clusters share file systems that know no locks.
    with nullcontext() if engine == "spark" else locked(work, patience=0.5):
        _clear_unless_same(work, identity)
        if engine == "local":
            from paperctl.bulk import local

            receipt = local.run(inputs.slices_of(files), job, work, progress)
        else:
            receipt = _with_engine(engine, files, job, work, progress)
        receipt.engine = engine
        (job.output / outputs.RECEIPT).write_text(json.dumps(receipt.as_json(), indent=1) + "\n", "utf-8")
        shutil.rmtree(work)
    return receipt


def _within(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())


def _identity(job: Job, files: Sequence[Path], engine: str) -> dict[str, object]:
    """What names a run: one that was stopped goes on if all of it is the same."""
    return {
        "paperctl": __version__,
        "inputs": inputs.fingerprint(files),
        "engine": engine,
        "dedupe": job.dedupe,
        "keys": rules_of_keys(),
        "topics": job.tagger.rules.version if job.tagger else None,
        "format": job.format,
    }


def _refuse_to_replace(job: Job, identity: dict[str, object]) -> None:
    """Raises UsageError where the folder holds anything but the begun work of this run."""
    output = job.output
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file", "name a folder with -o")
    if job.force or not output.exists():
        return
    begun = _begun_in(output / WORK)
    if begun is None and any(path.name != WORK for path in output.iterdir()):
        ours = (output / outputs.RECEIPT).is_file()
        raise UsageError(
            f"{output} {'has a finished run' if ours else 'is not empty'}",
            "--force writes over it"
            if ours
            else "name a folder that is new or empty; --force writes into it",
        )
    if begun not in (None, identity):
        raise UsageError(
            f"{output} has the work of another run that was stopped",
            "--force throws it away, or name another folder",
        )


def _begun_in(work: Path) -> Any:
    """What the run was that began the work; None if there is none."""
    try:
        return json.loads((work / _NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _clear_unless_same(work: Path, identity: dict[str, object]) -> None:
    if _begun_in(work) == identity:
        return
    work.mkdir(parents=True, exist_ok=True)
    for path in work.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()
    (work / "read").mkdir()
    (work / _NAME).write_text(json.dumps(identity), "utf-8")


def _with_engine(name: str, files: Sequence[Path], job: Job, work: Path, progress: Progress) -> RunReceipt:
    try:
        from paperctl.bulk.engine import Engine
        from paperctl.bulk.staged import Staged
    except ImportError:  # pyarrow, which both extras bring
        raise MissingExtra(f"--engine {name}", name) from None

    engine: Engine
    if name == "spark":
        from paperctl.bulk.spark_engine import Spark

        engine = Spark(work.resolve(), job.master)
    else:
        from paperctl.bulk.duckdb_engine import DuckDB

        engine = DuckDB(work.resolve(), job.memory, job.workers)
    try:
        return Staged(engine, work.resolve(), job, progress).run(inputs.slices_of(files))
    finally:
        engine.close()
