"""`paperctl log`: what changed, when, and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from paperctl.cli.json_output import AsJsonLines, print_json
from paperctl.cli.session import Session
from paperctl.store import Logged
from paperctl.terminal.hanging import hanging
from paperctl.text.sanitise import clean

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_TO_THE_SECOND = len("2026-01-31T12:00:00")


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def log(
    ctx: typer.Context,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="The last N.")
    ] = None,
    json: AsJsonLines = False,
) -> None:
    """Every change of the store, newest first.

    The time before a change, in UTC, is its id: `undo` and `load:` in queries take it.
    """
    session: Session = ctx.obj
    every = session.store.log()[::-1]
    changes, ids = every[:limit], short_ids(every)
    widest = max((len(ids[change.at]) for change in changes), default=0)
    with session.paged():
        for change in changes:
            if json:
                print_json(as_json(change))
            else:
                typer.echo(hanging(f"{ids[change.at]:<{widest}}  ", _what(change)))


def short_ids(changes: Sequence[Logged]) -> dict[str, str]:
    """The ids of changes as people see them: to the second, and whole for changes of the same second."""
    seconds = Counter(change.at[:_TO_THE_SECOND] for change in changes)
    return {
        change.at: second if seconds[second := change.at[:_TO_THE_SECOND]] == 1 else change.at
        for change in changes
    }


def _what(change: Logged) -> str:
    """A change as people read it: what it did, to how much, by whom."""
    by = f"by {change.by}" if change.by else ""
    parts = (change.did, counted(change), by, "(undone)" if change.undone else "")
    return clean("  ".join(part for part in parts if part))


def as_json(change: Logged) -> dict[str, object]:
    """A change as `paperctl schema change` describes it."""
    what = {"at": change.at, "did": change.did, "by": change.by or None, "undone": change.undone}
    return {**what, **change.summary}


def counted(change: Logged) -> str:
    """How much a change was about: "402 read, 380 new"."""
    return ", ".join(_count(number, what) for what, number in change.summary.items() if number)


def _count(number: object, what: str) -> str:
    return f"{number} {what.removesuffix('s')}" if number == 1 else f"{number} {what}"
