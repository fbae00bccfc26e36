"""Making the index of papers.jsonl, or bringing a copy of one up to date.

The tables, next to the full-text table `words_in` (contentless, one row for each text of a paper):
`paper` has a row for each line: where it stands, the row of its text, and checksums of line and text.
`fact` has what each is sorted by and counted among; `tally` are the counts of all papers.
`merged` are the ids of papers merged into another. `word` are all words, with the form that all
spellings of one share. A text that is no longer any paper's keeps its row, as FTS5 cannot forget it;
the index is made anew when a quarter are so.
"""

from __future__ import annotations

import sqlite3
import zlib
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
_IN_MEMORY = 1 << 26
"""Bytes of new entries before they are written."""

Share = Callable[[float], None]
Old = dict[str, tuple[int, int, int]]


def create(connection: sqlite3.Connection) -> None:
    """Empty tables."""
    connection.execute(
        f"CREATE VIRTUAL TABLE words_in USING fts5({', '.join(COLUMNS)}, content='', tokenize='ascii')"
    )
    # Written in larger pieces the index is merged less often, and ends a tenth smaller.
    connection.execute("INSERT INTO words_in (words_in, rank) VALUES ('hashsize', ?)", (_IN_MEMORY,))
    for table in (
        "paper (row INTEGER PRIMARY KEY, place INTEGER, at INTEGER, length INTEGER, id TEXT, line INTEGER,"
        " text INTEGER)",
        "merged (id TEXT, row INTEGER)",
        f"fact (row INTEGER PRIMARY KEY, {', '.join(SORTED)}, decided INTEGER, tallies TEXT)",
        "tally (id INTEGER PRIMARY KEY, kind TEXT, name TEXT, papers INTEGER)",
        "word (word TEXT PRIMARY KEY, form TEXT) WITHOUT ROWID",
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
    papers: list[tuple[int, int, int, int, str, int, int]] = []
    merged: list[tuple[str, int]] = []
    changed: list[tuple[int]] = []
    facts = Facts(connection)
    vocabulary: set[str] = set()

    def new_texts() -> Iterator[tuple[object, ...]]:
        nonlocal last
        at = 0
        for place, line in enumerate(stream):
            start, at = at, at + len(line)
            if place % _SOME == 0:
                report(at / size)
            checksum = zlib.crc32(line)
            own = own_id(line)
            known = old.pop(own.decode(), None) if own else None
            if known and known[1] == checksum and own:
                papers.append((known[0], place, start, len(line), own.decode(), checksum, known[2]))
                continue
            texts = of_line(line, read)
            if texts is None:
                continue
            known = known or old.pop(texts.ids[0], None)
            text = _checksum(texts)
            if known and known[2] == text:
                row = known[0]
                changed.append((row,))
            else:
                row = last = last + 1
            facts.put(row, texts, known)
            papers.append((row, place, start, len(line), texts.ids[0], checksum, text))
            merged.extend((other, row) for other in texts.ids[1:])
            if row == last:
                if not fresh:
                    for column in texts.columns:
                        vocabulary.update(words(column))
                yield (row, *texts.columns)

    marks = ", ".join("?" * (len(COLUMNS) + 1))
    connection.executemany(
        f"INSERT INTO words_in (rowid, {', '.join(COLUMNS)}) VALUES ({marks})", new_texts()
    )
    if last - len(papers) > max(_SOME, _WASTE * last):
        raise Wasted
    connection.executemany("DELETE FROM merged WHERE row = ?", [] if fresh else changed)
    connection.execute("DELETE FROM paper")
    connection.executemany("INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?, ?)", papers)
    connection.executemany("INSERT INTO merged VALUES (?, ?)", merged)
    for row, *_ in old.values():
        facts.drop(row)
    rows = [paper[0] for paper in papers]
    facts.write(in_order=rows == sorted(rows), twice=len(papers) - len({paper[4] for paper in papers}))
    terms = _all_words(connection) if fresh else sorted(vocabulary)
    connection.executemany("INSERT OR IGNORE INTO word VALUES (?, ?)", ((w, alike(w)) for w in terms))
    if fresh:
        for index in (
            "paper_by_id ON paper (id)",
            "merged_by_id ON merged (id)",
            "word_by_form ON word (form)",
        ):
            connection.execute(f"CREATE INDEX {index}")


def _all_words(connection: sqlite3.Connection) -> list[str]:
    """The words of the full-text table, in order."""
    connection.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab(main, words_in, row)")
    return [term for (term,) in connection.execute("SELECT term FROM temp.term")]


class Wasted(Exception):
    """Too many texts in the index are no paper's."""


def _checksum(texts: Texts) -> int:
    return zlib.crc32("\0".join(texts.columns).encode("utf-8", "surrogatepass"))
