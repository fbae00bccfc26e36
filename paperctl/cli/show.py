"""`paperctl show`: one paper whole."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.session import Session
from paperctl.paper import entries, origins
from paperctl.store import encode

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
    papers = {record["id"]: record for record in session.store.papers() if record["id"] in wanted}
    for n, paper in enumerate(wanted):
        record = papers[paper]
        if json:
            typer.echo(encode(record).decode("utf-8", "replace"))
            continue
        from paperctl.dedupe import merge, verdict
        from paperctl.terminal.paper import print_paper

        versions = set(record["versions"])
        titles = (
            {r["id"]: r["title"] for r in session.store.papers() if r["id"] in versions} if versions else {}
        )
        parts = [facts for _, facts in entries(record)]
        judged = {n: verdict(parts[0], facts) for n, facts in enumerate(parts) if n}
        if n:
            typer.echo()
        print_paper(
            record,
            explanations=session.tagger.explain(record),
            origins=origins(record, merge),
            titles=titles,
            evidence={n: f"{v.kind} {v.score:.2f}; {'; '.join(v.evidence)}" for n, v in judged.items()},
            colour=session.colour,
            out=sys.stdout,
        )
