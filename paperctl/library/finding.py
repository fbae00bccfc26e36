"""Where papers are looked for: the index of a large store, or else each paper in turn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from paperctl.record import Record
from paperctl.record.ids import is_id
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
def indexed(
    store: Store, report: Report = _ignore, tell: Tell = _ignore, *, make: bool = True
) -> Iterator[Sure | None]:
    """The index of a store; None without one. If `make`, it is made or brought up to date where need be:
    `report` gets how far that is, `tell` why it cannot be."""
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

    with opened(store, report, tell, make=make) as index:
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


def _known_to_index(store: Store, ids: Collection[str]) -> list[Record] | None:
    """The papers with these ids, from an index that has each of them once: of an id that is twice there, or
    that is no paper's, only looking through the papers tells."""
    with indexed(store, make=False) as index:
        found = index.answered(lambda papers: papers.with_ids(ids)) if index is not None else None
    return found if found and len(found) == len(set(ids)) else None


def sorted_first(
    store: Store,
    keys: Sequence[tuple[str, bool]],
    most: int,
    report: Report = _ignore,
    tell: Tell = _ignore,
) -> list[Record] | None:
    """Papers of which those are some that come first by these fields, each with whether it descends, in the
    order of the store; None if only looking through all of them tells."""
    with indexed(store, report, tell) as index:
        return index.answered(lambda papers: papers.sorted_first(keys, most)) if index is not None else None


def matching(store: Store, query: Query, report: Report = _ignore, tell: Tell = _ignore) -> Iterator[Record]:
    """The papers that match a query, in the order of the store."""
    if query.terms:
        with indexed(store, report, tell) as index:
            if index is not None and (found := index.listed(query)) is not None:
                yield from found
                return
    yield from (record for record in store.papers(query.needles) if query.matches(record))
