"""`paperctl search`: the papers that match a query, best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from paperctl.cli import finding, querying, sorting
from paperctl.cli import list as listing
from paperctl.cli.session import Session
from paperctl.errors import UsageError
from paperctl.record import Record, by_name

if TYPE_CHECKING:
    from paperctl.query.search import Relaxed

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=querying.QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def search(
    ctx: typer.Context,
    query: listing.Query = None,
    strict: Annotated[bool, typer.Option("--strict", help="Only papers that hold every word.")] = False,
    like: Annotated[
        list[str] | None, typer.Option("--like", metavar="ID", help="Papers like this one, as `similar`.")
    ] = None,
    format: listing.Format = None,
    json: listing.Json = False,
    jsonl: listing.Jsonl = False,
    tsv: listing.Tsv = False,
    ids: listing.Ids = False,
    excel: listing.Excel = False,
    fields: listing.Fields = None,
    sort: listing.Sort = None,
    limit: listing.Limit = None,
    all_versions: listing.AllVersions = False,
    works: listing.Works = False,
    wrap: listing.Wrap = False,
    exit_status: listing.ExitStatus = False,
) -> None:
    """Papers that match a query, ranked by relevance, best first.

    Where few hold every word, those follow that hold most, and near spellings of unknown words.
    """
    from paperctl.query.search import PAGE
    from paperctl.query.search import search as search_papers

    session: Session = ctx.obj
    session.wrap = wrap
    text = querying.query_text(query)
    if like:
        if text.strip():
            raise UsageError("--like takes the place of the query", "leave one of them out")
        from paperctl.cli.similar import similar

        similar(
            ctx, like, False, format, json, jsonl, tsv, ids, excel, fields, sort,
            PAGE if limit is None else limit, all_versions, works, wrap, exit_status,
        )  # fmt: skip
        return
    parsed = querying.parsed(session, text)
    if parsed is None:
        raise UsageError("search needs a query", "`paperctl list` shows everything")
    short = {"json": json, "jsonl": jsonl, "tsv": tsv, "ids": ids, "excel": excel}
    name, columns = querying.listing_output(session, format, short, fields)
    once = querying.works_once(session, name, all_versions=all_versions, works=works)
    page = PAGE if limit is None else min(limit, PAGE)
    with finding.corpus(session) as corpus:
        papers, relaxed = search_papers(parsed, corpus, page=page, strict=strict)
        if relaxed is not None and name in ("json", "jsonl"):
            papers = _marked(papers, relaxed)
        papers = sorting.sort_papers(once(papers, parsed), sort or "", session.store)
        count = querying.show_papers(
            session, papers, format=name, fields=columns, limit=limit, query=parsed, text=text
        )
    if limit is None or count < limit:
        querying.say_without_year(session)
    if relaxed is not None and count:
        session.say(relaxed.line())
    if not count:
        listing.nothing_found(session, text, exit_status, parsed if limit != 0 else None)


def _marked(papers: Iterable[Record], relaxed: Relaxed) -> Iterator[Record]:
    """The papers; one that does not hold all words says which it lacks, and what was looked for instead."""
    for record in papers:
        if record["id"] in relaxed.without:
            without = relaxed.without[record["id"]]
            by_name(record)["relaxed"] = {"without": without, "instead": relaxed.instead}
        yield record
