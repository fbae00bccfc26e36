"""`paperctl mcp`: the store for agents, over stdin and stdout."""

from __future__ import annotations

from typing import Annotated

import typer

from paperctl.api.library import Library
from paperctl.cli.session import Session
from paperctl.errors import MissingExtra

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def mcp(
    ctx: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="Let agents decide and write notes, too.")] = False,
) -> None:
    """Serve the store to agents by the Model Context Protocol, over stdin and stdout.

    Offers list, search, show and export; with --write also mark and note, which undo takes back.
    """
    session: Session = ctx.obj
    try:
        from paperctl.agents.server import server
    except ImportError:
        raise MissingExtra("mcp", "mcp") from None
    settings = session.settings
    library = Library(
        session.store.folder,
        topics=settings["topics"],
        packs=settings["topic_packs"],
        reviewer=session.store.reviewer,
    )
    server(library, write=write).run("stdio")
