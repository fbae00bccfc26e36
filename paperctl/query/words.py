"""Terms that ask for words: in a field or anywhere, in names, by a pattern, in a dump's own columns."""

from __future__ import annotations

from paperctl.query.fault import fault
from paperctl.query.haystack import Haystack, needle, probe
from paperctl.query.patterns import compile_pattern
from paperctl.query.spans import Span, number, read_span
from paperctl.query.terms import Context, Test, alternatives
from paperctl.query.tree import Term
from paperctl.query.wording import PROSE, Sought
from paperctl.record.values import texts
from paperctl.text.fold import fold
from paperctl.text.numbers import as_number


def words_condition(term: Term, context: Context, joined: tuple[str, ...]) -> Test:
    """Words in a field, or anywhere: consecutive, the last one whole only if the value is quoted."""
    name, whole = term.field, term.how != "begins"
    if term.how == "exact":
        (words,) = alternatives(term, context)
        rough = probe(words)
        return lambda hay: rough in hay.rough(name) and any(fold(t) == words for t in texts(hay.record, name))
    literal = whole or name not in PROSE
    sought = [Sought(name, words, whole, literal, joined) for words in alternatives(term, context)]
    return lambda hay: any(words.anywhere(hay) for words in sought)


def people_condition(term: Term, context: Context) -> Test:
    """A name matches in any order of its parts: each word begins one, or is one if the value is quoted.

    A single letter always stands for the name it begins: an initial.
    """
    if term.how == "exact":
        (words,) = alternatives(term, context)
        rough, exact = probe(words), sorted(words.split())
        return lambda hay: (
            rough in hay.rough("author")
            and any(sorted(fold(name).split()) == exact for name in texts(hay.record, "author"))
        )
    sought = [
        (probe(words), [needle(w, whole=term.how == "phrase" and len(w) > 1) for w in words.split()])
        for words in alternatives(term, context)
    ]

    def test(hay: Haystack) -> bool:
        return any(
            rough in hay.rough("author")
            and any(all(word in name for word in words) for name in hay.folded("author").split("\n"))
            for rough, words in sought
        )

    return test


def regex_condition(term: Term, context: Context) -> Test:
    try:
        search = compile_pattern(term.value)
    except ValueError as error:
        raise fault(context.text, term.value_at, str(error)) from None
    name = term.field
    return lambda hay: any(map(search, texts(hay.record, name)))


def extra_condition(term: Term, context: Context) -> Test:
    """A dump's own column compares as numbers where both sides are numbers, else as words."""
    name = term.field
    (words,) = alternatives(term, context)
    span: Span | None = None
    if term.how != "phrase":
        try:
            span = read_span(term.value, number)
        except ValueError:
            span = None
    compares = term.value[0] in "<>" or ".." in term.value
    sought = needle(words, whole=term.how == "phrase")

    def one(value: str) -> bool:
        if span is not None:
            if (held := as_number(value)) is not None:
                return held in span
            if compares:
                return False
        return fold(value) == words if term.how == "exact" else sought in f" {fold(value)} "

    return lambda hay: any(map(one, texts(hay.record, name)))
