"""`paperctl label`: labels of one's own on papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from paperctl.cli.dividing import DividedCommand, divided
from paperctl.cli.json_output import AsJson, print_done, print_json
from paperctl.cli.session import Session
from paperctl.errors import UsageError
from paperctl.library.labels import as_labels
from paperctl.text.fold import fold
from paperctl.text.numbers import counted
from paperctl.text.sanitise import clean

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)

Divided = Annotated[
    list[str], typer.Argument(metavar="LABEL… -- ID…", help="Labels, then papers; - reads ids.")
]


@app.callback()
def label(ctx: typer.Context, json: AsJson = False) -> None:
    """Labels of your own. Alone: those in use, each with its papers."""
    if ctx.invoked_subcommand:
        return
    session: Session = ctx.obj
    counts = Counter(label for record in session.store.papers() for label in record.get("labels", ()))
    if json:
        print_json(dict(sorted(counts.items())))
        return
    for name, count in sorted(counts.items()):
        typer.echo(f"{clean(name)}\t{count}")
    if not counts:
        session.say("no labels yet; paperctl label add LABEL… -- ID… gives some")


@app.command(cls=DividedCommand, context_settings=HELP)
def add(ctx: typer.Context, words: Divided, json: AsJson = False) -> None:
    """Give papers labels; label:NAME finds them."""
    _set(ctx.obj, "add", words, json)


@app.command(cls=DividedCommand, context_settings=HELP)
def remove(ctx: typer.Context, words: Divided, json: AsJson = False) -> None:
    """Take labels off papers."""
    _set(ctx.obj, "remove", words, json)


def _set(session: Session, verb: str, words: Sequence[str], json: bool) -> None:
    named, papers = divided(session, words, f"label {verb}", "label")
    labels = as_labels(session.store, named)
    known = {fold(name): name for name in session.store.overlay.label_names}
    if verb == "remove" and (strange := next((name for name in labels if fold(name) not in known), None)):
        in_use = ", ".join(sorted(known.values())) or "none"
        raise UsageError(f"no paper has the label {strange!r}", f"labels: {in_use}")
    did = f"label {verb} {' '.join(labels)}"
    at, changed = session.store.label(papers, dict.fromkeys(labels, verb == "add"), did)
    if json:
        print_done(at, did, changed)
        return
    same = "" if len(changed) == len(papers) else f" ({len(papers) - len(changed)} had nothing to change)"
    done = "given to" if verb == "add" else "taken off"
    session.say(f"{', '.join(labels)}: {done} {counted(len(changed), 'paper')}{same}")
