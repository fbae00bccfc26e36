"""`paperctl search`: the papers that match a query, best first."""

from __future__ import annotations

import sys

import typer

from paperctl.cli import listing, querying
from paperctl.cli.session import Session

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=querying.QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def search(
    ctx: typer.Context,
    query: listing.Query = None,
    format: listing.Format = None,
    json: listing.Json = False,
    jsonl: listing.Jsonl = False,
    tsv: listing.Tsv = False,
    ids: listing.Ids = False,
    fields: listing.Fields = None,
    sort: listing.Sort = None,
    limit: listing.Limit = None,
    exit_status: listing.ExitStatus = False,
) -> None:
    """Papers that match a query, ranked by relevance, best first."""
    from paperctl.query import rank

    session: Session = ctx.obj
    flags = {"json": json, "jsonl": jsonl, "tsv": tsv, "ids": ids}
    name = querying.output_format(format, flags, "table" if sys.stdout.isatty() else "tsv")
    columns = querying.field_names(fields or ",".join(session.settings["list.fields"]))
    text = querying.query_text(query)
    if not text.strip():
        raise typer.BadParameter("search needs a query; `paperctl list` shows everything")
    parsed, papers = querying.matching(session, text)
    ranked = (record for _, record in rank(list(papers), parsed))
    ordered = iter(querying.sort_papers(ranked, sort or ""))
    count = querying.show_papers(
        session, ordered, format=name, fields=columns, limit=limit, query=parsed, text=text
    )
    if not count:
        listing.nothing_found(session, text)
        if exit_status:
            raise typer.Exit(1)
