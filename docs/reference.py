"""Writes the page of commands and the manual page from the commands themselves: python docs/reference.py"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from paperctl import __version__
from paperctl.cli.app import app
from paperctl.cli.examples import EXAMPLES, commands_of
from paperctl.cli.verbs import VERBS

HERE = Path(__file__).parent
PAGE, MANUAL = HERE / "commands.md", HERE / "man" / "paperctl.1"
_INTRODUCTION = """# Commands

Made from the commands by `python docs/reference.py`; `paperctl help COMMAND` shows the same. Every command
takes the options of `paperctl` itself, before or behind its name.
"""


def described() -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each command: its name, what it does, and its arguments and options, each with its help."""
    root: Any = typer.main.get_command(app)
    yield "", root.help, _parameters(root)
    for name, command in commands_of(root, iter(VERBS)):
        yield name, inspect.cleandoc(command.help or ""), _parameters(command)


def _parameters(command: Any) -> list[tuple[str, str]]:
    found = []
    for parameter in command.params:
        if getattr(parameter, "hidden", False):
            continue
        value = parameter.make_metavar(None) if hasattr(parameter, "make_metavar") else ""
        if parameter.param_type_name == "argument":
            found.append((value.strip("{}"), getattr(parameter, "help", "") or ""))
        else:
            names = ", ".join(sorted((*parameter.opts, *parameter.secondary_opts), key=len))
            value = "" if parameter.is_flag else f" {value}"
            found.append((f"{names}{value}", parameter.help or ""))
    return found


def page() -> str:
    """The page of commands, in Markdown."""
    parts = [_INTRODUCTION]
    for name, about, parameters in described():
        parts.append(f"## paperctl {name}".rstrip() + f"\n\n{about.strip()}\n")
        if parameters:
            rows = [f"| `{what.replace('|', chr(92) + '|')}` | {_cell(text)} |" for what, text in parameters]
            parts.append("\n".join(["| | |", "| --- | --- |", *rows]) + "\n")
        if lines := EXAMPLES.get(name):
            parts.append("\n".join(f"    {line}" for line in lines) + "\n")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return re.sub(r"([|*_<])", r"\\\1", text)


def manual() -> str:
    """The manual page, in man's macros."""
    lines = [
        f'.TH PAPERCTL 1 "" "paperctl {__version__}" "User Commands"',
        ".SH NAME\npaperctl \\- from thousands of submissions to the twenty papers worth reading",
        ".SH SYNOPSIS\n.B paperctl\n[OPTIONS] COMMAND [ARGUMENTS]",
    ]
    for name, about, parameters in described():
        lines.append(f".SH {_man(f'paperctl {name}'.upper())}" if name else ".SH DESCRIPTION")
        lines += [_man(" ".join(paragraph.split())) + "\n.PP" for paragraph in about.split("\n\n")]
        lines += [f".TP\n.B {_man(what)}\n{_man(text)}" for what, text in parameters]
        if examples := EXAMPLES.get(name):
            lines += [".PP\n.nf", *(f"    {_man(line)}" for line in examples), ".fi"]
    return "\n".join(lines) + "\n"


def _man(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    MANUAL.parent.mkdir(exist_ok=True)
    MANUAL.write_text(manual(), encoding="utf-8")


if __name__ == "__main__":
    main()
