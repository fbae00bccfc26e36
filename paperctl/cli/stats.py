"""`paperctl stats`: the funnel, and papers by topic, year and source."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from paperctl.cli import finding, querying
from paperctl.cli import list as listing
from paperctl.cli.json_output import print_json
from paperctl.cli.session import Session
from paperctl.errors import MissingExtra, UsageError
from paperctl.library.decided import decided_in_order
from paperctl.library.output import check_replaceable, write_output
from paperctl.library.stats import of_store, statistics
from paperctl.record import Record
from paperctl.text.numbers import counted

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=querying.QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def stats(
    ctx: typer.Context,
    query: listing.Query = None,
    json: Annotated[bool, typer.Option("--json", help="As a JSON object; the default in a pipe.")] = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw them into a .svg or .png instead.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="--plot: overwrite what is not ours.")] = False,
) -> None:
    """From identified to kept, and what the papers are about."""
    session: Session = ctx.obj
    text = querying.query_text(query)
    if plot is not None:
        _, papers = querying.matching(session, text)
        _plot(session, list(papers), plot, force)
        return
    found = _counted(session, text)
    if json or not sys.stdout.isatty():
        print_json(found, indent=2 if sys.stdout.isatty() else None)
        return
    from paperctl.terminal.bars import print_statistics

    print_statistics(found, topic_names=session.topic_names, colour=session.colour, out=sys.stdout)


def _counted(session: Session, text: str) -> dict[str, object]:
    if text.strip():
        return statistics(querying.matching(session, text)[1])
    from paperctl.terminal.progress import reporting

    with reporting(session.quiet) as report:
        return of_store(session.store, report, finding.notify(session))


def _plot(session: Session, papers: Sequence[Record], file: Path, force: bool) -> None:
    """Draws the statistics of papers into a file. Raises UsageError for an ending of no picture."""
    import logging

    # Where its import must first look through the machine's fonts, matplotlib warns that this takes a while.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        from paperctl.plots import FORMATS, picture
    except ImportError:
        raise MissingExtra("--plot", "plots") from None
    format = file.suffix.lower().removeprefix(".")
    if format not in FORMATS:
        known = " or ".join(f".{name}" for name in FORMATS)
        raise UsageError(f"no picture ends in {file.suffix or file.name!r}", f"name it {known}")
    store = session.store.folder
    check_replaceable(file, "picture", store, force=force)
    order = decided_in_order(papers, session.store.overlay)
    drawn = picture(statistics(papers), order, session.topic_names, format=format)
    write_output(file, [drawn], store, force=force)
    session.say(f"{counted(len(papers), 'paper')} drawn into {file}")
