"""`paperctl config`: what is set, and where it was set."""

from __future__ import annotations

import json as jsonlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paperctl.cli import querying, sorting
from paperctl.cli.json_output import AsJson, print_json
from paperctl.cli.session import Session
from paperctl.config.settings import chosen_file, effective, store_folder, user_config_file
from paperctl.config.table import SETTINGS, example
from paperctl.config.yamlfile import parse
from paperctl.errors import USAGE, UsageError
from paperctl.text.sanitise import clean
from paperctl.text.width import width

if TYPE_CHECKING:
    from paperctl.topics import Problem

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)


def _keys(value: Any) -> object:
    from paperctl.terminal.keys import keymap

    return keymap(value)


def _encoding(value: Any) -> None:
    from paperctl.cli.load import known_encoding

    known_encoding(value)


_CHECKS: dict[str, Callable[[Any], object]] = {
    "list.fields": lambda fields: querying.field_names(",".join(fields)),
    "list.sort": lambda field: sorting.checked_keys(field),
    "export.format": lambda name: querying.output_format(name, {}, ""),
    "load.encoding": _encoding,
    "screen.keys": _keys,
}
"""What else must hold of some settings."""


@app.callback()
def config(
    ctx: typer.Context,
    json: AsJson = False,
) -> None:
    """Effective settings and where each came from."""
    session: Session = ctx.obj
    if session.fault and ctx.invoked_subcommand != "edit":
        raise session.fault
    if ctx.invoked_subcommand:
        return
    settings = session.settings
    values = {**settings.values, "store": str(store_folder(settings))}
    if json:
        shown = {name: {"value": value, "from": settings.origin[name]} for name, value in values.items()}
        print_json(shown, indent=2)
        return
    rows = [(s.name, _shown(values[s.name]), settings.origin[s.name]) for s in SETTINGS]
    if sys.stdout.isatty():
        for line in _aligned(rows):
            typer.echo(line)
    else:
        for row in rows:
            typer.echo("\t".join(row))
    if not settings.files:
        session.say(f"no config file; {user_config_file()} or ./paperctl.yaml would be read")


def _shown(value: object) -> str:
    return jsonlib.dumps(value, ensure_ascii=False, default=str)


