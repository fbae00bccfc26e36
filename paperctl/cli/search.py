"""`paperctl search`: the papers that match a query, best first."""

from __future__ import annotations

import typer

from paperctl.cli import list as listing
from paperctl.cli import querying

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

    if not querying.query_text(query).strip():
        raise typer.BadParameter("search needs a query; `paperctl list` shows everything")
    listing.show(
        ctx.obj,
        query,
        lambda parsed, papers: querying.sort_papers((r for _, r in rank(list(papers), parsed)), sort or ""),
        format=format,
        short={"json": json, "jsonl": jsonl, "tsv": tsv, "ids": ids},
        fields=fields,
        limit=limit,
        exit_status=exit_status,
    )
