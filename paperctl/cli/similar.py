"""`paperctl similar`: papers like these, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from paperctl.cli import finding, querying, sorting
from paperctl.cli import list as listing
from paperctl.cli.naming import named
from paperctl.cli.session import Session
from paperctl.record import Record, as_record

if TYPE_CHECKING:
    from paperctl.query.similar import Neighbour

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_USUAL = 20
_SHOWN = 8
"""Shared words named for each paper."""

Explain = Annotated[bool, typer.Option("--explain", help="Name the words and topics shared, on stderr.")]


@app.command(cls=querying.QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def similar(
    ctx: typer.Context,
    papers: Annotated[
        list[str], typer.Argument(metavar="ID…|QUERY", help="Ids, or a query as decision:keep.")
    ],
    explain: Explain = False,
    format: listing.Format = None,
    json: listing.Json = False,
    jsonl: listing.Jsonl = False,
    tsv: listing.Tsv = False,
    ids: listing.Ids = False,
    excel: listing.Excel = False,
    fields: listing.Fields = None,
    sort: listing.Sort = None,
    limit: listing.Limit = _USUAL,
    all_versions: listing.AllVersions = False,
    works: listing.Works = False,
    wrap: listing.Wrap = False,
    exit_status: listing.ExitStatus = False,
) -> None:
    """Papers like these, from the words of their titles and abstracts and their topics, best first.

    With several ids, or the papers of a query, the neighbours of all of them.
    """
    session: Session = ctx.obj
    session.wrap = wrap
    short = {"json": json, "jsonl": jsonl, "tsv": tsv, "ids": ids, "excel": excel}
    name, columns = querying.listing_output(session, format, short, fields)
    given = named(session, papers)
    from paperctl.query.similar import similar as papers_like

    with finding.corpus(session) as corpus:
        found = papers_like(given, corpus)
    once = querying.works_once(session, name, all_versions=all_versions, works=works)
    found = _shown(found, lambda records: islice(once(records, None), limit))
    in_json = explain and name in ("json", "jsonl")
    near = _explained(found) if in_json else [n.record for n in found]
    records = sorting.sort_papers(near, sort or "", session.store)
    count = querying.show_papers(
        session, records, format=name, fields=columns, limit=None, query=None, text=""
    )
    if explain and not in_json:
        for neighbour in found:
            topics = f"; topics {', '.join(neighbour.topics)}" if neighbour.topics else ""
            session.say(f"{neighbour.record['id']} shares {', '.join(neighbour.words[:_SHOWN])}{topics}")
    if not count:
        session.say("no paper is like that" if len(given) == 1 else "no paper is like these")
        if exit_status:
            raise typer.Exit(1)


def _shown(
    found: Sequence[Neighbour], choose: Callable[[Iterable[Record]], Iterable[Record]]
) -> list[Neighbour]:
    """The neighbours that are chosen, each with the version of its work that is."""
    by_work = {n.record["work"]: n for n in reversed(found)}
    by_id = {n.record["id"]: n for n in found}
    chosen = choose(n.record for n in found)
    return [(by_id.get(r["id"]) or by_work[r["work"]])._replace(record=r) for r in chosen]


def _explained(found: Iterable[Neighbour]) -> Iterator[Record]:
    for neighbour in found:
        shared = {"words": neighbour.words[:_SHOWN], "topics": neighbour.topics}
        yield as_record({**neighbour.record, "score": round(neighbour.score, 2), "shared": shared})
