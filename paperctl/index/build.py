"""Making the index of papers.jsonl, or bringing a copy of one up to date.

The tables, next to the full-text table `words_in` (contentless, one row for each text of a paper):
`paper` has a row for each line: where it stands, the row of its text, and checksums of line and text.
`fact` has what each is sorted by and counted among; `tally` are the counts of all papers.
`merged` are the ids of papers merged into another, `name` checksums of what else people name a paper by;
some may be of names that it had before. `word` are all words, with the form that all
spellings of one share, and how many texts hold each. A text that is no longer any paper's keeps its
row, as FTS5 cannot forget it; the index is made anew when a quarter are so.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO

from paperctl.index.facts import Facts
from paperctl.index.layout import COLUMNS, SORTED
from paperctl.index.texts import Texts, of_line, words
from paperctl.record import Record
from paperctl.store.lazy import own_id
from paperctl.text.alike import alike

_SOME = 2_000
_WASTE = 0.25
_SETTINGS = {"hashsize": 1 << 24, "automerge": 0}
"""Bytes of new entries before they are written as one piece, and that such pieces are merged only where they
are many (16). A piece of 25,000 papers is found in as fast as one of all, and making one of all takes a tenth
longer; smaller and larger ones take longer to make."""

Share = Callable[[float], None]
Old = dict[str, tuple[int, int, int]]


def create(connection: sqlite3.Connection) -> None:
    """Empty tables."""
    connection.execute(
        f"CREATE VIRTUAL TABLE words_in USING fts5({', '.join(COLUMNS)}, content='', tokenize='ascii')"
    )
    connection.executemany("INSERT INTO words_in (words_in, rank) VALUES (?, ?)", _SETTINGS.items())
    for table in (
        "paper (row INTEGER PRIMARY KEY, place INTEGER, at INTEGER, length INTEGER, id TEXT, line INTEGER,"
        " text INTEGER)",
        "merged (id TEXT, row INTEGER)",
        "name (hash INTEGER, row INTEGER, PRIMARY KEY (hash, row)) WITHOUT ROWID",
        f"fact (row INTEGER PRIMARY KEY, {', '.join(SORTED)}, decided INTEGER, tallies TEXT)",
        "tally (id INTEGER PRIMARY KEY, kind TEXT, name TEXT, papers INTEGER)",
        "word (word TEXT PRIMARY KEY, form TEXT, papers INTEGER) WITHOUT ROWID",
    ):
        connection.execute(f"CREATE TABLE {table}")


def fill(
    connection: sqlite3.Connection, stream: BinaryIO, read: Callable[[bytes], Record | None], report: Share
) -> None:
    """Brings the tables up to the lines of `stream`, of which unchanged ones are not read again.

    Raises `Wasted` where making them anew is the better way.
    """
    size = max(1, stream.seek(0, 2))
    stream.seek(0)
    old: Old = {
        i: (row, line, text)
        for i, row, line, text in connection.execute("SELECT id, row, line, text FROM paper")
    }
    fresh = not old
    (last,) = connection.execute("SELECT ifnull(max(rowid), 0) FROM words_in_docsize").fetchone()
    connection.execute("DELETE FROM paper")
    papers = _Papers(connection)
    facts = Facts(connection)
    vocabulary: Counter[str] = Counter()

    def new_texts() -> Iterator[tuple[object, ...]]:
        nonlocal last
        at = 0
        for place, line in enumerate(stream):
            start, at = at, at + len(line)
            if place % _SOME == 0:
                report(at / size)
                papers.write()
                facts.write_rows()
            checksum = zlib.crc32(line)
            own = own_id(line)
            known = old.pop(own.decode(), None) if own else None
            if known and known[1] == checksum and own:
                papers.put(known[0], place, start, len(line), own.decode(), checksum, known[2])
                continue
            texts = of_line(line, read)
            if texts is None:
                continue
            known = known or old.pop(texts.ids[0], None)
            text = _checksum(texts)
            same = known if known and known[2] == text else None
            row = same[0] if same else last + 1
            facts.put(row, texts, known)
            papers.put(row, place, start, len(line), texts.ids[0], checksum, text)
            papers.name(row, texts, anew=bool(same))
            if not same:
                last = row
                if not fresh:
                    vocabulary.update(words(texts))
                yield (row, *texts.columns)

    marks = ", ".join("?" * (len(COLUMNS) + 1))
    connection.executemany(
        f"INSERT INTO words_in (rowid, {', '.join(COLUMNS)}) VALUES ({marks})", new_texts()
    )
    papers.write()
    count, ids = connection.execute("SELECT count(*), count(DISTINCT id) FROM paper").fetchone()
    if last - count > max(_SOME, _WASTE * last):
        raise Wasted
    for row, *_ in old.values():
        facts.drop(row)
    facts.write(in_order=papers.in_order, twice=count - ids)
    terms = _all_words(connection) if fresh else sorted(vocabulary.items())
    connection.executemany(
        "INSERT INTO word VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET papers = papers + excluded.papers",
        ((word, alike(word), papers) for word, papers in terms),
    )
    if fresh:
        for index in (
            "paper_by_id ON paper (id)",
            "merged_by_id ON merged (id)",
            "word_by_form ON word (form)",
        ):
            connection.execute(f"CREATE INDEX {index}")


class _Papers:
    """The tables `paper`, `merged` and `name` while an index is made or brought up to date."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._papers: list[tuple[object, ...]] = []
        self._merged: list[tuple[str, int]] = []
        self._names: list[tuple[int, int]] = []
        self._before = 0
        self.in_order = True
        """Whether rows are in the order of lines."""

    def put(self, row: int, *values: object) -> None:
        self._papers.append((row, *values))
        self.in_order, self._before = self.in_order and row > self._before, row

    def name(self, row: int, texts: Texts, *, anew: bool) -> None:
        """Takes in what a paper is called; `anew` where it was called something before."""
        if anew:
            self._connection.execute("DELETE FROM merged WHERE row = ?", (row,))
        for other in texts.ids[1:]:
            self._merged.append((other, row))
        for name in texts.names:
            self._names.append((zlib.crc32(name.encode("utf-8", "surrogatepass")), row))

    def write(self) -> None:
        """Writes what came since the last time: all of a large store would fill the memory."""
        for insert, rows in (
            ("INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?, ?)", self._papers),
            ("INSERT INTO merged VALUES (?, ?)", self._merged),
            ("INSERT OR IGNORE INTO name VALUES (?, ?)", self._names),
        ):
            self._connection.executemany(insert, rows)
            rows.clear()


def _all_words(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The words of the full-text table, in order, each with how many texts hold it."""
    connection.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab(main, words_in, row)")
    return connection.execute("SELECT term, doc FROM temp.term").fetchall()


class Wasted(Exception):
    """Too many texts in the index are no paper's."""


def _checksum(texts: Texts) -> int:
    return zlib.crc32("\0".join(texts.columns).encode("utf-8", "surrogatepass"))
