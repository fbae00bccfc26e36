"""Where commands look for papers: the index of a large store, or else each paper in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from paperctl.cli.session import Session
from paperctl.record import Record

if TYPE_CHECKING:
    from paperctl.index.shelf import Indexed
    from paperctl.query import Query
    from paperctl.query.shelf import Shelf


@contextmanager
def indexed(session: Session) -> Iterator[Indexed | None]:
    """The index of the session's store, made or brought up to date if need be; None without one."""
    from paperctl.index import pays

    if not pays(session.store):  # do not load a database for some papers
        yield None
        return
    try:
        from paperctl.index.opening import opened
    except ImportError:  # a Python that was built without SQLite
        yield None
        return
    from paperctl.terminal.progress import reporting

    tell = session.warn if session.verbose else lambda line: None
    with reporting(session.quiet) as report, opened(session.store, report, tell) as index:
        yield index


@contextmanager
def shelf(session: Session) -> Iterator[Shelf]:
    """The session's papers to search."""
    from paperctl.query.shelf import Scan

    with indexed(session) as index:
        yield index or Scan(session.store.papers)


def matching(session: Session, query: Query) -> Iterator[Record]:
    """The papers that match a query, in the order of the store."""
    if query.terms:
        with indexed(session) as index:
            if index is not None and index.can(query):
                yield from index.listed(query)
                return
    yield from (record for record in session.store.papers(query.needles) if query.matches(record))


def why_nothing(session: Session, query: Query) -> str:
    """Which words of a query no paper holds, and what is spelt nearly so; "" if each is held by some."""
    from paperctl.query.search import spelt_nearly

    said = []
    with shelf(session) as papers:
        counts, _ = papers.holding(query.terms)
        for word, count in zip(query.terms, counts, strict=True):
            if not count:
                near = [f'"{other.text}" ({held:,})' for other, held in spelt_nearly(word, 0, papers)]
                said.append(f'no paper has "{word.text}"' + (f"; near it: {', '.join(near)}" if near else ""))
    return "; ".join(said)
