"""`paperctl bulk`: deduplicate and tag snapshots that are no store."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperctl.cli.json_output import AsJson, print_json
from paperctl.cli.session import Session
from paperctl.errors import PARTLY, UsageError

if TYPE_CHECKING:
    from paperctl.bulk.job import RunReceipt

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True, context_settings=HELP)


class EngineName(StrEnum):
    """What does the work."""

    LOCAL = "local"
    DUCKDB = "duckdb"
    SPARK = "spark"


class Format(StrEnum):
    """What the tables are written as."""

    PARQUET = "parquet"
    JSONL = "jsonl"


Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT…", help="JSON Lines (.gz .zst), Parquet, folders, 'patterns*'.")
]
Output = Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="A new folder, for all of it.")]
Engine = Annotated[
    EngineName | None,
    typer.Option(help="local: in memory; duckdb: one machine; spark: several. Default: by size."),
]
Master = Annotated[
    str | None, typer.Option(metavar="URL", help="Where Spark's workers are: local[4], spark://…")
]
As = Annotated[Format, typer.Option("-f", "--format", help="What the tables are written as.")]
Memory = Annotated[str | None, typer.Option(metavar="SIZE", help="So much memory for duckdb, as 4GB.")]
_SIZE = re.compile(r"\d+(?:\.\d+)? ?(?:[KMGT](?:i?B)?|%)", re.IGNORECASE)
"""An amount of memory as DuckDB takes it."""
Workers = Annotated[int | None, typer.Option(metavar="N", min=1, help="Worker processes of duckdb.")]
Force = Annotated[bool, typer.Option("--force", help="Write over what OUT holds.")]


@app.callback()
def bulk() -> None:
    """Deduplicate and tag snapshots that are no store: JSON Lines and Parquet of any size."""


@app.command(context_settings=HELP)
def dedupe(
    ctx: typer.Context,
    inputs: Inputs,
    output: Output,
    engine: Engine = None,
    master: Master = None,
    format: As = Format.PARQUET,
    no_tag: Annotated[bool, typer.Option("--no-tag", help="Do not tag.")] = False,
    memory: Memory = None,
    workers: Workers = None,
    force: Force = False,
    json: AsJson = False,
) -> None:
    """Find what is one paper and what are versions of one work, by the rules of `paperctl dedupe`.

    OUT gets kept.parquet (the papers), records.parquet (what became of each record), doubtful.parquet,
    set-aside.jsonl and receipt.json. The same command goes on where a run was stopped.
    """
    _run(
        ctx.obj, inputs, output, engine, master, format, memory, workers,
        dedupe=True, tag=not no_tag, force=force, json=json,
    )  # fmt: skip


@app.command(context_settings=HELP)
def tag(
    ctx: typer.Context,
    inputs: Inputs,
    output: Output,
    engine: Engine = None,
    master: Master = None,
    format: As = Format.PARQUET,
    memory: Memory = None,
    workers: Workers = None,
    force: Force = False,
    json: AsJson = False,
) -> None:
    """Give each record its topics, by the rules in force; each is a paper of its own."""
    _run(
        ctx.obj, inputs, output, engine, master, format, memory, workers,
        dedupe=False, tag=True, force=force, json=json,
    )  # fmt: skip


def _run(
    session: Session,
    inputs: list[str],
    output: Path,
    engine: EngineName | None,
    master: str | None,
    format: Format,
    memory: str | None,
    workers: int | None,
    *,
    dedupe: bool,
    tag: bool,
    force: bool,
    json: bool,
) -> None:
    if memory is not None and not _SIZE.fullmatch(memory.strip()):
        raise UsageError(f"--memory {memory} is no amount of memory", "write it as 4GB or 500MB")
    from paperctl.bulk.job import Job
    from paperctl.bulk.run import run
    from paperctl.bulk.tagging import BulkTagger
    from paperctl.terminal.progress import reporting

    if master is not None and engine is None:
        engine = EngineName.SPARK
    job = Job(
        inputs=inputs,
        output=output,
        dedupe=dedupe,
        tagger=BulkTagger(session.rules) if tag else None,
        engine=engine.value if engine else None,
        master=master,
        format=format.value,
        memory=memory,
        workers=workers,
        force=force,
    )
    with reporting(session.quiet) as progress:
        receipt = run(job, progress)
    if json:
        print_json(receipt.as_json())
    _say(session, receipt, output)
    if receipt.set_aside:
        raise typer.Exit(PARTLY)


def _say(session: Session, receipt: RunReceipt, output: Path) -> None:
    session.say(
        f"{receipt.read:,} read by {receipt.engine}: {receipt.papers:,} papers ({receipt.merged:,} merged), "
        f"{receipt.works:,} works, {receipt.versions:,} links between versions, "
        f"{receipt.doubtful:,} doubtful pairs"
    )
    for rule in receipt.rules if session.verbose else ():
        session.say(f"  {rule['pairs']:>9,}  {rule['kind']:<9}  {rule['rule']}")
    if receipt.set_aside:
        session.warn(f"{receipt.set_aside:,} records could not be read: {output / 'set-aside.jsonl'}")
    session.say(f"in {output}: kept, records, doubtful, receipt.json")