def _aligned(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Settings in columns; a star marks those that are not as they come."""
    names = max(len(name) for name, _, _ in rows)
    values = min(30, max(width(value) for _, value, _ in rows))
    for name, value, origin in rows:
        gap = " " * max(0, values - width(value))
        yield f"{' ' if origin == 'default' else '*'} {name:<{names}}  {clean(value)}{gap}  {clean(origin)}"


Named = Annotated[str, typer.Argument(metavar="NAME", help="A setting, as list.sort.")]


@app.command(context_settings=HELP)
def get(ctx: typer.Context, name: Named, json: AsJson = False) -> None:
    """The value in force of one setting."""
    from paperctl.config.editing import setting_named

    settings = ctx.obj.settings
    value = settings[setting_named(name).name]
    if name == "store":
        value = str(store_folder(settings))
    if json:
        print_json({name: {"value": value, "from": settings.origin[name]}})
    else:
        typer.echo(clean(value if isinstance(value, str) else _shown(value)))


@app.command("set", context_settings={**HELP, "ignore_unknown_options": True})
def set_(
    ctx: typer.Context,
    name: Named,
    words: Annotated[list[str], typer.Argument(metavar="VALUE…", help="A list is a,b or a b.")],
    project: Annotated[
        bool, typer.Option("--project", help="In ./paperctl.yaml, not in the user's file.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Change one setting in the config file. Its comments stay; a value that cannot be is not written."""
    from paperctl.config import editing

    session: Session = ctx.obj
    setting = editing.setting_named(name)
    value = editing.read_value(setting, words)
    if name in _CHECKS:
        _CHECKS[name](value)
    path = _file(ctx, project)
    text = editing.with_setting(editing.text_of(path), name, value)
    _good(text, path)
    editing.write(path, text)
    if json:
        print_json({name: {"value": value, "from": str(path)}})
    else:
        session.say(f"{name}: {_shown(value)} in {path}")
    now = effective(ctx.find_root().params.get("config"))
    if now.origin[name] != str(path):
        session.warn(f"{now.origin[name]} goes before it: {name} is {_shown(now[name])}")


@app.command(context_settings=HELP)
def unset(
    ctx: typer.Context,
    name: Named,
    project: Annotated[bool, typer.Option("--project", help="In ./paperctl.yaml.")] = False,
    json: AsJson = False,
) -> None:
    """Take one setting out of the config file, so that its default holds again."""
    from paperctl.config import editing

    session: Session = ctx.obj
    editing.setting_named(name)
    path = _file(ctx, project)
    before = editing.text_of(path)
    text = editing.without_setting(before, name)
    if text != before:
        editing.validated(text, path)
        editing.write(path, text)
    now = effective(ctx.find_root().params.get("config"))
    if json:
        print_json({name: {"value": now[name], "from": now.origin[name]}})
        return
    done = "taken out of" if text != before else "is not in"
    session.say(f"{name}: {done} {path}; now {_shown(now[name])} ({now.origin[name]})")


@app.command(context_settings=HELP)
def edit(
    ctx: typer.Context,
    project: Annotated[bool, typer.Option("--project", help="./paperctl.yaml, not the user's file.")] = False,
) -> None:
    """Open the config file in $EDITOR. What is no good config is not written; the line is named."""
    from paperctl.cli.editing import edited
    from paperctl.config import editing

    session: Session = ctx.obj
    path = _file(ctx, project)
    before = editing.text_of(path)
    text = before or example()
    while True:
        text = edited(text, ".yaml")
        try:
            _good(text, path)
            break
        except UsageError as fault:
            session.warn(fault.with_hint())
            if not (sys.stdin.isatty() and session.sure("edit again?", yes=False, doing="config edit")):
                raise UsageError(f"{path} was not changed", "the line above says why") from fault
    if text in (before, example()):
        session.say(f"{path}: nothing changed")
        return
    editing.write(path, text)
    session.say(f"{path}: written")


def _file(ctx: typer.Context, project: bool) -> Path:
    """The config file to change."""
    chosen = chosen_file(ctx.find_root().params.get("config"), os.environ)
    return Path("paperctl.yaml") if project else chosen or user_config_file()


def _good(text: str, path: Path) -> None:
    """Raises UsageError for a text that is no good config file, topics and all."""
    from paperctl.config import editing
    from paperctl.topics import check_text

    editing.validated(text, path)
    held = parse(text, str(path)).plain() or {}
    for problem in check_text(text, held.get("topic_packs") or []):
        raise UsageError(f"{path} {problem}", code="bad-config")


@app.command(context_settings=HELP)
def check(ctx: typer.Context, json: AsJson = False) -> None:
    """Name mistakes in the config files and topics. Each with its file and line."""
    session: Session = ctx.obj
    problems = _topic_problems(session) + _value_problems(session)
    if json:
        print_json([_problem_as_json(*found) for found in problems])
    for origin, problem in problems if not json else ():
        typer.echo(f"{origin}{' ' if problem.line else ': '}{problem}")
    if problems:
        raise typer.Exit(USAGE)
    if json:
        return
    count = len(session.rules.topics)
    named = ", ".join(str(path) for path in session.settings.files) or "no config file, all defaults"
    session.say(f"good: {named}; {count} topics")


def _value_problems(session: Session) -> list[tuple[str, Problem]]:
    """Every setting whose value is of the right kind and still will not do."""
    from paperctl.topics.problems import Problem

    found = []
    for name, check_value in _CHECKS.items():
        try:
            check_value(session.settings[name])
        except UsageError as fault:
            problem = Problem((name,), fault.message, fault.hint, _line(session, name))
            found.append((session.settings.origin[name], problem))
    return found


def _line(session: Session, name: str) -> int | None:
    """The line of the file from which a setting has its value; None where a variable or flag gave it."""
    from paperctl.config.yamlfile import load

    origin = session.settings.origin[name]
    if Path(origin) not in session.settings.files:
        return None
    node = load(Path(origin))
    for part in name.split("."):
        node = next((value for key, value in node.value.items() if key.value == part), node)
    return node.line


def _problem_as_json(origin: str, problem: Problem) -> dict[str, object]:
    return {"file": origin, "line": problem.line, "message": problem.message, "hint": problem.hint}


def _topic_problems(session: Session) -> list[tuple[str, Problem]]:
    """Every mistake in the topics of the config files."""
    from paperctl.topics import check_text

    packs = session.settings["topic_packs"]
    texts = ((path, path.read_text("utf-8", "replace")) for path in session.settings.files)
    return [(str(path), problem) for path, text in texts for problem in check_text(text, packs)]


@app.command("example", context_settings=HELP)
def example_(ctx: typer.Context) -> None:
    """Print a config file with every setting and its default."""
    typer.echo(example(), nl=False)
