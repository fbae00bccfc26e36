"""`paperctl load`: dumps into the store."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from paperctl.cli.json_output import print_json
from paperctl.cli.session import Session
from paperctl.dumps.missing import no_such_file
from paperctl.errors import FAILED, PARTLY, UsageError

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class SourceType(StrEnum):
    """What a dump comes from, in the terms of PRISMA 2020. Registers are of trials; other methods are
    citations followed, websites, people asked."""

    DATABASE = "database"
    REGISTER = "register"
    OTHER = "other"


class LoadCommand(TyperCommand):
    """A command whose help ends with the formats there are."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        from paperctl.readers import readers

        with formatter.section("Formats"):
            formatter.write_dl([(name, reader.ABOUT) for name, reader in readers().items()])


@app.command(cls=LoadCommand, context_settings={"help_option_names": ["-h", "--help"]})
def load_(
    ctx: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Files, folders, .gz .zst .zip; - is stdin.")
    ],
    format: Annotated[
        str | None, typer.Option("-f", "--format", metavar="NAME", help="Read as this format.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help="Read text as this encoding.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why this format.")] = False,
    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help="Only say what would happen.")] = False,
    no_dedupe: Annotated[
        bool, typer.Option("--no-dedupe", help="Keep near-identical entries apart.")
    ] = False,
    no_tag: Annotated[bool, typer.Option("--no-tag", help="Do not tag.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the receipt as JSON on stdout.")] = False,
    decisions_only: Annotated[
        bool, typer.Option("--decisions-only", help="Take decisions and notes; add no paper and no source.")
    ] = False,
    fill: Annotated[
        bool,
        typer.Option("--enrich", help="Fill fields that stored papers lack; add no paper and no source."),
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Bring back what rm took out, if these dumps have it.")
    ] = False,
    source_type: Annotated[
        SourceType, typer.Option("--source-type", help="What the dumps come from, for the PRISMA flow.")
    ] = SourceType.DATABASE,
) -> None:
    """Read dumps of papers, merge those already there, tag them."""
    session: Session = ctx.obj
    _check_paths(paths)
    settings = session.settings
    encoding = encoding or settings["load.encoding"]
    known_encoding(encoding)
    if not json:
        _end_without_files(session, paths)
    from paperctl.cli.loading import Options, loaded
    from paperctl.cli.receipts import Unread, print_open_pairs, print_receipt

    asked = Options(
        format=format,
        encoding=encoding or None,
        type="" if source_type is SourceType.DATABASE else source_type.value,
        tag=not no_tag and settings["load.tag"],
        dedupe=not no_dedupe and settings["load.dedupe"],
        dry_run=dry_run,
        decisions_only=decisions_only,
        fill=fill,
        again=again,
    )
    receipt, left = loaded(session, paths, asked)
    if json:
        print_json({**receipt.as_json(), **left._asdict()})
    print_receipt(session, receipt, explain=explain, dry_run=dry_run, brief=json)
    if not json:
        print_open_pairs(session, left, dry_run=dry_run)
    if receipt.faulty:
        status = PARTLY if receipt.total("read") else FAILED
        raise Unread(receipt, status) if json else typer.Exit(status)


def _check_paths(paths: Sequence[str]) -> None:
    """Raises UsageError for what is no path of a file."""
    if paths.count("-") > 1:
        raise UsageError("stdin (-) can be read once only")
    if link := next((path for path in paths if re.match(r"(?:https?|ftp)://", path)), None):
        raise UsageError(
            f"{link}: files are read, not links", f"curl -L {shlex.quote(link)} | paperctl load -"
        )


def _end_without_files(session: Session, paths: Sequence[str]) -> None:
    """Ends the command where none of the paths is one, before all that reads dumps is imported."""
    if not any(path in ("", "-") or os.path.lexists(path) for path in paths):
        for path in paths:
            session.warn(f"paperctl: {path}: {no_such_file(path)}")
        raise typer.Exit(FAILED)


def known_encoding(name: str | None) -> None:
    """Raises UsageError for an unknown encoding; None or "" is accepted."""
    import codecs

    try:
        codecs.lookup(name or "utf-8")
    except LookupError:
        raise UsageError(f"no encoding called {name!r}", "utf-8, utf-16, cp1252, gb18030, …") from None
