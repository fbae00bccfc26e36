"""What `--json` prints: values that any terminal may see, one on a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated

import typer

from paperctl.exports._json import escaped

AsJson = Annotated[bool, typer.Option("--json", help="As a JSON object.")]
AsJsonLines = Annotated[bool, typer.Option("--json", help="As JSON, one object a line.")]


def print_json(value: object, *, indent: int | None = None) -> None:
    """Prints a value on stdout; what a terminal would obey is an escape in it."""
    typer.echo(escaped(json.dumps(value, ensure_ascii=False, indent=indent, default=str)))


def print_done(at: str | None, did: str, ids: Iterable[str]) -> None:
    """Prints what a command did to papers, as `paperctl schema done` describes it."""
    print_json({"at": at, "did": did, "ids": list(ids)})
