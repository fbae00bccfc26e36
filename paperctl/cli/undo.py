"""`paperctl undo`: the last change, or several, taken back."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from paperctl.cli.json_output import AsJsonLines, print_json
from paperctl.cli.log import as_json, counted
from paperctl.cli.session import Session
from paperctl.errors import UsageError
from paperctl.store import Logged
from paperctl.text.sanitise import clean

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_NAMED = "undo alone takes back the last change, undo N so many; paperctl log shows their ids"
_LISTED = 5
"""So many changes are named where an id fits several: a screenful leaves the message in sight."""


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def undo(
    ctx: typer.Context,
    which: Annotated[
        str | None,
        typer.Argument(metavar="[N|ID]", help="So many changes, or back to before the one of `log`."),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="ID", help="Back to just after this change of `log`.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help="Only say what would be undone.")] = False,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Do not ask before several changes.")] = False,
    json: AsJsonLines = False,
) -> None:
    """Take the last change back: a load, a mark, a merge, a correction. Again for the one before.

    On a terminal it says first what goes and how much, and asks if it is more than one change.
    """
    session: Session = ctx.obj
    if which is not None and to is not None:
        raise UsageError("undo takes N, ID or --to ID, one of them")
    standing = [change for change in session.store.log() if not change.undone and not change.undoes]
    chosen = _chosen(standing[::-1], which, to)
    if not dry_run and not _agreed(session, chosen, yes):
        session.say("nothing was undone")
        return
    for change in chosen:
        if not dry_run:
            _take_back(session, change)
        if json:
            print_json({**as_json(change), "undone": not dry_run})
        else:
            session.say(f"{'would undo' if dry_run else 'undone'}: {described(change)}")
    if not chosen:
        session.say("nothing to undo" if not standing else "nothing was undone")


def _agreed(session: Session, chosen: Sequence[Logged], yes: bool) -> bool:
    """Says what goes where a person is watching, and asks before several changes."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    for change in chosen:
        session.say(f"to undo: {described(change)}")
    return len(chosen) < 2 or session.sure(f"undo these {len(chosen)}?", yes=yes, doing="undo")


def _take_back(session: Session, change: Logged) -> None:
    if session.store.undo(change.at, only_if_last=True) is None:
        raise UsageError("the store was changed meanwhile; look at `paperctl log` and try again")


def _chosen(newest_first: Sequence[Logged], which: str | None, to: str | None) -> Sequence[Logged]:
    """The changes to take back, newest first. Raises UsageError for a change that is not there."""
    if to is not None:
        return newest_first[: _place(newest_first, to)]
    if which is None or re.fullmatch(r"\d{1,3}", which):
        count = int(which or 1)
        if count > len(newest_first) and which is not None:
            raise too_many(count, len(newest_first), "undo")
        return newest_first[:count]
    return newest_first[: _place(newest_first, which) + 1]


def _place(changes: Sequence[Logged], word: str) -> int:
    places = [n for n, change in enumerate(changes) if change.called(word)]
    if not places:
        raise UsageError(f"{word!r} names no change that still stands", _NAMED)
    if len(places) > 1:
        raise UsageError(f"{word!r} names {len(places)} changes", _several([changes[n] for n in places]))
    return places[0]


def _several(changes: Sequence[Logged]) -> str:
    """Changes among which an id does not tell, for a person to choose from."""
    lines = [f"{change.at}  {clean(change.did)}" for change in changes[:_LISTED]]
    more = [f"and {len(changes) - _LISTED} more"] if len(changes) > _LISTED else []
    return "\n  ".join([*lines, *more])


def too_many(asked: int, there: int, verb: str) -> UsageError:
    """The error that says that there are fewer changes to take back, or to do again, than asked for."""
    changes = f"{there} change{'s' * (there != 1)}"
    return UsageError(f"{changes} to {verb}, not {asked}", "paperctl log shows them")


def described(change: Logged) -> str:
    """A change in a line: what it did, to how much, and when."""
    counts = counted(change)
    return f"{clean(change.did)}{f', {counts}' if counts else ''} ({change.at[:19]} UTC)"
