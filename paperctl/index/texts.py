"""A paper as the index keeps it: the words of each field in which words are looked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import msgspec
from msgspec import Struct

from paperctl.index.layout import COLUMNS, spaced
from paperctl.record import SCHEMA, Record
from paperctl.record.fields import SEARCHED
from paperctl.record.ids import known_ids
from paperctl.record.tallies import Counted, counted
from paperctl.record.values import texts
from paperctl.store.lookup import as_number, other_names
from paperctl.text.fold import fold, folded_signs, words_alone

_STATED = b'"funnel"'
_BEGINNING = 12
"""Characters: few papers have more than these in common, and whole titles are an eighth of an index."""


class _Named(Struct, gc=False):
    id: str = ""


class _Extra(Struct, gc=False):
    pmid: object = None


class _Entry(Struct, gc=False):
    """What an entry says that differs from its paper: identifiers."""

    doi: object = None
    arxiv_id: object = None
    url: object = None
    extra: _Extra | None = None


class _Was(Struct, gc=False):
    citekey: str | None = None


class _Source(Struct, gc=False):
    file: str
    key: object = None
    own: _Entry | None = None
    was: _Was | None = None
    id: str = ""
    earlier: list[_Named] = []
    type: str | None = None


class _Paper(_Entry, kw_only=True, gc=False):
    """What the index needs of a line: decoding no more takes half the time."""

    id: str
    schema: int
    title: str = ""
    abstract: str | None = None
    authors: list[str] = []
    venue: str | None = None
    keywords: list[str] = []
    note: str | None = None
    year: int | None = None
    added: str | None = None
    has_code: bool = False
    topics: list[str] = []
    decision: str | None = None
    sources: list[_Source] = []
    citekey: str | None = None


_decode = msgspec.json.Decoder(_Paper).decode
_IN_A_PAPER: dict[str, Callable[[_Paper], str]] = {
    "title": lambda p: p.title,
    "abstract": lambda p: p.abstract or "",
    "author": lambda p: " ".join(p.authors),
    "venue": lambda p: p.venue or "",
    "keyword": lambda p: " ".join(p.keywords),
    "note": lambda p: p.note or "",
}
_KNOWS_ALL = _IN_A_PAPER.keys() >= SEARCHED.keys()
_OF_COLUMNS = [_IN_A_PAPER[name] for name in COLUMNS if name in _IN_A_PAPER]


class Texts(Struct, gc=False):
    """The ids that name a paper, its own first, its other names, and for each column a text of which FTS5's
    ASCII tokeniser makes the folded words; what it is sorted by (`SORTED`), and what it is counted among."""

    ids: list[str]
    names: set[str]
    columns: list[str]
    order: tuple[object, ...]
    counted: Counted
    decided: bool
    """Whether its dumps may hold marks of people or decks, which are not in `counted`."""


def _ids(paper: _Paper) -> list[str]:
    """What `known_ids` gives of a record."""
    ids = [paper.id]
    for source in paper.sources:
        if source.id or source.earlier:
            ids += [known for known in (source.id, *(one.id for one in source.earlier)) if known]
    return list(dict.fromkeys(ids))


def _names(paper: _Paper) -> set[str]:
    """What `other_names` gives of a record."""
    keys = [paper.citekey]
    numbers: list[object] = [paper.doi, paper.arxiv_id, paper.url]
    if paper.extra:
        numbers.append(paper.extra.pmid)
    for source in paper.sources:
        numbers.append(source.key)
        if source.was:
            keys.append(source.was.citekey)
        if own := source.own:
            numbers += (own.doi, own.arxiv_id, own.url, own.extra.pmid if own.extra else None)
    return {key.lower() for key in keys if key} | {as_number(number) for number in numbers if number}


def of_line(line: bytes, read: Callable[[bytes], Record | None]) -> Texts | None:
    """The texts of a line of papers.jsonl; `read` is asked for what is not as this version writes it."""
    try:
        paper = _decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        paper = None
    if paper is not None and paper.schema == SCHEMA and _KNOWS_ALL:
        return Texts(
            _ids(paper),
            _names(paper),
            [_words(text_of(paper)) for text_of in _OF_COLUMNS],
            (paper.year, _beginning(paper.title), _of_venue(paper.venue), paper.added or None),
            Counted(
                tuple(paper.topics),
                paper.year,
                paper.has_code,
                tuple([(source.file, source.type) for source in paper.sources]),
            ),
            paper.decision is not None or _STATED in line,
        )
    record = read(line)
    if record is None:
        return None
    return Texts(
        known_ids(record),
        other_names(record),
        [_words(" ".join(texts(record, name))) for name in COLUMNS],
        (record["year"], _beginning(record["title"]), _beginning(record["venue"]), record["added"] or None),
        counted(record),
        record["decision"] is not None or _STATED in line,
    )


def _beginning(text: str | None) -> str | None:
    """The beginning of what a paper is sorted by; None if it has no value."""
    return fold(text)[:_BEGINNING] or None if text else None


_of_venue = lru_cache(maxsize=10_000)(_beginning)


def _words(text: str) -> str:
    # Of ASCII the tokeniser makes the very words that folding does, in a tenth of the time.
    return text if text.isascii() else spaced(folded_signs(text))


def words(texts: Texts) -> set[str]:
    """The folded words of a paper."""
    return {word for text in texts.columns for word in words_alone(text).split()}
