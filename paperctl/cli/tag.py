"""`paperctl tag`: the topic rules applied again, or put right by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from paperctl.cli.ids import resolve
from paperctl.cli.session import Session
from paperctl.cli.tagging import tagger
from paperctl.errors import UsageError
from paperctl.retag import retag

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)
_DIVIDER = "\0--"


class DividedCommand(TyperCommand):
    """A command whose `--` divides two lists, which the parser would otherwise drop."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [_DIVIDER if arg == "--" else arg for arg in args])


@app.callback()
def tag(ctx: typer.Context) -> None:
    """Apply the topic rules to every paper again; corrections by hand stay."""
    if ctx.invoked_subcommand:
        return
    from paperctl.terminal.progress import reporting

    session: Session = ctx.obj
    with reporting(session.quiet) as progress:
        progress("tagging", 0.0)
        papers, changes = retag(session.store, tagger(session))
    session.say(f"{papers:,} papers tagged; {sum(c.papers for c in changes):,} changed")
    for change in changes:
        session.say(f"  {change.topic}: +{change.gained} −{change.lost}")


Divided = Annotated[
    list[str], typer.Argument(metavar="TOPIC… -- ID…", help="Topics, then papers; - reads ids.")
]


@app.command(cls=DividedCommand, context_settings=HELP)
def add(ctx: typer.Context, words: Divided) -> None:
    """Give papers topics by hand; it outlives re-tagging."""
    _correct(ctx.obj, "add", words)


@app.command(cls=DividedCommand, context_settings=HELP)
def remove(ctx: typer.Context, words: Divided) -> None:
    """Take topics off papers by hand; it outlives re-tagging."""
    _correct(ctx.obj, "remove", words)


@app.command(cls=DividedCommand, context_settings=HELP)
def forget(ctx: typer.Context, words: Divided) -> None:
    """Take back corrections: the rules decide on these topics again."""
    _correct(ctx.obj, "forget", words)


@app.command("eval", context_settings=HELP)
def eval_(
    ctx: typer.Context,
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD.jsonl", help='Lines of {"title", "labels": {topic: 0|1}}.')
    ],
    json: Annotated[bool, typer.Option("--json", help="As a JSON object.")] = False,
) -> None:
    """Precision, recall and F1 of each topic against labelled papers, with the worst misses."""
    from paperctl.cli.evaluating import report

    report(ctx.obj, gold, json)


def _correct(session: Session, verb: str, words: Sequence[str]) -> None:
    if _DIVIDER not in words:
        raise UsageError(f"tag {verb} needs -- between topics and ids", f"paperctl tag {verb} TOPIC… -- ID…")
    at = words.index(_DIVIDER)
    topics = [session.rules.resolve(word) for word in words[:at]]
    if not topics:
        raise UsageError(f"tag {verb}: no topic named before --")
    papers = resolve(session, words[at + 1 :])
    if not papers:
        return
    session.store.correct_topics(
        {paper: {verb: topics} for paper in papers}, f"tag {verb} {' '.join(topics)}"
    )
    session.say(f"{', '.join(topics)}: {verb} on {len(papers)} paper{'s' * (len(papers) != 1)}")
