"""`paperctl check`: is the store whole?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from paperctl.cli.json_output import AsJson, print_json
from paperctl.cli.session import Session
from paperctl.errors import FAILED
from paperctl.store.check import Finding, examine, repair
from paperctl.text.numbers import counted
from paperctl.text.sanitise import clean

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def check(
    ctx: typer.Context,
    mend: Annotated[
        bool, typer.Option("--repair", help="Mend it; damaged lines are set aside, not thrown away.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Verify every line of the store and say what is damaged."""
    session: Session = ctx.obj
    findings = examine(session.store)
    if json:
        _check_for_program(session, findings, mend)
        return
    for finding in findings:
        typer.echo(clean(finding.line))
    if not findings:
        session.say(f"{session.store.folder}: {_sound(session)}")
    elif mend:
        for line in repair(session.store):
            session.say(line)
        if any(f.serious for f in examine(session.store)):
            raise typer.Exit(FAILED)
    elif any(finding.serious for finding in findings):
        session.say("`paperctl check --repair` mends this")
        raise typer.Exit(FAILED)


def _sound(session: Session) -> str:
    """What was found to be in order."""
    if not session.store.papers_file.exists():
        return "no store yet; `paperctl load FILE…` makes one"
    papers, changes = sum(1 for _ in session.store.lines()), len(session.store.log())
    return f"nothing is damaged; {counted(papers, 'paper')}, {counted(changes, 'change')}"


def _check_for_program(session: Session, findings: Sequence[Finding], mend: bool) -> None:
    repaired = repair(session.store) if mend and findings else []
    left = examine(session.store) if repaired else findings
    whole = not any(finding.serious for finding in left)
    listed = [{"what": finding.line, "serious": finding.serious} for finding in findings]
    print_json({"whole": whole, "findings": listed, "repaired": list(repaired)})
    if not whole:
        raise typer.Exit(FAILED)
