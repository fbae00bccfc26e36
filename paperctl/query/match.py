"""A tree compiled to a test of records, with what the test looks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from paperctl.query.conditions import (
    Context,
    Test,
    condition,
    parts_of,
    says_whether,
    slug_of,
    words_of,
)
from paperctl.query.haystack import Haystack
from paperctl.query.parse import parse_tree
from paperctl.query.tree import And, Node, Not, Or, Term
from paperctl.record.fields import STORED_TEXTS, kind


class Sought(NamedTuple):
    """A text that the query asks for and does not negate: folded, and "" or the field it is asked for in.

    `whole`: its last word is a whole word, not the beginning of one.
    """

    field: str
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready to run.

    `terms` are the texts to highlight and to rank by, `topics` the topics asked for.
    `needles` spare decoding lines that cannot match: if a stored JSON line is ASCII and without
    `\\u` escapes, it holds all of them, in lower case. They speak of what stands in the line: a
    note kept elsewhere may match where they do not.
    """

    text: str
    tree: Node
    terms: tuple[Sought, ...]
    topics: tuple[str, ...]
    needles: tuple[bytes, ...]
    _test: Test = dataclasses.field(repr=False, compare=False)

    def matches(self, record: Mapping[str, Any]) -> bool:
        """Whether the record is what the query asks for."""
        return self._test(Haystack(record))


def parse(text: str, *, topics: Collection[str] = (), now: datetime | None = None) -> Query:
    """The query that `text` says; words of several arguments are joined by blanks.

    `topics` are the known topics: with them an unknown one is an error. `now` is what `-7d` and
    `today` count from (aware; the clock's time if None). Raises `UsageError` with a caret under
    the fault.
    """
    tree = parse_tree(text)
    context = Context(text, frozenset(map(slug_of, topics)), now or datetime.now().astimezone())
    return Query(
        text=text,
        tree=tree,
        terms=tuple(dict.fromkeys(_sought(tree))),
        topics=tuple(dict.fromkeys(_topics(tree))),
        needles=tuple(dict.fromkeys(_needles(tree))),
        _test=_compile(tree, context),
    )


def _compile(node: Node, context: Context) -> Test:
    if isinstance(node, Not):
        inner = _compile(node.part, context)
        return lambda hay: not inner(hay)
    if isinstance(node, And | Or):
        tests = [_compile(part, context) for part in node.parts]
        if isinstance(node, And):
            return lambda hay: all(test(hay) for test in tests)
        return lambda hay: any(test(hay) for test in tests)
    return condition(node, context)


# ---- what a query looks for -------------------------------------------------------------------


def _positive(node: Node) -> Iterable[Term]:
    """The terms that are not negated."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _positive(part)


def _sought(tree: Node) -> Iterable[Sought]:
    for term in _positive(tree):
        if (
            term.how == "regex"
            or kind(term.field) not in ("text", "people")
            or says_whether(term) is not None
        ):
            continue
        whole = term.how != "begins"
        for words, _ in words_of(term):
            if term.field == "author":
                yield from (Sought("author", word, whole and len(word) > 1) for word in words.split())
            else:
                yield Sought(term.field, words, whole)


def _topics(tree: Node) -> Iterable[str]:
    for term in _positive(tree):
        if term.field == "topic" and term.how != "regex":
            yield from (slug_of(part) for part, _ in parts_of(term))


def _needles(tree: Node) -> Iterable[bytes]:
    """ASCII words that stand in every line whose record matches: of terms that all have to hold."""
    for term in tree.parts if isinstance(tree, And) else (tree,):
        if isinstance(term, And):
            yield from _needles(term)
        elif isinstance(term, Term) and _in_the_line(term):
            values = words_of(term)
            if len(values) == 1:
                yield from (word.encode() for word in values[0][0].split() if word.isascii())


def _in_the_line(term: Term) -> bool:
    stored = not term.field or term.field in STORED_TEXTS
    return stored and term.how != "regex" and says_whether(term) is None
