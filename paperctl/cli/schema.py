"""`paperctl schema`: the shapes of what `--json` prints."""

from __future__ import annotations

from typing import Annotated

import typer

from paperctl.cli.json_output import AsJson, print_json
from paperctl.errors import UsageError, did_you_mean

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def schema_(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One of the schemas.")] = None,
    json: AsJson = False,
) -> None:
    """The JSON Schema of what a command prints with --json; without a name, which schemas there are."""
    from paperctl.cli.schemas import SHAPES, schema

    if name is None:
        if json:
            print_json({name: {"made_by": s.made_by, "lines": s.lines} for name, s in SHAPES.items()})
            return
        for name, shape in SHAPES.items():
            typer.echo(f"{name:<12} {shape.made_by}{'; one a line' if shape.lines else ''}")
    elif name not in SHAPES:
        raise UsageError(f"no schema called {name!r}{did_you_mean(name, SHAPES)}", ", ".join(SHAPES))
    else:
        print_json(schema(name), indent=2)
