"""A query as an FTS5 expression that every paper answers which answers the query, and maybe more do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Protocol

from paperctl.index.layout import COLUMNS, spaced
from paperctl.query.corpus import Most
from paperctl.query.match import with_joined_words
from paperctl.query.terms import says_whether, words_of
from paperctl.query.tree import And, Node, Or, Term
from paperctl.query.wording import PROSE, Sought
from paperctl.text.alike import alike, american

_RAREST = 8
"""Words of a relaxed query that papers are looked up by; a paper without most of these does not answer it."""
_MOST_WAYS = 64
"""Spellings of words in a row that are asked for one by one; of more, only that all words are there."""


class Vocabulary(Protocol):
    """The words of an index."""

    def spellings(self, word: str) -> list[str]:
        """The words that are the same word as this one, itself included if it is there."""

    def begun(self, beginning: str, but: str) -> list[str]:
        """The words whose one form begins so, but for those that begin with `but` themselves."""


def of_tree(node: Node, words: Vocabulary, joined: tuple[str, ...] = ()) -> str | None:
    """The expression of a query; None if the index does not know which papers may answer it."""
    if isinstance(node, And):
        parts = [of_tree(part, words, by) for part, by in with_joined_words(node)]
        return every(part for part in parts if part is not None)
    if isinstance(node, Or):
        parts = [of_tree(part, words) for part in node.parts]
        return None if None in parts else any_of(part for part in parts if part is not None)
    return _of_term(node, words, joined) if isinstance(node, Term) else None


def every(parts: Iterable[str]) -> str | None:
    return _together(" AND ", parts)


def any_of(parts: Iterable[str]) -> str | None:
    return _together(" OR ", parts)


def any_of_words(words: Iterable[str]) -> str:
    return any_of(_phrase([word], begins=False) for word in words) or ""


def relaxed(most: Most, firm: str | None, known: Vocabulary) -> tuple[str, str]:
    """The expressions of papers that hold all words, and of those whose words weigh enough together, each
    word in one of several spellings; all have to answer the firm expression, too."""
    ways = [any_of(of_sought(one, known) for one in spellings) or "" for spellings in most.words]
    weights = most.weights
    rarest = sorted(range(len(ways)), key=lambda n: -weights[n])[:_RAREST]
    least = most.enough * sum(weights[n] for n in rarest) / sum(weights)
    subsets = list(_subsets(rarest, weights, least))
    some = any_of(every(ways[n] for n in subset) or "" for subset in subsets)
    all_words, enough_words = (every(filter(None, [of, firm])) or "" for of in (every(ways), some))
    return all_words, enough_words


def _subsets(words: Sequence[int], weights: Sequence[float], enough: float) -> Iterator[tuple[int, ...]]:
    """The smallest sets of words, given by falling weight, that weigh enough together."""

    def grow(chosen: tuple[int, ...], weight: float, first: int) -> Iterator[tuple[int, ...]]:
        if weight >= enough:
            yield chosen
            return
        for n in range(first, len(words)):
            yield from grow((*chosen, words[n]), weight + weights[words[n]], n + 1)

    return grow((), 0.0, 0)


def _together(sign: str, parts: Iterable[str]) -> str | None:
    several = [*dict.fromkeys(parts)]
    return sign.join(f"({part})" for part in several) if len(several) > 1 else "".join(several) or None


def _of_term(term: Term, words: Vocabulary, joined: tuple[str, ...]) -> str | None:
    if term.how == "regex" or term.field not in ("", *COLUMNS) or says_whether(term) is not None:
        return None
    whole = term.how != "begins"
    found = []
    for text, _ in words_of(term):
        if term.field == "author":
            sought = [Sought("author", part, whole and len(part) > 1) for part in text.split()]
        else:
            sought = [Sought(term.field, text, whole, whole or term.field not in PROSE, joined)]
        found.append(every(of_sought(one, words) for one in sought if one.text))
    return None if None in found else any_of(part for part in found if part)


def of_sought(sought: Sought, words: Vocabulary) -> str:
    """The expression of words in a row, in all their spellings."""
    text = spaced(sought.text).split()
    written = _phrase(text, begins=not sought.whole)
    ways = [written]
    if not sought.literal:
        for way in (tuple(text), *sought.others):
            ways.extend(_alike([words.spellings(word) for word in spaced(" ".join(way)).split()]))
        if not sought.whole:
            ways.extend(_begun(sought, words))
            if len(text) == 1:
                # All words that begin so are asked for: each of them by itself would cost as much again.
                ways = [way for way in ways if way == written or not _is_begun(way, text[0])]
    found = any_of(way for way in ways if way) or ""
    return f"{{{sought.field}}} : ({found})" if sought.field else found


def _begun(sought: Sought, words: Vocabulary) -> Iterator[str]:
    """Phrases of words in a row of which the last is only the beginning of one."""
    for way in sought.unfinished:
        *before, last = spaced(" ".join(way)).split()
        if not before:
            yield _phrase([last], begins=True)
        spellings = [words.spellings(word) for word in before]
        yield from _alike([*spellings, words.begun(american(last), but=last)])
        if before:
            yield from _alike(spellings, last)


def _alike(spellings: Sequence[Sequence[str]], beginning: str = "") -> list[str]:
    """Phrases of the spellings of each word, with the beginning of one more behind them."""
    ways = 1
    for several in spellings:
        ways *= len(several)
    if not ways:
        return []
    if ways <= _MOST_WAYS:
        tail = [beginning] if beginning else []
        return [_phrase([*way, *tail], begins=bool(tail)) for way in product(*spellings)]
    parts = [any_of_words(several) for several in spellings]
    return [every([*parts, _phrase([beginning], begins=True)] if beginning else parts) or ""]


def _is_begun(way: str, beginning: str) -> bool:
    """Whether a phrase is one word that begins so, or the beginning of one."""
    return way.startswith(f'"{beginning}') and " " not in way.removesuffix(" *")


def _phrase(words: Sequence[str], *, begins: bool) -> str:
    return f'"{" ".join(words)}"{" *" if begins else ""}'


__all__ = ["Vocabulary", "alike", "any_of", "every", "of_sought", "of_tree", "relaxed"]
