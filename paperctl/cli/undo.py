"""`paperctl undo`: the last change, taken back."""

from __future__ import annotations

import typer

from paperctl.cli.session import Session

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def undo(ctx: typer.Context) -> None:
    """Take the last change back: a load, a mark, a merge, a correction. Again for the one before."""
    session: Session = ctx.obj
    undone = session.store.undo()
    session.say(
        f"undone: {undone.did} ({undone.at[:19].replace('T', ' ')} UTC)" if undone else "nothing to undo"
    )
