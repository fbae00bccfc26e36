"""`paperctl browse`: the papers on the whole screen, with a preview next to the list."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

import typer

from paperctl.cli import finding, querying
from paperctl.cli import list as listing
from paperctl.cli.session import Session
from paperctl.cli.sorting import sort_papers
from paperctl.errors import MissingExtra, NoTerminal
from paperctl.record import Record
from paperctl.record.fields import record_name
from paperctl.record.values import value

if TYPE_CHECKING:
    from paperctl.browse.app import Browse
    from paperctl.query import Sought

app = typer.Typer(rich_markup_mode=None, add_completion=False)
BEST = "best"
"""What stands in the place of a field to sort by relevance."""


@app.command(cls=querying.QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def browse(ctx: typer.Context, query: listing.Query = None, sort: listing.Sort = None) -> None:
    """Look through papers on the whole screen: filter as you type, with a preview, decide by one key.

    The keys are those of screen, and ? shows them all. --sort best puts the best match first.
    """
    session: Session = ctx.obj
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal("browse needs a terminal; in a script use: paperctl list QUERY")
    browsing(session, querying.query_text(query), sort or session.settings["list.sort"]).run()


def browsing(session: Session, text: str, sort: str) -> Browse:
    """The screen, not yet shown. Raises UsageError for a bad query, and MissingExtra."""
    try:
        from paperctl.browse.app import Browse
    except ImportError:
        raise MissingExtra("browse", "tui") from None
    from paperctl.browse.callbacks import Callbacks
    from paperctl.browse.catalogue import Catalogue
    from paperctl.browse.edits import Edits
    from paperctl.terminal.keys import keymap
    from paperctl.terminal.links import open_link

    querying.parsed(session, text)
    session.quiet = True  # the screen is taken
    papers = Catalogue(session.store)
    papers.renew()
    callbacks = Callbacks(
        find=lambda text, sort, stop: found(session, papers.ids, text, sort, stop),
        alike=lambda paper: _alike(session, papers[paper]),
        sought=lambda text: _terms(session, text),
        cues=lambda record: _cues(session, record),
        explained=lambda record: _explained(session, record),
        open=open_link,
    )
    return Browse(
        papers,
        Edits(session.store, papers, lambda: session.rules),
        callbacks,
        query=text,
        sort=sort,
        screen_keys=keymap(session.settings["screen.keys"]),
        reasons=session.settings["screen.reasons"],
    )


def found(
    session: Session, every: Sequence[str], text: str, sort: str, stop: Callable[[], bool]
) -> list[str]:
    """The ids of the papers that match a query, in order; of `every` paper where nothing is asked. Ends early
    where `stop` says so. Raises UsageError."""
    query = querying.parsed(session, text)
    keys = [key for key in map(str.strip, sort.split(",")) if key and key != BEST]
    names = [record_name(key.removeprefix("-")) for key in keys]
    if query is None and not names:
        return list(every)
    if query is not None and query.terms and sort.strip() == BEST:
        from paperctl.query.search import PAGE, search

        with finding.corpus(session) as corpus:
            papers, _ = search(query, corpus, page=PAGE)
            return [record["id"] for record in papers]
    _, matching = querying.matching(session, text)
    # Of each paper only what orders it: all of a hundred thousand would not be held.
    brief = [{"id": r["id"], **{name: value(r, name) for name in names}} for r in _until(matching, stop)]
    ordered = sort_papers(cast("list[Record]", brief), ",".join(keys), session.store)
    return [record["id"] for record in ordered]


def _until(papers: Iterable[Record], stop: Callable[[], bool]) -> Iterator[Record]:
    for record in papers:
        if stop():
            return
        yield record


def _terms(session: Session, text: str) -> Sequence[Sought]:
    query = querying.parsed(session, text)
    return query.terms if query else ()


def _alike(session: Session, record: Record) -> list[str]:
    from paperctl.query.similar import similar

    with finding.corpus(session) as corpus:
        return [neighbour.record["id"] for neighbour in similar([record], corpus)]


def _cues(session: Session, record: Record) -> Sequence[Sought]:
    from paperctl.query import Sought
    from paperctl.screening.pages import cues_sought

    return cues_sought(session.tagger.explain(record), Sought)


def _explained(session: Session, record: Record) -> str:
    import io

    from paperctl.terminal.paper import print_paper

    text = io.StringIO()
    print_paper(record, explanations=session.tagger.explain(record), width=70, out=text)
    return text.getvalue()
