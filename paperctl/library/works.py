"""Showing a work once: its best version in front, the others named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from paperctl.record import Record, as_record
from paperctl.store import Store

Matches = Callable[[Record], bool]


def folded(
    papers: Iterable[Record], store: Store, matches: Matches = lambda record: True, *, named: bool = True
) -> Iterator[Record]:
    """Each work once, in the place of the first of its versions among the papers.

    In front stands the best of its versions that `matches`; with `named` its `other_versions` are the others.
    The lines of the versions are read one by one: the papers may be the first few of very many.
    """
    works = store.works
    done: set[str] = set()
    for record in papers:
        work = works.of(record["id"]) if record["versions"] else ()
        if not work:
            yield record
        elif work[0].id not in done:
            done.add(work[0].id)
            versions = [r for r in store.versions(work) if r["id"] != record["id"]]
            place = [member.id for member in work].index
            versions = sorted([record, *versions], key=lambda version: place(version["id"]))
            best = next(v for v in versions if v is record or matches(v))
            others = [version for version in versions if version is not best]
            yield as_record({**best, "other_versions": others}) if named else best


def in_front(papers: Sequence[Record], rows: Iterable[int], store: Store) -> tuple[list[int], set[int]]:
    """Of these rows those of the best version of each work, and the rows of all papers behind one."""
    place = {record["id"]: row for row, record in enumerate(papers)}
    chosen, works = set(rows), store.works
    front, behind = [], set[int]()
    for row in sorted(chosen):
        work = works.of(papers[row]["id"]) if papers[row]["versions"] else ()
        versions = [place[member.id] for member in work if member.id in place] or [row]
        best = next(version for version in versions if version in chosen)
        if row == best:
            front.append(row)
            behind.update(version for version in versions if version != best)
    return front, behind
