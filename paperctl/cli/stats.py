"""`paperctl stats`: the funnel, and papers by topic, year and source."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from paperctl.cli import list as listing
from paperctl.cli import querying
from paperctl.cli.json_output import print_json
from paperctl.cli.session import Session
from paperctl.library.stats import statistics

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=querying.QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def stats(
    ctx: typer.Context,
    query: listing.Query = None,
    json: Annotated[bool, typer.Option("--json", help="As a JSON object; the default in a pipe.")] = False,
) -> None:
    """From identified to kept, and what the papers are about."""
    session: Session = ctx.obj
    _, papers = querying.matching(session, querying.query_text(query))
    found = statistics(papers)
    if json or not sys.stdout.isatty():
        print_json(found, indent=2 if sys.stdout.isatty() else None)
        return
    from paperctl.terminal.bars import print_statistics

    print_statistics(found, topic_names=session.topic_names, colour=session.colour, out=sys.stdout)
