"""`paperctl load`: dumps into the store."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand

from paperctl.cli.json_output import print_json
from paperctl.cli.session import Session
from paperctl.errors import FAILED, PARTLY, PaperctlError, UsageError
from paperctl.library.enrich import NameIndex, enrich
from paperctl.library.finding import freshen
from paperctl.library.load import Open, load
from paperctl.library.preparing import Preparing
from paperctl.library.stored_entries import Changed, Held
from paperctl.parallel.reports import Progress
from paperctl.reading.incoming import Incoming
from paperctl.reading.read import read_dumps
from paperctl.reading.receipt import FileReceipt, Problem, Receipt
from paperctl.text.numbers import counted

app = typer.Typer(rich_markup_mode=None, add_completion=False)
_ERRORS = 10
"""How many errors of a file are printed without --verbose."""


class SourceType(StrEnum):
    """What a dump comes from, in the terms of PRISMA 2020. Registers are of trials; other methods are
    citations followed, websites, people asked."""

    DATABASE = "database"
    REGISTER = "register"
    OTHER = "other"


class _Options(NamedTuple):
    """What is to be done with the entries that were read."""

    tag: bool
    dedupe: bool
    dry_run: bool
    decisions_only: bool
    fill: bool
    again: bool


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
    from paperctl.terminal.progress import reporting

    session: Session = ctx.obj
    _check_paths(paths)
    settings = session.settings
    encoding = encoding or settings["load.encoding"]
    known_encoding(encoding)
    asked = _Options(
        tag=not no_tag and settings["load.tag"],
        dedupe=not no_dedupe and settings["load.dedupe"],
        dry_run=dry_run,
        decisions_only=decisions_only,
        fill=fill,
        again=again,
    )
    with reporting(session.quiet) as progress:
        read = partial(
            read_dumps,
            paths,
            format=format,
            encoding=encoding or None,
            progress=progress,
            select=NameIndex(session.store.papers()) if fill else None,
            prepare=_preparing(session, asked),
            type="" if source_type is SourceType.DATABASE else source_type.value,
        )
        receipt, left = _read_and_store(session, read, asked, stdin="-" in paths, progress=progress)
        freshen(session.store, progress)
    if json:
        print_json({**receipt.as_json(), **left._asdict()})
    _print_receipt(session, receipt, explain=explain, dry_run=dry_run, brief=json)
    if not json:
        _print_open_pairs(session, left, dry_run=dry_run)
    if receipt.faulty:
        status = PARTLY if receipt.total("read") else FAILED
        raise _Unread(receipt, status) if json else typer.Exit(status)


def _check_paths(paths: Sequence[str]) -> None:
    """Raises UsageError for what is no path of a file."""
    if paths.count("-") > 1:
        raise UsageError("stdin (-) can be read once only")
    if link := next((path for path in paths if re.match(r"(?:https?|ftp)://", path)), None):
        raise UsageError(
            f"{link}: files are read, not links", f"curl -L {shlex.quote(link)} | paperctl load -"
        )


def _preparing(session: Session, asked: _Options) -> Preparing | None:
    """What is made of entries that become papers."""
    if asked.fill:
        return None
    tagger = session.tagger if asked.tag and not asked.dry_run and not asked.decisions_only else None
    return Preparing(tagger, session.store.key_pattern, dedupe=asked.dedupe)


def _read_and_store(
    session: Session,
    read: Callable[..., tuple[list[Incoming], Receipt]],
    asked: _Options,
    *,
    stdin: bool,
    progress: Progress,
) -> tuple[Receipt, Open]:
    """Reads dumps and writes what they hold; gives the receipt and the pairs of papers left open. What can be
    read twice is not understood again where the store has it."""
    held = None if stdin or asked.fill or asked.decisions_only else Held(session.store)
    incoming, receipt = read(held=held)
    try:
        return receipt, _store(session, incoming, receipt, asked, held, progress)
    except Changed:  # by another process, while we read
        incoming, receipt = read()
        return receipt, _store(session, incoming, receipt, asked, None, progress)


def _store(
    session: Session,
    incoming: Sequence[Incoming],
    receipt: Receipt,
    asked: _Options,
    held: Held | None,
    progress: Progress,
) -> Open:
    """Writes the entries as was asked, and counts in the receipt; gives the pairs of papers left open."""
    tagger = session.tagger if asked.tag else None
    if asked.fill:
        names = [file.file for file in receipt.files if file.read]
        enrich(session.store, incoming, tagger=tagger, dry_run=asked.dry_run, files=names)
        for file in receipt.files:
            file.unknown = file.read - file.unchanged
        return Open()
    if receipt.faulty and not receipt.total("read"):
        return Open()
    return load(
        session.store,
        incoming,
        receipt,
        tagger=tagger,
        dedupe=asked.dedupe,
        dry_run=asked.dry_run,
        decisions_only=asked.decisions_only,
        again=asked.again,
        theirs=session.named_reviewer,
        held=held,
        progress=progress,
    )


class _Unread(PaperctlError):
    """What could not be read, for a program that has the receipt."""

    def __init__(self, receipt: Receipt, status: int) -> None:
        said = [_said(file, error) for file in receipt.files for error in file.errors]
        more = f" (and {len(said) - 1:,} more)" if len(said) > 1 else ""
        code = "partly-read" if status == PARTLY else "unreadable"
        super().__init__(said[0] + more, "the receipt on stdout has every error", code=code)
        self.status = status


def _print_receipt(session: Session, receipt: Receipt, *, explain: bool, dry_run: bool, brief: bool) -> None:
    """The receipt as text; a `brief` one, beside a receipt in JSON, has only what was asked for."""
    for file in receipt.files:
        if explain:
            session.warn(f"{file.file}: read as {file.format or 'nothing'}")
            for reason in file.why:
                session.warn(f"  {reason}")
        if not brief:
            _print_problems(session, file)
            _print_counts(session, file, dry_run=dry_run)
    if not brief and len([file for file in receipt.files if file.read]) > 1:
        counts = [f"{receipt.total(name):,} {name}" for name in ("read", "new", "merged", "unchanged")]
        session.say(f"in all: {', '.join(counts)}")
    if dry_run:
        session.say("dry run: nothing was stored")


def _print_problems(session: Session, file: FileReceipt) -> None:
    """Every warning of a file, and its errors, the first ones without --verbose."""
    for warning in file.warnings:
        session.warn(f"{_where(file, warning)}{warning.message}")
    shown = file.errors if session.verbose else file.errors[:_ERRORS]
    for error in shown:
        session.warn(f"paperctl: {_said(file, error)}")
    if left_out := len(file.errors) - len(shown):
        session.warn(f"{file.file}: {left_out} more errors (--json or -v lists all)")


def _print_counts(session: Session, file: FileReceipt, *, dry_run: bool) -> None:
    if file.filled:
        fields = ", ".join(f"{name} {n:,}" for name, n in file.filled.items() if name != "papers")
        would = "would be " if dry_run else ""
        filled = f"; {counted(file.filled['papers'], 'paper')} {would}filled: {fields}"
    else:
        filled = ""
    if file.filled or file.unknown:
        unknown = f"; {file.unknown:,} of papers that are not in the store" if file.unknown else ""
        session.say(f"{file.file}  {file.format}  {file.read:,} read{filled or '; nothing to fill'}{unknown}")
    elif file.read:
        session.say(f"{file.file}  {file.format}  {_counts(file, dry_run=dry_run)}")
    elif file.skipped and not file.errors:
        session.say(f"{file.file}  skipped: {file.skipped[0][2]}")


def _print_open_pairs(session: Session, left: Open, *, dry_run: bool) -> None:
    """Which stored papers became one, and how many pairs are left for `dedupe` and `dedupe review`."""
    if left.joined:
        went = "would go" if dry_run else "went"
        session.say(f"{counted(left.joined, 'stored paper')} {went} into another, as what was loaded shows")
    for pairs, line in (
        (left.brought_together, "{} of stored papers that may be one now: paperctl dedupe"),
        (left.doubtful, "doubtful {}: paperctl dedupe review"),
    ):
        if pairs:
            session.say(f"{pairs:,} {line.format('pair' if pairs == 1 else 'pairs')}")


def _said(file: FileReceipt, problem: Problem) -> str:
    where = _where(file, problem)
    return f"{'' if problem.message.startswith(where) else where}{problem.message}"


def _where(file: FileReceipt, problem: Problem) -> str:
    return f"{file.file} line {problem.line}: " if problem.line else f"{file.file}: "


def _counts(file: FileReceipt, *, dry_run: bool) -> str:
    parts = [
        f"{getattr(file, name):,} {name}" for name in ("new", "merged", "unchanged") if getattr(file, name)
    ]
    skipped = sum(b - a + 1 for a, b, _ in file.skipped)
    tail = f"; {skipped:,} line{'s' * (skipped != 1)} skipped" if skipped else ""
    taken = "would be taken" if dry_run else "were taken"
    tail += f"; {file.decisions:,} with decisions or notes that {taken}" if file.decisions else ""
    tail += f"; {file.kept_out:,} of papers that were taken out (--again)" if file.kept_out else ""
    tail += f"; {len(file.errors):,} with errors" if file.errors else ""
    return f"{file.read:,} read: {', '.join(parts)}{tail}"


def known_encoding(name: str | None) -> None:
    """Raises UsageError for an unknown encoding; None or "" is accepted."""
    import codecs

    try:
        codecs.lookup(name or "utf-8")
    except LookupError:
        raise UsageError(f"no encoding called {name!r}", "utf-8, utf-16, cp1252, gb18030, …") from None
