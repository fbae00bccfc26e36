"""How a command line that cannot be parsed is mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from paperctl.cli.examples import EXAMPLES
from paperctl.cli.querying import QueryCommand
from paperctl.cli.verbs import MEANT, VERBS
from paperctl.config.table import BY_NAME
from paperctl.errors import did_you_mean
from paperctl.record.fields import canonical


def mended(fault: Any, context: Any, args: Sequence[str]) -> str:
    """What to type in place of these arguments, or where it says so. `context` is that of the command at
    which the fault was found, None before there is one."""
    verb = next((arg for arg in args if arg in VERBS), "")
    command = context.command_path if context else f"paperctl {verb}".rstrip()
    help = f"see: {command} --help"
    kind = type(fault).__name__
    name = command.removeprefix("paperctl").strip()
    if kind == "NoSuchOption":
        return _for_option(fault.option_name, context, name or verb) or help
    if kind == "MissingParameter":
        return _for_missing(name, command, args, help)
    inner = getattr(context and context.command, "commands", None)
    if inner and verb:
        strange = next((arg for arg in args[args.index(verb) + 1 :] if arg[:1] != "-"), "")
        if verb == "config" and strange in BY_NAME:
            return f"to change a setting: {command} {_way_to_set(strange)}"
        near = did_you_mean(MEANT.get(strange, strange), inner)
        return f"{command} has {', '.join(inner)}{near}; {help}"
    return help


def _way_to_set(name: str) -> str:
    """The arguments of `config` that change a setting: one value is typed, several are edited."""
    return "edit" if BY_NAME[name].kind in (list, dict) else f"set {name} VALUE"


def _for_missing(name: str, command: str, args: Sequence[str], help: str) -> str:
    """What to type where an argument is missing: an example of the command, or what was typed, put right."""
    if name == "config set" and "=" in args[-1]:
        return f"{command} {args[-1].replace('=', ' ', 1)}"
    return f"as in: {EXAMPLES[name][0]}; {help}" if name in EXAMPLES else help


def _for_option(option: str, context: Any, name: str) -> str:
    """What to type in place of an option that a command does not have; "" if only its help can say that."""
    if context and context.parent is None and name:
        return f"options of a command stand behind it: paperctl {name} {option} …"
    field = canonical(option.strip("-").replace("-", "_"))
    if field and context and isinstance(context.command, QueryCommand):
        return f"fields are asked for in the query: {context.command_path} {field}:VALUE"
    return ""
