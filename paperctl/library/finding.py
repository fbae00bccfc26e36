"""Where papers are looked for: the index of a large store, or else each paper in turn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from paperctl.parallel.reports import Notify, Progress, no_message, no_progress
from paperctl.record import Record
from paperctl.record.ids import is_id
from paperctl.store import Store

if TYPE_CHECKING:
    from paperctl.index.fallback import IndexOrScan
    from paperctl.query import Query
    from paperctl.query.corpus import Corpus


@contextmanager
def indexed(
    store: Store, report: Progress = no_progress, notify: Notify = no_message, *, make: bool = True
) -> Iterator[IndexOrScan | None]:
    """The index of a store; None without one. If `make`, it is made or brought up to date where need be:
    `report` gets the progress of that, `notify` the reason why it cannot be."""
    from paperctl.index import pays

    if not pays(store):  # do not load a database for some papers
        yield None
        return
    try:
        from paperctl.index.fallback import IndexOrScan
        from paperctl.index.opening import forget, opened
    except ImportError:  # a Python that was built without SQLite
        yield None
        return
    from paperctl.query.corpus import Scan

    with opened(store, report, notify, make=make) as index:
        scan = Scan(store.papers)
        yield None if index is None else IndexOrScan(index, scan, notify, partial(forget, store))


def freshen(store: Store, report: Progress = no_progress) -> None:
    """Brings the index of a store, if there is one, up to date with what was written."""
    from paperctl.index import pays

    if pays(store):
        with suppress(ImportError):  # a Python that was built without SQLite
            from paperctl.index.opening import freshen as freshen_index

            freshen_index(store, report)


@contextmanager
def corpus(store: Store, report: Progress = no_progress, notify: Notify = no_message) -> Iterator[Corpus]:
    """The papers of a store to search."""
    from paperctl.query.corpus import Scan

    with indexed(store, report, notify) as index:
        yield index or Scan(store.papers)


def papers_of(store: Store, ids: Collection[str]) -> list[Record]:
    """The papers with these ids, in the order of the store."""
    if not ids:
        return []
    return _known_to_index(store, ids) or list(store.papers_of(ids))


def whole_ids(store: Store, words: Iterable[str]) -> list[str] | None:
    """The ids that words are, in their order, each once; None unless all are ids in full of papers that an
    index knows."""
    ids = list(dict.fromkeys(word.lower() for word in words))
    if not ids or not all(map(is_id, ids)):
        return None
    return ids if _known_to_index(store, ids) else None


def named(store: Store, names: Iterable[str]) -> dict[str, list[str]] | None:
    """For each name the ids of the papers that it may mean, see `Store.find`; None unless an index knows a
    paper for each."""
    from paperctl.store.lookup import Lookup, meant

    lookup = Lookup(names, store.overlay.keys())
    with indexed(store, make=False) as index:
        papers = index.answered(lambda index: index.named(lookup)) if index is not None else None
    found = meant(lookup, papers) if papers else {}
    return found if found and all(found.values()) else None


def _known_to_index(store: Store, ids: Collection[str]) -> list[Record] | None:
    """The papers with these ids, from an index that has each of them once: of an id that is twice there, or
    that is no paper's, only a look at the papers says more."""
    with indexed(store, make=False) as index:
        found = index.answered(lambda papers: papers.with_ids(ids)) if index is not None else None
    return found if found and len(found) == len(set(ids)) else None


def places_of(store: Store, ids: Collection[str]) -> list[tuple[int, int, int]] | None:
    """Where the lines of the papers with these ids stand, see `Store.lookup`."""
    with indexed(store, make=False) as index:
        return index.answered(lambda papers: papers.places_of(ids)) if index is not None else None


def newest(store: Store) -> str | None:
    """When the newest paper was added, "" without papers; None if only looking through them tells."""
    with indexed(store, make=False) as index:
        return index.answered(lambda papers: papers.newest) if index is not None else None


def sorted_first(
    store: Store,
    keys: Sequence[tuple[str, bool]],
    most: int,
    report: Progress = no_progress,
    notify: Notify = no_message,
) -> list[Record] | None:
    """Papers of which those are some that come first by these fields, each with whether it descends, in the
    order of the store; None if all of them have to be looked at."""
    with indexed(store, report, notify) as index:
        return index.answered(lambda papers: papers.sorted_first(keys, most)) if index is not None else None


def matching(
    store: Store, query: Query, report: Progress = no_progress, notify: Notify = no_message
) -> Iterator[Record]:
    """The papers that match a query, in the order of the store."""
    if query.terms or query.added:
        with indexed(store, report, notify, make=bool(query.terms)) as index:
            if index is not None and (found := index.listed(query)) is not None:
                yield from found
                return
    yield from (record for record in store.papers(query.needles) if query.matches(record))
