"""`paperctl show`: one paper whole."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

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
    chosen = dict.fromkeys(resolve(session, ids))
    papers = {record["id"]: record for record in papers_of(session.store, chosen)}
    with session.paged():
        _show(session, chosen, papers, json)


def _show(session: Session, chosen: Iterable[str], papers: Mapping[str, Record], json: bool) -> None:
    for n, paper in enumerate(chosen):
        record = papers[paper]
        if json:
            typer.echo(line(record))
            continue
        from paperctl.terminal.paper import print_paper

        joined = _joined(session, record)
        if n:
            typer.echo()
        print_paper(
            record,
            explanations=session.tagger.explain(record),
            origins=joined.origins,
            titles=joined.titles,
            evidence=joined.evidence,
            decided=_decided(record, session.store.overlay),
            links=joined.links,
            colour=session.colour,
            out=sys.stdout,
        )


class _Joined(NamedTuple):
    """What brought the entries and versions of a paper together, as `print_paper` takes it."""

    origins: Mapping[str, int] = {}
    titles: Mapping[str, str] = {}
    evidence: Mapping[int, str] = {}
    links: Mapping[str, str] = {}


def _joined(session: Session, record: Record) -> _Joined:
    """Why the entries of a paper are one, and its versions versions. Most papers have neither, and the rules
    take longer to import than all else."""
    if len(record["sources"]) < 2 and not record["versions"]:
        return _Joined()
    from paperctl.deduplicate import merge, verdict

    others = list(papers_of(session.store, set(record["versions"])))
    first, *further = [facts for _, facts in entries(record)]
    return _Joined(
        _origins(record, merge),
        titles={r["id"]: r["title"] for r in others},
        evidence={n: _why(verdict(first, facts), "duplicate") for n, facts in enumerate(further, 1)},
        links={r["id"]: _why(verdict(record, r), "version") for r in others},
    )


def _origins(record: Record, merge: Merge) -> dict[str, int]:
    """For each field that came from a source, the index of the source."""
    filled = record.get("filled") or {}
    return {name: n for name, n in origins(record, merge).items() if name not in filled}


def _decided(record: Record, overlay: Overlay) -> dict[int, str]:
    """The decisions before a merge that differ from the paper's, by the index of the source."""
    found = {}
    sources: Sequence[Source] = record["sources"]
    for n, source in enumerate(sources if len(sources) > 1 else ()):
        ids = [
            source.get("id") or (record["id"] if n == 0 else ""),
            *(one["id"] for one in source.get("earlier", ())),
        ]
        marks = sorted(
            (mark for name in ids for mark in overlay.marks.get(name, ())), key=lambda mark: mark.at
        )
        decisions = [mark.values["decision"] for mark in marks if "decision" in mark.values]
        decision = decisions[-1] if decisions else source.get("was", {}).get("decision")
        if decision and decision != record["decision"]:
            found[n] = decision
    return found


def _why(found: Verdict, kind: Kind) -> str:
    """The evidence that two papers are one work. If the rules decide otherwise, the user joined them, or a
    third entry did."""
    rules = f"{found.kind} {found.score:.2f}; {'; '.join(found.evidence)}"
    return (
        rules if found.kind == kind else f"decided by hand or by way of another entry; by the rules {rules}"
    )
