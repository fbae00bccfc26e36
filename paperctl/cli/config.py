"""`paperctl config`: what is set, and where it was set."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from paperctl.cli import querying, sorting
from paperctl.cli.json_output import AsJson, print_json
from paperctl.cli.load import known_encoding
from paperctl.cli.session import Session
from paperctl.config.settings import SETTINGS, example, store_folder, user_config_file
from paperctl.errors import USAGE, UsageError

if TYPE_CHECKING:
    from paperctl.topics import Problem

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)


@app.callback()
def config(
    ctx: typer.Context,
    json: AsJson = False,
) -> None:
    """Effective settings and where each came from."""
    if ctx.invoked_subcommand:
        return
    session: Session = ctx.obj
    settings = session.settings
    values = {**settings.values, "store": str(store_folder(settings))}
    if json:
        shown = {name: {"value": value, "from": settings.origin[name]} for name, value in values.items()}
        print_json(shown, indent=2)
        return
    for setting in SETTINGS:
        value = jsonlib.dumps(values[setting.name], ensure_ascii=False, default=str)
        typer.echo(f"{setting.name}\t{value}\t{settings.origin[setting.name]}")
    if not settings.files:
        session.say(f"no config file; {user_config_file()} or ./paperctl.yaml would be read")


@app.command(context_settings=HELP)
def check(ctx: typer.Context, json: AsJson = False) -> None:
    """Name mistakes in the config files and topics. Each with its file and line."""
    from paperctl.terminal.keys import keymap

    session: Session = ctx.obj
    problems = _topic_problems(session)
    if json:
        print_json([_problem_as_json(path, problem) for path, problem in problems])
    for path, problem in problems if not json else ():
        typer.echo(f"{path} {problem}")
    if problems:
        raise typer.Exit(USAGE)
    checks: dict[str, Callable[[Any], object]] = {
        "list.fields": lambda fields: querying.field_names(",".join(fields)),
        "list.sort": lambda field: sorting.checked_keys(field),
        "export.format": lambda name: querying.output_format(name, {}, ""),
        "load.encoding": known_encoding,
        "screen.keys": keymap,
    }
    for name, check_value in checks.items():
        try:
            check_value(session.settings[name])
        except UsageError as fault:
            raise UsageError(f"{_where(session, name)}: {fault.message}", fault.hint) from fault
    if json:
        return
    count = len(session.rules.topics)
    named = ", ".join(str(path) for path in session.settings.files) or "no config file, all defaults"
    session.say(f"good: {named}; {count} topics")


def _where(session: Session, name: str) -> str:
    """Where a setting got its value: file and line, or the variable or flag."""
    from paperctl.config.yamlfile import load

    origin = session.settings.origin[name]
    if Path(origin) not in session.settings.files:
        return origin
    node = load(Path(origin))
    for part in name.split("."):
        node = next((value for key, value in node.value.items() if key.value == part), node)
    return f"{origin} line {node.line}"


def _problem_as_json(path: Path, problem: Problem) -> dict[str, object]:
    return {"file": str(path), "line": problem.line, "message": problem.message, "hint": problem.hint}


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
