"""A paper as the index keeps it: the words of each field in which words are looked for."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec import Struct

from paperctl.query.haystack import UNSPACED
from paperctl.record import SCHEMA, Record
from paperctl.record.fields import SEARCHED
from paperctl.record.ids import known_ids
from paperctl.record.values import texts
from paperctl.text.fold import fold

COLUMNS = tuple(SEARCHED)


class _Source(Struct):
    id: str = ""


class _Paper(Struct):
    """What the index needs of a line: decoding no more takes half the time."""

    id: str
    schema: int
    title: str = ""
    abstract: str | None = None
    authors: list[str] = []
    venue: str | None = None
    keywords: list[str] = []
    note: str | None = None
    sources: list[_Source] = []


_decode = msgspec.json.Decoder(_Paper).decode
_IN_A_PAPER: dict[str, Callable[[_Paper], list[str]]] = {
    "title": lambda p: [p.title],
    "abstract": lambda p: [p.abstract or ""],
    "author": lambda p: p.authors,
    "venue": lambda p: [p.venue or ""],
    "keyword": lambda p: p.keywords,
    "note": lambda p: [p.note or ""],
}


class Texts(Struct):
    """The ids that name a paper, its own first, and for each column a text of which FTS5's ASCII tokeniser
    makes the folded words."""

    ids: list[str]
    columns: list[str]


def of_line(line: bytes, read: Callable[[bytes], Record | None]) -> Texts | None:
    """The texts of a line of papers.jsonl; `read` is asked for what is not as this version writes it."""
    try:
        paper = _decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        paper = None
    if paper is not None and paper.schema == SCHEMA and _IN_A_PAPER.keys() >= SEARCHED.keys():
        ids = list(dict.fromkeys([paper.id, *(source.id for source in paper.sources if source.id)]))
        return Texts(ids, [_words(_IN_A_PAPER[name](paper)) for name in COLUMNS])
    record = read(line)
    if record is None:
        return None
    return Texts(known_ids(record), [_words(texts(record, name)) for name in COLUMNS])


def _words(values: list[str]) -> str:
    text = " ".join(values) if len(values) != 1 else values[0]
    # Of ASCII the tokeniser makes the very words that folding does, in a tenth of the time.
    return text if text.isascii() else spaced(" ".join(map(fold, values)))


def words(column: str) -> list[str]:
    """The folded words of a column's text."""
    return (fold(column) if column.isascii() else column).split()


def spaced(folded: str) -> str:
    """Folded text with each letter of a script without blanks as a word of its own."""
    return folded if folded.isascii() else UNSPACED.sub(r" \g<0> ", folded)
