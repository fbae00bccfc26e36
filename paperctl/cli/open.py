"""`paperctl open`: a paper's page."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.json_output import AsJsonLines, print_json
from paperctl.cli.session import Session
from paperctl.errors import FAILED
from paperctl.library.finding import papers_of
from paperctl.record import Record
from paperctl.record.links import code_links
from paperctl.terminal.links import open_link, place_of

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def open_(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Papers; - reads ids from stdin.")],
    code: Annotated[bool, typer.Option("--code", help="The page of its code.")] = False,
    show: Annotated[bool, typer.Option("--print", help="Only print the link.")] = False,
    json: AsJsonLines = False,
) -> None:
    """Open a paper's link, or its file, in the browser; where there is none, print the link."""
    session: Session = ctx.obj
    chosen = dict.fromkeys(resolve(session, ids))
    papers = {record["id"]: record for record in papers_of(session.store, chosen)}
    missing = False
    for paper in chosen:
        target = _target(papers[paper], code=code)
        missing = missing or not target
        if json:
            print_json({"id": paper, "link": target})
        elif not target:
            session.warn(f"{paper}: no link{' to code' if code else ''} is known")
        elif show or not sys.stdout.isatty() or (message := open_link(target)) == target:
            typer.echo(target)
        else:
            session.say(message)
    if missing:
        raise typer.Exit(FAILED)


def _target(record: Record, *, code: bool) -> str | None:
    """Where the paper is to be read."""
    return (next(iter(code_links(record)), "") if code else place_of(record)) or None
