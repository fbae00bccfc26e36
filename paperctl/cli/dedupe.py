"""`paperctl dedupe`: duplicates in the whole store, found, shown, merged, taken apart."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import Annotated

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.session import Session
from paperctl.deduping import Proposal, apply_plan, carry_out, propose, read_plan, split
from paperctl.errors import UsageError
from paperctl.load import Tagger
from paperctl.record import Record
from paperctl.terminal.sanitise import clean

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)


@app.callback()
def dedupe(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help="Show the plan, change nothing.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show the evidence for each verdict.")] = False,
    plan: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the plan to a file to edit.")
    ] = None,
    apply: Annotated[Path | None, typer.Option(metavar="FILE", help="Carry out an edited plan.")] = None,
    yes_above: Annotated[
        float | None,
        typer.Option(metavar="SCORE", min=0, max=1, help="Merge doubtful pairs that score this much."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """One pass over the whole store: merges duplicates, links versions, counts the doubtful pairs."""
    if ctx.invoked_subcommand:
        return
    from paperctl.terminal.progress import reporting

    session: Session = ctx.obj
    if apply:
        done = apply_plan(session.store, read_plan(apply), tagger=_tagger(session))
        session.say(f"{done.surplus} merged, {len(done.versions)} linked")
        return
    score = session.settings["dedupe.merge_above"] if yes_above is None else yes_above
    idle = dry_run or plan is not None
    with reporting(session.quiet) as progress:
        if idle:
            found = propose(session.store, score, progress)
        else:
            found = carry_out(session.store, score, progress, _tagger(session))
    if plan is not None:
        try:
            plan.write_text("".join(f"{line}\n" for line in found.lines()), encoding="utf-8")
        except OSError as fault:
            raise UsageError(f"cannot write {plan}: {fault.strerror}") from fault
        session.say(f"plan written to {plan}; edit it, then: paperctl dedupe --apply {plan}")
    elif json:
        typer.echo(jsonlib.dumps(_as_json(found), ensure_ascii=False))
    elif dry_run or explain:
        for line in _explained(found) if explain else found.lines():
            typer.echo(clean(line))
    for paper in found.conflicts:
        session.warn(f"{paper}: merged papers were decided on differently; the last word holds")
    would = "would be " if idle else ""
    hint = " (paperctl dedupe review)" if found.maybes else ""
    session.say(
        f"{len(found.papers):,} papers: {found.surplus:,} {would}merged, "
        f"{len(found.versions):,} {would}linked as versions, {len(found.maybes):,} doubtful{hint}"
    )


@app.command("split", context_settings=HELP)
def split_(
    ctx: typer.Context, ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Merged papers.")]
) -> None:
    """Undo a merge. One paper for each entry again, remembered as not the same."""
    session: Session = ctx.obj
    apart = split(session.store, resolve(session, ids), _tagger(session))
    for record in apart:
        typer.echo(f"{record['id']}\t{clean(record['title'])}")


@app.command(context_settings=HELP)
def review(ctx: typer.Context) -> None:
    """Walk the doubtful pairs side by side. Same, different or version: one key each."""
    from paperctl.screening.pairs import review_pairs

    session: Session = ctx.obj
    review_pairs(session.store, colour=session.colour, tagger=_tagger(session))


def _tagger(session: Session) -> Tagger | None:
    """Tags papers whose facts a merge or a split changes, unless tagging is switched off."""
    return session.tagger if session.settings["load.tag"] else None


def _explained(found: Proposal) -> list[str]:
    lines: list[str] = []
    rows: list[tuple[str, list[int]]] = [("merge", c) for c in found.clusters]
    rows += [("version", list(pair)) for pair in found.versions]
    rows += [("maybe", [a, b]) for a, b, _ in found.maybes]
    for verb, places in rows:
        lines.append(verb)
        lines += [f"  {found.papers[n]['id']}  {_described(found.papers[n])}" for n in places]
        for a, b, verdict in found.evidence(places):
            head = f"{a['id'][:7]} ~ {b['id'][:7]}" if len(places) > 2 else "because"
            lines.append(f"  {head}: {verdict.kind} {verdict.score:.2f}; {'; '.join(verdict.evidence)}")
    return lines


def _described(record: Record) -> str:
    parts = [
        record["title"],
        ", ".join(record["authors"][:3]),
        record["venue"],
        record["year"],
        record["doi"],
    ]
    return " · ".join(str(part) for part in parts if part)


def _as_json(found: Proposal) -> dict[str, object]:
    ids = [record["id"] for record in found.papers]
    return {
        "merge": [[ids[n] for n in cluster] for cluster in found.clusters],
        "version": [[ids[a], ids[b]] for a, b in found.versions],
        "maybe": [
            {"ids": [ids[a], ids[b]], "score": v.score, "evidence": list(v.evidence)}
            for a, b, v in found.maybes
        ],
    }
