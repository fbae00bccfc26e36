"""`paperctl query`: queries kept under a name."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from paperctl.cli import querying
from paperctl.cli.json_output import AsJson, print_done, print_json
from paperctl.cli.session import Session
from paperctl.errors import UsageError, did_you_mean
from paperctl.text.sanitise import clean

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)
_NAME = re.compile(r"[^\W\d][\w-]*")
Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name; @NAME stands for it.")]


@app.callback()
def query(ctx: typer.Context, json: AsJson = False) -> None:
    """Queries kept under a name: @NAME stands for one wherever a query does. Alone: those that are saved."""
    if not ctx.invoked_subcommand:
        list_(ctx, json)


@app.command(cls=querying.QueryCommand, context_settings=HELP)
def save(
    ctx: typer.Context,
    name: Name,
    query: Annotated[list[str], typer.Argument(metavar="QUERY…", help="As list takes it.")],
    json: AsJson = False,
) -> None:
    """Keep a query; one of that name gives way."""
    session: Session = ctx.obj
    name = name.removeprefix("@")
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot name a query", "a letter, then letters, digits, - and _")
    text = querying.query_text(query).strip()
    if not text:
        raise UsageError("this query is empty", "paperctl query rm NAME forgets one")
    querying.parsed(session, text)  # a bad query is not kept
    before = session.store.overlay.queries.get(name)
    session.store.overlay.queries[name] = text
    querying.parsed(session, f"@{name}")  # nor one that stands for itself
    at = session.store.save_query(name, text, f"query save {name}")
    if json:
        print_done(at, f"query save {name}", [])
        return
    session.say(f"@{name}: {text}" + (f" (was: {before})" if before not in (None, text) else ""))


@app.command("list", context_settings=HELP)
def list_(
    ctx: typer.Context,
    json: AsJson = False,
) -> None:
    """The saved queries."""
    session: Session = ctx.obj
    queries = session.store.overlay.queries
    if json:
        print_json(queries)
        return
    for name, text in queries.items():
        typer.echo(f"@{name}\t{clean(text)}")
    if not queries:
        session.say("no saved queries yet; paperctl query save NAME QUERY keeps one")


@app.command(context_settings=HELP)
def rm(ctx: typer.Context, name: Name, json: AsJson = False) -> None:
    """Forget a saved query."""
    session: Session = ctx.obj
    name = name.removeprefix("@")
    queries = session.store.overlay.queries
    if name not in queries:
        known = ", ".join(f"@{saved}" for saved in queries) or "none"
        mend = did_you_mean(name, queries)
        raise UsageError(f"no saved query called @{name}{mend}", f"saved: {known}", code="no-such-query")
    at = session.store.save_query(name, None, f"query rm {name}")
    if json:
        print_done(at, f"query rm {name}", [])
        return
    session.say(f"@{name} is no more; it was: {queries[name]}")
