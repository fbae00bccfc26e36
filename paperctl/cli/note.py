"""`paperctl note`: a note on a paper."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.json_output import AsJson, print_done, print_json
from paperctl.cli.session import Session
from paperctl.errors import UsageError
from paperctl.library.citekeys import checked_key
from paperctl.record.citekeys import FIELD
from paperctl.text.sanitise import clean

app = typer.Typer(rich_markup_mode=None, add_completion=False)


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
    had = next(session.store.papers_of([named]))["note"] or ""
    marks = {FIELD: checked_key(session.store, named, key)} if key is not None else {}
    if edit and text:
        raise UsageError("note takes a TEXT or --edit, not both")
    if not any((edit, text, replace, marks)):
        _print_note(named, had, json)
        return
    new = _edited(had) if edit else _with(had, text or (), replace=replace)
    if new != had:
        marks["note"] = new or None
    changed = session.store.decide({named: marks}, "note") if marks else None
    if json:
        print_done(changed, "note", [named] if changed else [])
        return
    session.say(f"{named}: {'noted' if new else 'no note now'}" if changed else f"{named}: nothing changed")


def _print_note(paper: str, note: str, json: bool) -> None:
    if json:
        print_json({"id": paper, "note": note or None})
    elif note:
        typer.echo(clean(note, lines=True))


def _edited(had: str) -> str:
    from paperctl.cli.editing import edited

    return edited(had, ".md").strip()


def _with(had: str, text: Sequence[str], *, replace: bool) -> str:
    """The note with a text below it, or in its place; `-` is the text on stdin."""
    said = sys.stdin.read() if [*text] == ["-"] else " ".join(text)
    said = said.encode("utf-8", "replace").decode().strip()
    return said if replace or not had else f"{had}\n{said}" if said else had
