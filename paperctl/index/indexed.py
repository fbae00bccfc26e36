"""An index as a place to search: it says which lines may answer, and those are read and tested."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from heapq import merge
from io import FileIO
from itertools import chain, groupby
from math import prod
from zlib import crc32

from paperctl.index import expression
from paperctl.index.layout import COLUMNS, LAST, OUT_OF_ORDER, SORTED, TWICE
from paperctl.index.order import BEST, Order, Place
from paperctl.index.vocabulary import Words
from paperctl.query.corpus import Most
from paperctl.query.haystack import Haystack
from paperctl.query.match import Query
from paperctl.query.near import near
from paperctl.query.wording import Sought
from paperctl.record import Record, as_record
from paperctl.record.tallies import Tally
from paperctl.store import Store
from paperctl.store.lookup import SHORTEST, Lookup


class Indexed:
    """The papers of a store through its index."""

    def __init__(self, store: Store, connection: sqlite3.Connection, lines: FileIO) -> None:
        self._store = store
        self._connection = connection
        self._lines_of = lines
        self._words = Words(connection)
        self._order = Order(connection, self._words)
        self._count = cache(self._counted)
        self._papers = self._tally("papers")
        (texts,) = connection.execute("SELECT max(rowid) FROM words_in_docsize").fetchone()
        self._waste: int = (texts or 0) - self._papers

    # ---- by their facts -----------------------------------------------------------------------

    def with_ids(self, ids: Collection[str]) -> list[Record]:
        """The papers that have these ids themselves, in the order of the store."""
        return [record for record in self._read(self.places_of(ids)) if record["id"] in ids]

    def places_of(self, ids: Collection[str]) -> list[Place]:
        """Where the papers stand that have these ids themselves."""
        return sorted({place for paper in ids for place in self._places("paper.id = ?", paper)})

    def named(self, lookup: Lookup) -> list[Record]:
        """The papers that may have one of the names, without what people say of them, in the order of the
        store."""
        found = {place for name in lookup.names if len(name) >= SHORTEST for place in self._begun(name)}
        for name in lookup.numbers():
            found.update(self._places("row IN (SELECT row FROM name WHERE hash = ?)", crc32(name.encode())))
        return [*self._lines(sorted(found))]

    def sorted_first(self, keys: Sequence[tuple[str, bool]], most: int) -> list[Record] | None:
        """The papers that come first by these fields, each with whether it descends, and maybe others, in the
        order of the store; None if the index does not know one of the fields."""
        if not most or any(name not in SORTED for name, _ in keys):
            return None
        # What comes behind a field of which only the beginning is known does not say which are first.
        end = next((n for n, (name, _) in enumerate(keys, 1) if not SORTED[name]), len(keys))
        rows = self._first_rows(keys[:end], most)
        if rows and not SORTED[keys[end - 1][0]]:
            rows += self._rows_like(rows[-1], [name for name, _ in keys[:end]])
        return [*self._read(sorted({p for row in rows for p in self._places("paper.row = ?", row)}))]

    def _first_rows(self, keys: Sequence[tuple[str, bool]], most: int) -> list[int]:
        order = ", ".join(f"{name} IS NULL, {name}{' DESC' * down}" for name, down in keys)
        table, place = "fact", "row"
        if self._tally(OUT_OF_ORDER):
            table, place = "fact JOIN paper USING (row)", "place"
        sql = f"SELECT row FROM {table} ORDER BY {order}, {place} LIMIT ?"
        return [row for (row,) in self._connection.execute(sql, (most,))]

    def _rows_like(self, row: int, names: Sequence[str]) -> list[int]:
        """The rows that are equal to this one in some columns."""
        equal = " AND ".join(f"{name} IS (SELECT {name} FROM fact WHERE row = ?1)" for name in names)
        return [r for (r,) in self._connection.execute(f"SELECT row FROM fact WHERE {equal}", (row,))]

    @property
    def newest(self) -> str:
        """When the newest paper was added; "" without one."""
        found: str | None = self._connection.execute("SELECT max(added) FROM fact").fetchone()[0]
        return found or ""

    @property
    def twice(self) -> bool:
        """Whether two lines have the same id."""
        return bool(self._tally(TWICE))

    def tallies(self) -> Counter[Tally]:
        """How many papers there are of each kind, by their facts and topics without corrections."""
        found = self._connection.execute("SELECT kind, name, papers FROM tally")
        return Counter({(kind, name): papers for kind, name, papers in found if papers})

    def spoken_of(self, most: int) -> list[Record] | None:
        """The papers that people or dumps say something of, without that, in the order of the store; None if
        there are more than so many."""
        overlay, works = self._store.overlay, self._store.works
        decided = (m.id for work in works.all() if any(m.decision for m in work) for m in work)
        ids = {*overlay.papers(), *decided}
        if len(ids) > most:
            return None
        rows = {row for paper in ids for row in self._named(paper)}
        rows.update(self._places("paper.row IN (SELECT row FROM fact WHERE decided)"))
        return [*self._lines(sorted(rows))] if len(rows) <= most else None

    # ---- in the order of the store ------------------------------------------------------------

    def can(self, query: Query) -> bool:
        """Whether the index knows anything of what the query asks for."""
        return bool(query.added) or self._expression(query) is not None

    def listed(self, query: Query) -> Iterator[Record]:
        """The papers that match a query, in the order of the store."""
        sought = self._expression(query)
        table, matching = "words_in", "words_in MATCH ?"
        if sought is None:
            table, matching, sought = "fact", "added = ?", query.added
        rows = self._connection.execute(
            f"SELECT place, at, length FROM {table} JOIN paper ON paper.row = {table}.rowid"
            f" WHERE {matching} ORDER BY {table}.rowid",
            (sought,),
        )
        # In their order the first are read before the last are found, of which often few are needed.
        in_order = sorted(rows) if self._tally(OUT_OF_ORDER) else rows
        every = (row for row, _ in groupby(merge(in_order, sorted(self._noted))))
        return (record for record in self._read(every) if query.matches(record))

    # ---- for a search -------------------------------------------------------------------------

    def matching(self, query: Query, weighed: int) -> Iterator[Record]:
        """The papers that match a query: the best of them, so many, then the others, about the best first."""
        sought = self._expression(query)
        if sought is None:
            return (record for record in self._store.papers(query.needles) if query.matches(record))
        noted = self._noted
        best = self._order.candidates(query, sought, weighed)
        # Those that will be weighed exactly come in the order of the store: it decides between equals.
        first = {*noted, *best}
        rest = self._order.best_first(sought) if len(best) == weighed else ()
        every = chain(sorted(first), (row for row in rest if row not in first))
        return (record for record in self._read(every) if query.matches(record))

    def holding_most(self, most: Most, *, whole: int = 0, query: Query | None = None) -> list[Record]:
        firm = expression.of_tree(query.firm, self._words) if query else None
        of_all, of_most = expression.relaxed(most, firm, self._words)
        found = {place: record for place in self._noted for record in self._read([place])}
        room = len(found) + BEST
        if whole:
            self._add(found, of_all, room, query)
            if sum(map(most.all_in, found.values())) >= whole:
                return [found[place] for place in sorted(found)]
        self._add(found, of_most, room, query)
        return [found[place] for place in sorted(found)]

    def _add(self, found: dict[Place, Record], sought: str, room: int, query: Query | None) -> None:
        """Adds the best papers of an expression that hold what the query asks for firmly, up to `room`."""
        places = self._order.best_first(sought, room)
        while len(found) < room and (place := next(places, None)):
            if place not in found:
                records = self._read([place])
                found.update((place, r) for r in records if not query or query.holds_firmly(Haystack(r)))

    def holding(self, words: Sequence[Sought]) -> tuple[list[int], int]:
        # Of numbers and addresses the index knows nothing: they are rare.
        return [self._holding(word) if word.field in ("", *COLUMNS) else 1 for word in words], self._papers

    def near(self, word: str) -> list[str]:
        return near(word, self._words.beginning(word[0]))

    # ---- inside -------------------------------------------------------------------------------

    def _expression(self, query: Query) -> str | None:
        return expression.of_tree(query.tree, self._words)

    def _holding(self, word: Sought) -> int:
        """How many papers hold a word: counted, but for common words, of which that takes long, as many as if
        each spelling stood in any paper as likely as in another that has one."""
        if papers := self._words.common(word):
            lacking = prod(1 - n / (self._papers + self._waste) for n in papers)
            return round(self._papers * (1 - lacking))
        counted: int = self._count(expression.of_sought(word, self._words))
        return counted + self._by_notes(word)

    def _counted(self, sought: str) -> int:
        join = "JOIN paper ON paper.row = words_in.rowid" if self._waste else ""
        sql = f"SELECT count(*) FROM words_in {join} WHERE words_in MATCH ?"
        found: int = self._connection.execute(sql, (sought,)).fetchone()[0]
        return found

    def _by_notes(self, word: Sought) -> int:
        """How many papers more hold a word with the notes of people than as the index knows them."""
        if word.field not in ("", "note"):
            return 0
        return sum(word.anywhere(after) - word.anywhere(before) for before, after in self._with_notes)

    @cached_property
    def _with_notes(self) -> list[tuple[Haystack, Haystack]]:
        """The papers with notes of people, each as its line has it and with what people say of it."""
        bare = self._lines(sorted(self._noted))
        apply = self._store.overlay.apply
        return [(Haystack(as_record({**record})), Haystack(apply(record))) for record in bare]

    @cached_property
    def _noted(self) -> set[Place]:
        """Papers with a note of a person: it is kept elsewhere, and the index does not know it."""
        overlay = self._store.overlay
        own = [paper for paper, marks in overlay.marks.items() if any("note" in m.values for m in marks)]
        noted = {*own, *(name for paper in own for m in overlay.works.of(paper) for name in m.names)}
        return {row for paper in noted for row in self._named(paper)}

    def _begun(self, beginning: str) -> Iterator[Place]:
        """Where the papers stand with an id that begins so, their own or of one merged into them."""
        ends = beginning, beginning + LAST
        yield from self._places("id >= ? AND id < ?", *ends)
        yield from self._places("row IN (SELECT row FROM merged WHERE id >= ? AND id < ?)", *ends)

    def _named(self, paper: str) -> Iterator[Place]:
        """Where the paper stands that has this id or was merged from one that had."""
        yield from self._places("paper.id = ?", paper)
        yield from self._places("paper.row IN (SELECT row FROM merged WHERE id = ?)", paper)

    def _places(self, condition: str, *values: object) -> Iterator[Place]:
        found: Iterator[Place] = self._connection.execute(
            f"SELECT place, at, length FROM paper WHERE {condition}", values
        )
        return found

    def _tally(self, kind: str) -> int:
        found = self._connection.execute("SELECT papers FROM tally WHERE kind = ?", (kind,)).fetchone()
        return found[0] if found else 0

    def _read(self, rows: Iterable[Place]) -> Iterator[Record]:
        return map(self._store.overlay.apply, self._lines(rows))

    def _lines(self, rows: Iterable[Place]) -> Iterator[Record]:
        for place, at, length in rows:
            self._lines_of.seek(at)
            record = self._store.record(self._lines_of.read(length), place + 1)
            if record is not None:
                yield record
