"""`paperctl note`: a note on a paper."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.json_output import AsJson, print_done, print_json
from paperctl.cli.session import Session
from paperctl.errors import UsageError
from paperctl.library.finding import papers_of
from paperctl.library.note import Noted, with_line, write_note
from paperctl.text.sanitise import clean

app = typer.Typer(rich_markup_mode=None, add_completion=False)

Change = Callable[[str], str]
"""What the note was → what it is to be."""


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def note(
    ctx: typer.Context,
    paper: Annotated[str, typer.Argument(metavar="ID", help="A paper.")],
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]…", help="What to add; - reads stdin.")
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Write the note in $EDITOR.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="In place of the note, not below it.")] = False,
    key: Annotated[
        str | None, typer.Option("--key", metavar="KEY", help="Its cite key; '' for the one paperctl made.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Add a line to a paper's note; without a text, print the note."""
    session: Session = ctx.obj
    (named,) = resolve(session, [paper])
    if edit and text:
        raise UsageError("note takes a TEXT or --edit, not both")
    if not any((edit, text, replace, key is not None)):
        _print_note(named, _note_of(session, named), json)
        return
    change = _edited(_note_of(session, named)) if edit else _with(text or (), replace=replace)
    done = write_note(session.store, named, change, key)
    if json:
        print_done(done.at, "note", [named] if done.at else [])
        return
    session.say(f"{named}: {_outcome(done, key)}")


def _note_of(session: Session, paper: str) -> str:
    return papers_of(session.store, [paper])[0]["note"] or ""


def _outcome(done: Noted, key: str | None) -> str:
    """What was done, in words."""
    if not done.at:
        return "nothing changed"
    parts = [] if done.note == done.had else ["noted" if done.note else "no note now"]
    if key is not None:
        parts.append(f"cite key {key}" if key else "the cite key that paperctl made")
    return ", ".join(parts)


def _print_note(paper: str, note: str, json: bool) -> None:
    if json:
        print_json({"id": paper, "note": note or None})
    elif note:
        typer.echo(clean(note, lines=True))


def _edited(shown: str) -> Change:
    """Puts what the user made of the note in its place; what came to it meanwhile goes below."""
    from paperctl.cli.editing import edited

    new = edited(shown, ".md").strip()
    return lambda had: new if had == shown else with_line(new, had.removeprefix(shown).strip())


def _with(text: Sequence[str], *, replace: bool) -> Change:
    """Puts a text below the note, or in its place; `-` is the text on stdin."""
    added = sys.stdin.read() if [*text] == ["-"] else " ".join(text)
    added = added.encode("utf-8", "replace").decode().strip()
    return lambda had: added if replace else with_line(had, added)
