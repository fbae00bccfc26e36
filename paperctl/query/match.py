"""A tree compiled to a test of records, with what the test looks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from itertools import pairwise

from msgspec import Struct, structs

from paperctl.errors import UsageError, did_you_mean
from paperctl.query.conditions import condition
from paperctl.query.haystack import Haystack
from paperctl.query.parse import InSaved, Saved, parse_tree
from paperctl.query.terms import Context, Loads, Test, parts_of, says_whether, slug_of, words_of
from paperctl.query.tree import And, Node, Not, Or, Term
from paperctl.query.wording import PROSE, Sought, joinable
from paperctl.record import Paper
from paperctl.record.fields import STORED_TEXTS, kind


class Query(Struct, frozen=True, eq=False):
    """A query ready to run.

    `terms` are the texts to highlight and to rank by, `topics` the topics asked for. `words` are those
    that a search may do without, one by one: words without field and quotes outside brackets; what
    else is asked for is `firm`, and tested by `holds_firmly`.
    `needles` spare decoding lines that cannot match: if a stored JSON line is ASCII and without
    `\\u` escapes, it holds all of them, in lower case. They speak of what stands in the line: a
    note kept elsewhere may match where they do not.
    """

    text: str
    tree: Node
    terms: tuple[Sought, ...]
    topics: tuple[str, ...]
    words: tuple[Sought, ...]
    firm: Node
    needles: tuple[bytes, ...]
    added: str
    """When every paper that matches was added, "" if that does not count: of what the last load added."""
    _test: Test
    holds_firmly: Test
    _yearless: Test | None = None

    def matches(self, record: Paper) -> bool:
        """Whether the record is what the query asks for."""
        return self._test(Haystack(record))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it asks for by name."""
        return tuple(dict.fromkeys(term.field for term, _ in _positive(self.tree) if term.field))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it asks for, as they were typed."""
        asked = (t for t, _ in _positive(self.tree) if t.field == "label" and t.how != "regex")
        return tuple(dict.fromkeys(part for term in asked for part, _ in parts_of(term)))

    def watching(self, notify: Callable[[Paper], None]) -> Query:
        """The same query, which tells of each record that a range of years leaves out for having no year."""
        test, yearless = self._test, self._yearless
        if yearless is None:
            return self

        def watched(hay: Haystack) -> bool:
            if test(hay):
                return True
            if hay.record.get("year") is None and yearless(hay):
                notify(hay.record)
            return False

        return structs.replace(self, _test=watched)


def parse(
    text: str,
    *,
    topics: Collection[str] = (),
    now: datetime | None = None,
    loads: Loads | None = None,
    saved: Mapping[str, str] | None = None,
) -> Query:
    """The query that `text` says; words of several arguments are joined by blanks.

    `topics` are the known topics: with them an unknown one is an error. `now` is what `-7d` and
    `today` count from (aware; the clock's time if None). `loads` is what the papers' store knows of its
    loads, `saved` has the queries that `@NAME` stands for; a query that asks for either without them is
    wrong. Raises `UsageError` with a caret under the fault.
    """
    topics = frozenset(map(slug_of, topics))
    context = Context(text, topics, now or datetime.now().astimezone(), loads)
    tree = parse_tree(text, None if saved is None else _saved(saved, context))
    parts = tree.parts if isinstance(tree, And) else (tree,)
    firm = And(tuple(part for part in parts if not _plain_word(part)))
    return Query(
        text=text,
        tree=tree,
        terms=tuple(dict.fromkeys(_sought(tree))),
        topics=tuple(dict.fromkeys(_topics(tree))),
        words=tuple(dict.fromkeys(_sought(And(tuple(part for part in parts if _plain_word(part)))))),
        firm=firm,
        needles=tuple(dict.fromkeys(_needles(tree, loads))),
        added=loads.last() if loads is not None and _of_last_load(tree) else "",
        _test=_compile(tree, context),
        holds_firmly=_compile(firm, context),
        _yearless=_compile(other, context) if (other := _without_years(tree)) != tree else None,
    )


def _saved(queries: Mapping[str, str], context: Context, within: tuple[str, ...] = ()) -> Saved:
    """Reads saved queries by name, each with those that it names itself."""

    def tree_of(name: str) -> Node:
        if name not in queries:
            saved = f"saved: {', '.join(f'@{known}' for known in queries)}" if queries else None
            hint = saved or "paperctl query save NAME QUERY saves one"
            mend = did_you_mean(name, queries)
            raise UsageError(f"no saved query called @{name}{mend}", hint, code="no-such-query")
        if name in within:
            raise UsageError(f"the saved query @{name} stands for itself")
        text = queries[name]
        try:
            tree = parse_tree(text, _saved(queries, context, (*within, name)))
            _compile(tree, context._replace(text=text))
        except InSaved as inner:
            raise InSaved((f"@{name}", *inner.names), inner.fault) from inner
        except UsageError as fault:
            raise InSaved((f"@{name}",), fault) from fault
        return tree

    return tree_of


def _compile(node: Node, context: Context, joined: tuple[str, ...] = ()) -> Test:
    if isinstance(node, Not):
        inner = _compile(node.part, context)
        return lambda hay: not inner(hay)
    if isinstance(node, And):
        tests = [_compile(part, context, by) for part, by in with_joined_words(node)]
        return lambda hay: all(test(hay) for test in tests)
    if isinstance(node, Or):
        tests = [_compile(part, context) for part in node.parts]
        return lambda hay: any(test(hay) for test in tests)
    return condition(node, context, joined)


def with_joined_words(node: And) -> list[tuple[Node, tuple[str, ...]]]:
    """The parts of a conjunction, each with the words that it makes with the word before or behind it."""
    words = [_plain_word(part) for part in node.parts]
    pairs = [a + b if a and b and " " not in a + b and joinable(a, b) else "" for a, b in pairwise(words)]
    # An empty conjunction has no pairs and no parts.
    around = zip(node.parts, ["", *pairs], [*pairs, ""], strict=False)
    return [(part, tuple(word for word in both if word)) for part, *both in around]


def _without_years(node: Node) -> Node:
    """The tree with every year asked for replaced by none being known."""
    if isinstance(node, And):
        return And(tuple(map(_without_years, node.parts)))
    if isinstance(node, Or):
        return Or(tuple(map(_without_years, node.parts)))
    return Term("no", "begins", "year") if isinstance(node, Term) and node.field == "year" else node


def _plain_word(node: Node) -> str:
    """The word of a term without field and quotes; "" for any other node."""
    if isinstance(node, Term) and not node.field and node.how == "begins":
        return words_of(node)[0][0]
    return ""


# ---- what a query looks for -------------------------------------------------------------------


def _positive(node: Node, joined: tuple[str, ...] = ()) -> Iterable[tuple[Term, tuple[str, ...]]]:
    """The terms that are not negated, each with the words that it makes with its neighbours."""
    if isinstance(node, Term):
        yield node, joined
    elif isinstance(node, And):
        for part, by in with_joined_words(node):
            yield from _positive(part, by)
    elif isinstance(node, Or):
        for part in node.parts:
            yield from _positive(part)


def _sought(tree: Node) -> Iterable[Sought]:
    for term, joined in _positive(tree):
        if (
            term.how == "regex"
            or kind(term.field) not in ("text", "people")
            or says_whether(term) is not None
        ):
            continue
        whole = term.how != "begins"
        literal = whole or term.field not in PROSE
        for words, _ in words_of(term):
            if term.field == "author":
                yield from (Sought("author", word, whole and len(word) > 1) for word in words.split())
            else:
                yield Sought(term.field, words, whole, literal, joined)


def _topics(tree: Node) -> Iterable[str]:
    for term, _ in _positive(tree):
        if term.field == "topic" and term.how != "regex":
            yield from (slug_of(part) for part, _ in parts_of(term))


def _needles(tree: Node, loads: Loads | None) -> Iterable[bytes]:
    """ASCII words that stand in every line whose record matches: of terms that all have to hold."""
    for term in tree.parts if isinstance(tree, And) else (tree,):
        if isinstance(term, And):
            yield from _needles(term, loads)
        elif isinstance(term, Term) and term.field == "load" and term.value.lower() == "last" and loads:
            yield loads.last().lower().encode()
        elif isinstance(term, Term) and _in_the_line(term):
            values = words_of(term)
            if len(values) == 1:
                yield from (word.encode() for word in values[0][0].split() if word.isascii())


def _of_last_load(tree: Node) -> bool:
    """Whether all that matches has to be of the last load."""
    if isinstance(tree, And):
        return any(map(_of_last_load, tree.parts))
    return isinstance(tree, Term) and tree.field == "load" and tree.value.lower() == "last"


def _in_the_line(term: Term) -> bool:
    stored = not term.field or term.field in STORED_TEXTS
    # A word that is not quoted may be spelt in another way.
    several = term.how == "regex" or (term.how == "begins" and term.field in PROSE)
    return stored and not several and says_whether(term) is None
