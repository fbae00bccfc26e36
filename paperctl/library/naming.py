"""Ids of papers of which several have one title. None of them is named by it then: which of them came first
must not decide. Each has the smallest id made of its entries; an id that a paper had still finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from paperctl.deduplicate import with_title
from paperctl.library.merge import Merger, title_ids
from paperctl.record import Record
from paperctl.record.ids import known_ids, least_id, title_id

if TYPE_CHECKING:
    from paperctl.deduplicate.candidates import Table


def name_apart(
    merger: Merger,
    keys: Table,
    taken: Callable[[], set[str]],
    crowded: Mapping[str, Sequence[int]],
    clusters: Iterable[Sequence[int]] = (),
    parts: Iterable[int] = (),
) -> int:
    """Names the papers that share a title, and those that no longer do since they were joined. Returns how
    many have another id now.

    `keys` is the key table of all papers, `taken` gives all their ids. `crowded` are papers whose title
    others have, by the id made of it; `clusters` are those that were joined, `parts` what was taken apart.
    """
    sharing = dict.fromkeys(_in_doubt(merger, crowded))
    sharing |= dict.fromkeys(merger.place(c[0]) for c in clusters if any(_shared(merger, n) for n in c))
    sharing |= dict.fromkeys(merger.place(n) for n in parts)
    done: dict[int, str] = {}
    used = taken() if sharing else set()
    while sharing:
        place = next(iter(sharing))
        del sharing[place]
        if place in done:
            continue
        others = _of_one_title(merger, keys, place)
        done[place] = _name(merger, place, used, alone=not others)
        used.add(done[place])
        sharing |= dict.fromkeys(others - done.keys())
    names = {n: name for n, name in done.items() if name}
    merger.rename(names)
    return len(names)


def crowded(papers: Sequence[Record], judged: Container[str]) -> dict[str, list[int]]:
    """The places of papers whose title others have, by the id made of it: after a load without deduplication
    the first of them is named by the title, though the others are no less. Those `judged` by people make no
    others so."""
    where = {name: n for n, record in enumerate(papers) for name in reversed(known_ids(record))}
    found: dict[str, list[int]] = {}
    for n, record in enumerate(papers):
        # Where this paper's id is made of its entry, another had the title's; folding every title takes long.
        if record["id"] in judged:
            continue
        if record["id"] == least_id(record, ()) and (name := title_id(record["title"])) in where:
            found.setdefault(name, [where[name]]).append(n)
    return found


def _in_doubt(merger: Merger, crowded: Mapping[str, Sequence[int]]) -> Iterator[int]:
    """The places of papers of which another one may have a title."""
    for name, some in crowded.items():
        places = {merger.place(n) for n in some}
        if len(places) > 1 or not all(_has(merger, n, name) for n in places):
            yield from places


def _has(merger: Merger, n: int, name: str) -> bool:
    """Whether a paper is named by a title and this one leads to it, too: so no other paper has its titles."""
    record = merger.now(n)
    return record is None or (record["id"] in title_ids(record) and name in known_ids(record))


def _shared(merger: Merger, n: int) -> bool:
    """Whether paper n, as it was, has a title and is not named by it."""
    names = title_ids(merger.papers[n])
    return bool(names) and merger.papers[n]["id"] not in names


def _of_one_title(merger: Merger, keys: Table, place: int) -> set[int]:
    """The other papers that have a title of this one."""
    record = merger.now(place)
    found: set[int] = set()
    for name, title in title_ids(record).items() if record is not None else ():
        for n in with_title(title, keys):
            at = merger.place(n)
            if (
                at != place
                and at not in found
                and not merger.is_gone(at)
                and name in title_ids(merger.papers[n])
            ):
                found.add(at)
    return found


def _name(merger: Merger, place: int, taken: Container[str], *, alone: bool) -> str:
    """What a paper is called from now on; empty where it keeps its id."""
    record = merger.now(place)
    if record is None or not record["sources"]:
        return ""
    titles = title_ids(record)
    if alone:
        free = (name for name in titles if name not in taken or name in known_ids(record))
        return "" if record["id"] in titles else min(free, default="")
    if record["id"] not in titles and place not in merger.joined:
        return ""
    own = {name for name in (*known_ids(record), least_id(record, taken)) if name and name not in titles}
    return min(own, default="")
