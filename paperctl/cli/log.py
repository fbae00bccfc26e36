"""`paperctl log`: what changed, when, and by whom."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from paperctl.cli.json_output import AsJsonLines, print_json
from paperctl.cli.session import Session
from paperctl.store import Logged
from paperctl.terminal.hanging import hanging
from paperctl.text.sanitise import clean

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def log(
    ctx: typer.Context,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="The last N.")
    ] = None,
    json: AsJsonLines = False,
) -> None:
    """Every change of the store, newest first."""
    session: Session = ctx.obj
    changes = session.store.log()[::-1][:limit]
    with session.paged():
        for change in changes:
            if json:
                print_json(as_json(change))
            else:
                typer.echo(hanging(f"{change.at[:19].replace('T', ' ')}  ", _what(change)))


def _what(change: Logged) -> str:
    """A change as people read it: what it did, to how much, by whom."""
    by = f"by {change.by}" if change.by else ""
    parts = (change.did, counted(change), by, "(undone)" if change.undone else "")
    return clean("  ".join(part for part in parts if part))


def as_json(change: Logged) -> dict[str, Any]:
    """A change as `paperctl schema change` describes it."""
    what = {"at": change.at, "did": change.did, "by": change.by or None, "undone": change.undone}
    return {**what, **change.summary}


def counted(change: Logged) -> str:
    """How much a change was about: "402 read, 380 new"."""
    return ", ".join(_count(number, what) for what, number in change.summary.items() if number)


def _count(number: object, what: str) -> str:
    return f"{number} {what.removesuffix('s')}" if number == 1 else f"{number} {what}"
