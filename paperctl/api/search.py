"""Search for the Python API."""

from __future__ import annotations

from itertools import islice

from paperctl.api.records import Rows, records
from paperctl.errors import UsageError
from paperctl.query import Query, parse
from paperctl.query.corpus import Corpus, Scan
from paperctl.query.search import PAGE
from paperctl.query.search import search as search_corpus
from paperctl.record import Record


def search(papers: Rows, query: str, *, limit: int | None = None, strict: bool = False) -> list[Record]:
    """The papers that a query of docs/queries.md finds, best first. Where few hold every word, those follow
    that hold most, and near spellings, unless `strict`. Raises UsageError for a bad query."""
    if not isinstance(query, str):
        raise UsageError(f"a query is text, not a {type(query).__name__}")
    whole = records(papers)
    return best(parse(query), Scan(lambda: whole), limit=limit, strict=strict)


def best(query: Query, papers: Corpus, *, limit: int | None, strict: bool = False) -> list[Record]:
    """The papers that a parsed query finds, best first."""
    if limit is not None and limit < 0:
        raise UsageError(f"limit is {limit}; it must be 0 or more")
    page = PAGE if limit is None else min(limit, PAGE)
    found, _ = search_corpus(query, papers, page=page, strict=strict)
    return list(islice(found, limit))
