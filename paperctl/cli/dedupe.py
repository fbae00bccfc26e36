"""`paperctl dedupe`: duplicates in the whole store, found, shown, merged, taken apart."""

from __future__ import annotations

import io
import shlex
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from paperctl.cli.dedupe_output import pair_as_json, pair_lines, proposal_as_json, proposal_lines
from paperctl.cli.ids import resolve
from paperctl.cli.json_output import AsJsonLines, print_json
from paperctl.cli.session import Session
from paperctl.errors import PaperctlError, StoreError, UsageError
from paperctl.library.dedupe import apply_plan, carry_out, propose, propose_plan
from paperctl.library.key_cache import load_cached_keys
from paperctl.library.load import Tagger
from paperctl.library.planfile import HEAD, parsed
from paperctl.library.proposal import Proposal
from paperctl.library.split import split
from paperctl.store import Writing
from paperctl.store.files import write_whole
from paperctl.text.sanitise import clean

STANDARD = Path("-")
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
        Path | None, typer.Option(metavar="FILE", help="Write the plan to a file to edit; - is stdout.")
    ] = None,
    apply: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Carry out an edited plan; - is stdin.")
    ] = None,
    yes_above: Annotated[
        float | None,
        typer.Option(metavar="SCORE", min=0, max=1, help="Merge doubtful pairs that score this much."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="--plan: overwrite what is no plan.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """One pass over the whole store: merges duplicates, links versions, counts the doubtful pairs."""
    given = {
        "--dry-run": dry_run,
        "--explain": explain,
        "--plan": plan is not None,
        "--apply": apply is not None,
        "--yes-above": yes_above is not None,
        "--force": force,
        "--json": json,
    }
    _refuse_flags(ctx.invoked_subcommand, [name for name, there in given.items() if there])
    if ctx.invoked_subcommand:
        return
    session: Session = ctx.obj
    idle = dry_run or plan is not None
    if apply is not None:
        found = _applied(session, apply, idle)
    else:
        if plan is not None:
            _refuse_overwriting(plan, force)
        found = _passed(session, yes_above, idle)
    if plan is not None:
        _write_plan(session, found, plan)
    elif json or dry_run or explain:
        _print_found(found, json=json, explain=explain)
    for line in found.conflicts:
        session.warn(f"{'would be merged' if idle else 'merged'}: {line}")
    session.say(_receipt(found, "would be " if idle else "", whole=apply is None))


def _refuse_flags(subcommand: str | None, given: Collection[str]) -> None:
    """Raises UsageError for flags before a subcommand, and for two that exclude each other."""
    for name in given if subcommand else ():
        raise UsageError(f"dedupe {subcommand} takes no {name}")
    for one, other in (("--plan", "--apply"), ("--plan", "--json"), ("--apply", "--yes-above")):
        if one in given and other in given:
            raise UsageError(f"{one} and {other} do not go together: take one of them")


def _applied(session: Session, path: Path, idle: bool) -> Proposal:
    """What a plan did, or if `idle` would do."""
    name = "stdin" if path == STANDARD else str(path)
    try:
        raw = sys.stdin.buffer.read() if path == STANDARD else path.read_bytes()
        rows = parsed(raw.decode("utf-8-sig"), name)
    except UnicodeDecodeError as fault:
        raise UsageError(f"cannot read {name}: not UTF-8 text") from fault
    except OSError as fault:
        raise UsageError(f"cannot read {name}: {fault.strerror or fault}") from fault
    if idle:
        return propose_plan(session.store, rows, name)
    return apply_plan(session.store, rows, tagger=_tagger(session), name=name)


def _passed(session: Session, yes_above: float | None, idle: bool) -> Proposal:
    """What a pass over the whole store did, or if `idle` would do."""
    from paperctl.terminal.progress import reporting

    score = session.settings["dedupe.merge_above"] if yes_above is None else yes_above
    with reporting(session.quiet) as progress:
        if idle:
            return propose(session.store, score, progress)
        return carry_out(session.store, score, progress, _tagger(session))


def _refuse_overwriting(path: Path, force: bool) -> None:
    """Raises UsageError for a file that holds something other than a plan; called before the work."""
    if force or path == STANDARD:
        return
    if path.is_symlink():
        raise UsageError(f"{path} is a link to {path.readlink()}", "--force writes where it leads")
    try:
        with path.open("rb") if path.is_file() else io.BytesIO() as stream:
            start = stream.read(1 << 12).decode("utf-8-sig", "replace")
    except OSError as fault:
        raise UsageError(f"cannot read {path}: {fault.strerror or fault}") from fault
    if start.strip() and not start.startswith(HEAD):
        raise UsageError(f"{path} is no plan that paperctl wrote", "--force overwrites it")


def _print_found(found: Proposal, *, json: bool, explain: bool) -> None:
    """Prints what was found: as JSON, with the evidence, or as a plan."""
    if json:
        print_json(proposal_as_json(found))
        return
    for line in proposal_lines(found) if explain else found.lines():
        typer.echo(clean(line))


def _write_plan(session: Session, found: Proposal, path: Path) -> None:
    text = "".join(f"{clean(line)}\n" for line in found.lines())
    if path == STANDARD:
        typer.echo(text, nl=False)
        session.say("plan written to stdout; edit it, then: paperctl dedupe --apply FILE")
        return
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():  # /dev/stdout, a named pipe
            target.write_text(text, encoding="utf-8")
        else:
            write_whole(target, [text.encode()])
    except (OSError, StoreError) as fault:
        cause = fault if isinstance(fault, OSError) else fault.__cause__
        raise PaperctlError(f"cannot write {path}: {getattr(cause, 'strerror', cause)}") from fault
    session.say(f"plan written to {path}; edit it, then: paperctl dedupe --apply {shlex.quote(str(path))}")


def _receipt(found: Proposal, would: str, *, whole: bool) -> str:
    """What was done in a line: by a pass over the whole store, or by a plan."""
    done = [f"{found.surplus:,} {would}merged", f"{len(found.versions):,} {would}linked as versions"]
    done += [f"{len(found.parted.apart):,} {would}taken apart"] if found.parted.apart else []
    done += [f"{len(found.apart):,} {would}kept apart"] if found.apart else []
    done += [f"{len(found.unlinked):,} {would}unlinked"] if found.unlinked else []
    if whole:
        hint = " (paperctl dedupe review)" if found.maybes else ""
        before = len(found.papers) - len(found.parted.parts) + len(found.parted.apart)
        return f"{before:,} papers: {', '.join(done)}, {len(found.maybes):,} doubtful{hint}"
    return ", ".join(done)


@app.command("split", context_settings=HELP)
def split_(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Merged papers.")],
    entry: Annotated[
        list[int] | None,
        typer.Option("-e", "--entry", metavar="N", help="Take only this entry out, as `show` numbers them."),
    ] = None,
    json: AsJsonLines = False,
) -> None:
    """Undo a merge. One paper for each entry again, remembered as not the same."""
    session: Session = ctx.obj
    apart = split(session.store, resolve(session, ids), entry or (), _tagger(session))
    for record in apart:
        if json:
            print_json({"id": record["id"], "title": record["title"]})
        else:
            typer.echo(f"{record['id']}\t{clean(record['title'])}")


@app.command(context_settings=HELP)
def review(ctx: typer.Context) -> None:
    """Walk the doubtful pairs side by side. Same, different or version: one key each."""
    from paperctl.review.session import review_pairs

    session: Session = ctx.obj
    review_pairs(session.store, colour=session.colour, quiet=session.quiet, tagger=_tagger(session))


@app.command(context_settings=HELP)
def report(
    ctx: typer.Context,
    format: Annotated[
        str | None, typer.Option("-f", "--format", metavar="NAME", help="csv, html or json.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what paperctl did not write.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Every merge made. What was kept, what went into it, score, evidence, by whom."""
    from paperctl.cli.reporting import put, report_format
    from paperctl.exports import _reports
    from paperctl.library.merges import COLUMNS, merges

    session: Session = ctx.obj
    name = report_format("json" if json else format, output, ("csv", "html", "json"))
    rows = list(merges(session.store))
    if name == "csv":
        text = _reports.as_csv(rows, COLUMNS)
    else:
        text = _reports.as_json(rows) if name == "json" else _reports.as_html(rows, COLUMNS, "Merges")
    put(session, text, name, output, force=force)


@app.command(context_settings=HELP)
def why(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="One paper, or those to compare.")],
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="Show so many at most.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="One pair a line, as JSON.")] = False,
) -> None:
    """What the rules say of two papers, and you. Of one: of all that it is compared with."""
    from paperctl.library.explain import among, around

    session: Session = ctx.obj
    store = session.store
    chosen = resolve(session, ids)
    papers = Writing(store).lazy_papers()
    if len(chosen) == 1 < len(ids):
        raise UsageError(
            f"these are one paper, {chosen[0]}", f"`paperctl show {chosen[0]}` says why, entry by entry"
        )
    places = [papers.ids.index(name) for name in chosen]
    if len(places) == 1:
        found = around(papers, places[0], load_cached_keys(store, len(papers)), store.overlay.judgements)
    else:
        found = among([papers[n] for n in places], store.overlay.judgements)
    for one in found[:limit]:
        if json:
            print_json(pair_as_json(one))
        else:
            typer.echo("\n".join(clean(line) for line in pair_lines(one)))
    if not found:
        session.say("nothing in the store is like it enough to be compared")
    elif len(found) > limit:
        session.say(f"{len(found) - limit} more that are less alike (--limit N)")


def _tagger(session: Session) -> Tagger | None:
    """Tags papers whose facts a merge or a split changes, unless tagging is switched off."""
    return session.tagger if session.settings["load.tag"] else None
