"""`paperctl list`: the papers that match a query."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from paperctl.cli import finding, querying, sorting
from paperctl.cli.session import Session
from paperctl.record import Record

if TYPE_CHECKING:
    from paperctl.query import Query as Parsed

app = typer.Typer(rich_markup_mode=None, add_completion=False)

Query = Annotated[
    list[str] | None, typer.Argument(metavar="[QUERY]…", help="Words, field:value, -not, or, ( ).")
]
Format = Annotated[
    str | None,
    typer.Option("-f", "--format", metavar="NAME", help="table, tsv, csv, json, jsonl, ids, markdown, …"),
]
Json = Annotated[bool, typer.Option("--json", help="As one JSON array.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="One JSON record a line.")]
Tsv = Annotated[bool, typer.Option("--tsv", help="Tab-separated, whole text; the default in a pipe.")]
Ids = Annotated[bool, typer.Option("--ids", help="Ids alone.")]
Excel = Annotated[bool, typer.Option("--excel", help="CSV as Excel reads it: with a byte order mark.")]
Fields = Annotated[str | None, typer.Option("--fields", metavar="A,B,C", help="Columns, in this order.")]
Sort = Annotated[
    str | None, typer.Option("--sort", metavar="FIELD", help="Sort by a field; -FIELD descending.")
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="At most N papers.")]
AllVersions = Annotated[
    bool, typer.Option("--all-versions", help="Each version of a work, in formats for people too.")
]
Works = Annotated[bool, typer.Option("--works", help="A work once, in formats for programs too.")]
Wrap = Annotated[bool, typer.Option("--wrap", help="In a table: whole titles, on several lines.")]
ExitStatus = Annotated[bool, typer.Option("-e", "--exit-status", help="Exit with 1 when nothing matches.")]


@app.command(cls=querying.QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def list_(
    ctx: typer.Context,
    query: Query = None,
    format: Format = None,
    json: Json = False,
    jsonl: Jsonl = False,
    tsv: Tsv = False,
    ids: Ids = False,
    excel: Excel = False,
    fields: Fields = None,
    sort: Sort = None,
    limit: Limit = None,
    new: Annotated[bool, typer.Option("--new", help="Only what the last load added, as new: does.")] = False,
    all_versions: AllVersions = False,
    works: Works = False,
    wrap: Wrap = False,
    exit_status: ExitStatus = False,
) -> None:
    """Papers that match a query; all of them without one."""
    ctx.obj.wrap = wrap
    key = sort or ctx.obj.settings["list.sort"]
    show(
        ctx.obj,
        ["(", *query, ")", "new:"] if new and query else ["new:"] if new else query,
        lambda parsed, papers: sorting.sort_papers(papers, key, ctx.obj.store),
        first=lambda most: finding.sorted_first(ctx.obj, sorting.checked_keys(key), most) if key else None,
        format=format,
        short={"json": json, "jsonl": jsonl, "tsv": tsv, "ids": ids, "excel": excel},
        fields=fields,
        limit=limit,
        all_versions=all_versions,
        works=works,
        exit_status=exit_status,
    )


def show(
    session: Session,
    query: list[str] | None,
    arrange: Callable[[Parsed | None, Iterable[Record]], Iterable[Record]],
    *,
    format: str | None,
    short: dict[str, bool],
    fields: str | None,
    limit: int | None,
    all_versions: bool,
    works: bool,
    exit_status: bool,
    first: Callable[[int], Iterable[Record] | None] = lambda most: None,
) -> None:
    """Writes the papers that match a query to stdout, in the order in which `arrange` puts them: it
    gets the parsed query (None if empty) and the papers, of which `first` may know those that come first."""
    name, columns = querying.listing_output(session, format, short, fields)
    once = querying.works_once(session, name, all_versions=all_versions, works=works)
    text = querying.query_text(query)
    parsed, papers = querying.matching(session, text)
    # Where a work is shown once, or all papers are counted, all have to be looked at.
    if parsed is None and limit is not None and not works and name not in querying.PEOPLE:
        papers = iter(first(limit) or papers)
    shown = arrange(parsed, once(papers, parsed))
    count = querying.show_papers(
        session, shown, format=name, fields=columns, limit=limit, query=parsed, text=text
    )
    if limit is None or count < limit:
        querying.say_without_year(session)
    if not count:
        some = limit != 0
        nothing_found(session, text if some else "", exit_status, parsed if some else None)


def nothing_found(session: Session, text: str, exit_status: bool, query: Parsed | None = None) -> None:
    """Says why there is no paper, where that helps, and ends with 1 if that was asked for."""
    if not session.store.papers_file.exists():
        session.say(f"no papers in {session.store.folder} yet; `paperctl load FILE…` reads some")
    elif query and not session.quiet and (why := finding.why_nothing(session, query)):
        from paperctl.cli.meant import meant_by

        session.say("; ".join(filter(None, (why, meant_by(text)))))
    elif text:
        session.say(f"no paper matches {text}")
    elif sys.stdout.isatty():
        session.say("no papers")
    if exit_status:
        raise typer.Exit(1)
