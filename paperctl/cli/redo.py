"""`paperctl redo`: what was undone, done again, one change or several."""

from __future__ import annotations

from typing import Annotated

import typer

from paperctl.cli.json_output import AsJsonLines, print_json
from paperctl.cli.log import as_json
from paperctl.cli.session import Session
from paperctl.cli.undo import described, too_many
from paperctl.store.undoing import redoable

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def redo(
    ctx: typer.Context,
    number: Annotated[int | None, typer.Argument(metavar="[N]", min=1, help="So many changes.")] = None,
    json: AsJsonLines = False,
) -> None:
    """Do again what was undone last. Any other change of the store ends what can be done again."""
    session: Session = ctx.obj
    there = len(redoable(session.store.log())) if number else 0
    if number and number > there:
        raise too_many(number, there, "redo")
    for _ in range(number or 1):
        done = session.store.redo()
        if done is None:
            session.say("nothing to do again")
            return
        if json:
            print_json({**as_json(done), "undone": False})
        else:
            session.say(f"done again: {described(done)}")
