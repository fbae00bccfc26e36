"""`paperctl redo`: what was undone, done again."""

from __future__ import annotations

import typer

from paperctl.cli.json_output import AsJsonLines, print_json
from paperctl.cli.log import as_json
from paperctl.cli.session import Session
from paperctl.cli.undo import described

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def redo(ctx: typer.Context, json: AsJsonLines = False) -> None:
    """Do again what was undone last. Any other change of the store ends what can be done again."""
    session: Session = ctx.obj
    done = session.store.redo()
    if json and done:
        print_json({**as_json(done), "undone": False})
        return
    session.say(f"done again: {described(done)}" if done else "nothing to do again")
