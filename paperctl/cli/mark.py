"""`paperctl mark`: decisions from a script."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.json_output import AsJson, print_done
from paperctl.cli.session import Session
from paperctl.errors import UsageError, did_you_mean

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Stage(StrEnum):
    """What a decision was made from."""

    ABSTRACT = "abstract"
    FULLTEXT = "fulltext"


DECISIONS = ("keep", "skip", "maybe", "clear")


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def mark(
    ctx: typer.Context,
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="keep, skip, maybe or clear.")],
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Papers; - reads ids from stdin.")],
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Set the note, too.")] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why; counted in stats and PRISMA.")
    ] = None,
    stage: Annotated[
        Stage | None, typer.Option("--stage", help="What was read: title and abstract, or the full text.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Mark papers as keep, skip or maybe; clear takes the mark away."""
    session: Session = ctx.obj
    if decision not in DECISIONS:
        raise UsageError(
            f"no decision called {decision!r}{did_you_mean(decision, DECISIONS)}",
            "keep, skip, maybe or clear",
        )
    papers = resolve(session, ids)
    if not papers:
        session.say("no id on stdin; nothing to mark")
        return
    marks: dict[str, Any] = {"decision": None if decision == "clear" else decision}
    if reason is not None:
        marks["reason"] = " ".join(reason.encode("utf-8", "replace").decode().split()) or None
    if stage is not None:
        marks["stage"] = stage.value
    if note is not None:
        marks["note"] = note.encode("utf-8", "replace").decode() or None
    did = f"mark {decision}"
    changed = session.store.decide(dict.fromkeys(papers, marks), did)
    if json:
        print_done(changed, did, papers)
        return
    count = f"{len(papers)} paper{'s' * (len(papers) != 1)}"
    session.say(
        f"{count} marked {decision}" if changed else f"{count}: already {decision}, nothing to change"
    )
