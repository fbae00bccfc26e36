"""`paperctl show`: one paper whole."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.session import Session
from paperctl.exports._json import line
from paperctl.library.finding import papers_of
from paperctl.record import Record, Source
from paperctl.record.sources import Merge, entries, origins
from paperctl.store.overlay import Overlay

if TYPE_CHECKING:
    from paperctl.deduplicate import Kind, Verdict

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def show(
    ctx: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID…", help="Ids, prefixes, arXiv ids, DOIs; - is stdin.")
    ],
    json: Annotated[bool, typer.Option("--json", help="The record, one a line.")] = False,
) -> None:
    """Everything known of a paper, why it has its topics, and where each field came from."""
    session: Session = ctx.obj
    wanted = dict.fromkeys(resolve(session, ids))
    papers = {record["id"]: record for record in papers_of(session.store, wanted)}
    with session.paged():
        _show(session, wanted, papers, json)


def _show(session: Session, wanted: Iterable[str], papers: Mapping[str, Record], json: bool) -> None:
    for n, paper in enumerate(wanted):
        record = papers[paper]
        if json:
            typer.echo(line(record))
            continue
        from paperctl.deduplicate import merge, verdict
        from paperctl.terminal.paper import print_paper

        versions = set(record["versions"])
        others = papers_of(session.store, versions)
        parts = [facts for _, facts in entries(record)]
        same = {n: verdict(parts[0], facts) for n, facts in enumerate(parts) if n}
        if n:
            typer.echo()
        print_paper(
            record,
            explanations=session.tagger.explain(record),
            origins=_origins(record, merge),
            titles={r["id"]: r["title"] for r in others},
            evidence={n: _why(found, "duplicate") for n, found in same.items()},
            decided=_decided(record, session.store.overlay),
            links={r["id"]: _why(verdict(record, r), "version") for r in others},
            colour=session.colour,
            out=sys.stdout,
        )


def _origins(record: Record, merge: Merge) -> dict[str, int]:
    """For each field that a source told, the index of the source."""
    filled = record.get("filled") or {}
    return {name: n for name, n in origins(record, merge).items() if name not in filled}


def _decided(record: Record, overlay: Overlay) -> dict[int, str]:
    """The decisions before a merge that differ from the paper's, by the index of the source."""
    found = {}
    sources: Sequence[Source] = record["sources"]
    for n, source in enumerate(sources):
        marks = overlay.marks.get(source.get("id") or (record["id"] if n == 0 else ""), ())
        decisions = [mark.values["decision"] for mark in marks if "decision" in mark.values]
        decision = decisions[-1] if decisions else source.get("was", {}).get("decision")
        if decision and decision != record["decision"]:
            found[n] = decision
    return found


def _why(found: Verdict, wanted: Kind) -> str:
    """The evidence that two papers are one work. If the rules decide otherwise, the user joined them, or a
    third entry did."""
    rules = f"{found.kind} {found.score:.2f}; {'; '.join(found.evidence)}"
    return (
        rules if found.kind == wanted else f"decided by hand or by way of another entry; by the rules {rules}"
    )
