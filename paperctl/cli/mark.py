"""`paperctl mark`: decisions from a script."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.json_output import AsJson, print_done
from paperctl.cli.session import Session
from paperctl.errors import UsageError, did_you_mean
from paperctl.record.fields import CHOICES
from paperctl.record.marks import MEANT
from paperctl.text.numbers import counted

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Stage(StrEnum):
    """What a decision was made from."""

    ABSTRACT = "abstract"
    FULLTEXT = "fulltext"


DECISIONS = (*CHOICES["decision"], "clear")
STATUSES = (*CHOICES["status"], "unread")


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def mark(
    ctx: typer.Context,
    decision: Annotated[
        str,
        typer.Argument(metavar="DECISION", help="keep, skip, maybe, clear; todo, reading, read, unread."),
    ],
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Papers; - reads ids from stdin.")],
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Set the note, too.")] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why; counted in stats and PRISMA.")
    ] = None,
    stage: Annotated[
        Stage | None, typer.Option("--stage", help="What was read: title and abstract, or the full text.")
    ] = None,
    json: AsJson = False,
    alone: Annotated[
        bool, typer.Option("--alone", help="Only this version, not the others of its work.")
    ] = False,
) -> None:
    """Mark papers as keep, skip or maybe; clear takes the mark away.

    How far you are in reading them is a mark of its own: todo, reading, read; unread takes it away.
    """
    session: Session = ctx.obj
    _check_decision(decision, ids)
    if decision in STATUSES and (reason is not None or stage is not None):
        raise UsageError(f"--reason and --stage belong to a decision, and {decision} is none")
    papers = _papers(session, decision, ids)
    if not papers:
        session.say("no id on stdin; nothing to mark")
        return
    marks = _marks(decision, reason, stage, alone=alone, note=note)
    did = f"mark {decision}"
    changed = session.store.decide(dict.fromkeys(papers, marks), did)
    if json:
        print_done(changed, did, papers)
        return
    count = counted(len(papers), "paper")
    session.say(
        f"{count} marked {decision}" if changed else f"{count}: already {decision}, nothing to change"
    )


def _papers(session: Session, decision: str, ids: Sequence[str]) -> list[str]:
    """The papers of the ids. Raises UsageError as `resolve` does, and says how a query is marked."""
    try:
        return resolve(session, ids)
    except UsageError as fault:
        from paperctl.cli.naming import is_query

        if fault.code != "no-such-paper" or not is_query(text := " ".join(ids)):
            raise
        pipe = f"paperctl list {shlex.join(ids)} --ids | paperctl mark {decision} -"
        raise UsageError(f"{text}: ids are marked, and this is a query", pipe, code=fault.code) from fault


def _marks(
    decision: str, reason: str | None, stage: Stage | None, *, alone: bool, note: str | None
) -> dict[str, object]:
    """What the store keeps of the words given; None takes away what was there."""
    marks: dict[str, object] = {"decision": None if decision == "clear" else decision}
    if decision in STATUSES:
        marks = {"status": None if decision == "unread" else decision}
    if reason is not None:
        marks["reason"] = " ".join(reason.encode("utf-8", "replace").decode().split()) or None
    if stage is not None:
        marks["stage"] = stage.value
    if alone:
        marks["alone"] = True
    if note is not None:
        marks["note"] = note.encode("utf-8", "replace").decode() or None
    return marks


def _check_decision(decision: str, ids: Sequence[str]) -> None:
    """Raises UsageError for what is neither a decision nor a status of reading."""
    known = (*DECISIONS, *STATUSES)
    if decision in known:
        return
    if word := next((word for word in ids if word in known), None):
        raise UsageError(f"{decision!r} is no decision: it comes first", f"paperctl mark {word} ID…")
    mend = did_you_mean(MEANT.get(decision.lower(), decision), known)
    raise UsageError(f"no decision called {decision!r}{mend}", f"{', '.join(known[:-1])} or {known[-1]}")
