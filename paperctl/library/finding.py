"""Where papers are looked for: the index of a large store, or else each paper in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from paperctl.record import Record
from paperctl.store import Store

if TYPE_CHECKING:
    from paperctl.index.sure import Sure
    from paperctl.query import Query
    from paperctl.query.shelf import Shelf

Report = Callable[[str, float], None]
Tell = Callable[[str], None]


def _ignore(*reported: object) -> None:
    pass


@contextmanager
def indexed(store: Store, report: Report = _ignore, tell: Tell = _ignore) -> Iterator[Sure | None]:
    """The index of a store, made or brought up to date if need be; None without one. `report` gets how far
    that is, `tell` why it cannot be."""
    from paperctl.index import pays

    if not pays(store):  # do not load a database for some papers
        yield None
        return
    try:
        from paperctl.index.opening import opened
        from paperctl.index.sure import Sure
    except ImportError:  # a Python that was built without SQLite
        yield None
        return
    from paperctl.query.shelf import Scan

    with opened(store, report, tell) as index:
        yield Sure(index, Scan(store.papers), tell) if index is not None else None


def freshen(store: Store, report: Report = _ignore) -> None:
    """Brings the index of a store, if there is one, up to date with what was written."""
    from paperctl.index import pays

    if pays(store):
        with suppress(ImportError):  # a Python that was built without SQLite
            from paperctl.index.opening import freshen as freshen_index

            freshen_index(store, report)


@contextmanager
def shelf(store: Store, report: Report = _ignore, tell: Tell = _ignore) -> Iterator[Shelf]:
    """The papers of a store to search."""
    from paperctl.query.shelf import Scan

    with indexed(store, report, tell) as index:
        yield index or Scan(store.papers)


def matching(store: Store, query: Query, report: Report = _ignore, tell: Tell = _ignore) -> Iterator[Record]:
    """The papers that match a query, in the order of the store."""
    if query.terms:
        with indexed(store, report, tell) as index:
            if index is not None and (found := index.listed(query)) is not None:
                yield from found
                return
    yield from (record for record in store.papers(query.needles) if query.matches(record))
