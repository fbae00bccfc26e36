"""`paperctl config`: what is set, and where it was set."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperctl.cli import querying
from paperctl.cli.load import known_encoding
from paperctl.cli.session import Session
from paperctl.errors import USAGE
from paperctl.settings import SETTINGS, example, store_folder, user_config_file

if TYPE_CHECKING:
    from paperctl.topics import Problem

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)


@app.callback()
def config(
    ctx: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As a JSON object.")] = False,
) -> None:
    """Effective settings and where each came from."""
    if ctx.invoked_subcommand:
        return
    session: Session = ctx.obj
    settings = session.settings
    values = {**settings.values, "store": str(store_folder(settings))}
    if json:
        shown = {name: {"value": value, "from": settings.origin[name]} for name, value in values.items()}
        typer.echo(jsonlib.dumps(shown, ensure_ascii=False, indent=2, default=str))
        return
    for setting in SETTINGS:
        value = jsonlib.dumps(values[setting.name], ensure_ascii=False, default=str)
        typer.echo(f"{setting.name}\t{value}\t{settings.origin[setting.name]}")
    if not settings.files:
        session.say(f"no config file; {user_config_file()} or ./paperctl.yaml would be read")


@app.command(context_settings=HELP)
def check(ctx: typer.Context) -> None:
    """Read the config files and the topic rules, and name any mistake by file and line."""
    from paperctl.screening.keys import keymap

    session: Session = ctx.obj
    problems = _topic_problems(session)
    for path, problem in problems:
        typer.echo(f"{path} {problem}")
    if problems:
        raise typer.Exit(USAGE)
    settings = session.settings
    querying.field_names(",".join(settings["list.fields"]))
    querying.sort_papers([], settings["list.sort"])
    querying.output_format(settings["export.format"], {}, "")
    known_encoding(settings["load.encoding"])
    keymap(settings["screen.keys"])
    count = len(session.rules.topics)
    named = ", ".join(str(path) for path in session.settings.files) or "no config file, all defaults"
    session.say(f"good: {named}; {count} topics")


def _topic_problems(session: Session) -> list[tuple[Path, Problem]]:
    """Every mistake in the topics of the config files."""
    from paperctl.topics import check_text

    packs = session.settings["topic_packs"]
    texts = ((path, path.read_text("utf-8", "replace")) for path in session.settings.files)
    return [(path, problem) for path, text in texts for problem in check_text(text, packs)]


@app.command("example", context_settings=HELP)
def example_(ctx: typer.Context) -> None:
    """Print a config file with every setting and its default."""
    typer.echo(example(), nl=False)
