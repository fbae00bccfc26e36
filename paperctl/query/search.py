"""Searching: the papers that hold all words, then those that hold most, then near spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from msgspec import Struct, structs

from paperctl.query.corpus import Alternatives, Corpus, Most
from paperctl.query.haystack import Haystack
from paperctl.query.match import Query
from paperctl.query.rank import topic_score
from paperctl.query.relevance import rarity, relevance
from paperctl.query.wording import Sought, letters_of
from paperctl.record import Record

PAGE = 20
"""Papers that a search finds at least, if it may relax the query."""
_WEIGHED = 100
"""Papers that are weighed word by word; of an index only the best ones by its own measure."""
_ENOUGH = 0.5
"""The share of the words, by weight, that a paper has to hold."""
_SLIP = 0.8
"""What a near spelling weighs, as a share of the word itself."""


class Relaxed(Struct):
    """What a search gave up."""

    matching: int = 0
    """How many papers hold all words."""
    unknown: list[str] = []
    """Words that no paper holds, nor a near spelling of."""
    instead: dict[str, list[str]] = {}
    """Words that (almost) no paper holds, with the near spellings looked for instead."""
    without: dict[str, list[str]] = {}
    """The id of each paper found so, with the words that it does not hold."""

    def line(self) -> str:
        """The same for a person."""
        notes = [f"no paper has {_listed([word])}: left out" for word in self.unknown]
        notes += [
            f"also looked for {_listed(near)} instead of {_listed([w])}" for w, near in self.instead.items()
        ]
        if any(self.without.values()):
            have = f"{self.matching} paper{'s have' if self.matching != 1 else ' has'} all words, the others"
            notes.append(f"{have if self.matching else 'no paper has all words, these'} most of them")
        return "; ".join(notes)


def search(
    query: Query, corpus: Corpus, *, page: int = PAGE, strict: bool = False
) -> tuple[Iterable[Record], Relaxed | None]:
    """The papers that a query finds, best first, and what was relaxed, None if nothing.

    If fewer than a page match, those follow that hold most words, rare ones weighing more, or near
    spellings of words that no paper holds. Fields, phrases, negation and brackets are never relaxed.
    """
    counts, papers = corpus.holding(query.terms)
    weights = [rarity(count, papers) for count in counts]
    absent = {word for word, count in zip(query.terms, counts, strict=True) if not count}
    matching = iter(corpus.matching(query, _WEIGHED) if absent.isdisjoint(query.words) else ())
    head = list(islice(matching, _WEIGHED))
    ranked = _ranked(head, query, weights)
    if strict or len(head) >= page or not query.words:
        return _chained(ranked, matching), None
    relaxed = Relaxed(matching=len(head))
    ranked += _relaxed(query, corpus, relaxed, {record["id"] for record in head}, page - len(head))
    return ranked, relaxed if relaxed.line() else None


def _chained(head: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from head
    yield from rest


def _ranked(records: Sequence[Record], query: Query, weights: Sequence[float]) -> list[Record]:
    letters = letters_of(query.terms)
    scores = [relevance(Haystack(record, letters), query.terms, weights) for record in records]
    if not any(scores):
        scores = [topic_score(record, query.topics) for record in records]
    return [records[i] for i in sorted(range(len(records)), key=lambda i: -scores[i])]


def _relaxed(query: Query, corpus: Corpus, relaxed: Relaxed, had: set[str], room: int) -> list[Record]:
    words, weights = _with_near_spellings(query.words, corpus, relaxed)
    if not words or (len(words) == 1 and not relaxed.instead and not relaxed.unknown):
        return []
    letters = letters_of(chain.from_iterable(words))
    found: list[tuple[bool, float, int, Record, list[str]]] = []
    whole = room if relaxed.instead or relaxed.unknown else 0  # else those with all words are known
    held = corpus.holding_most(Most(words, weights, _ENOUGH * sum(weights)), whole=whole, query=query)
    for n, record in enumerate(held):
        hay = Haystack(record, letters)
        if record["id"] in had or not query.holds_firmly(hay):
            continue
        if (hit := _holds_most(hay, words, weights)) is not None:
            score, without = hit
            found.append((bool(without), -score, n, record, [*without, *relaxed.unknown]))
    found.sort(key=lambda hit: hit[:3])
    for *_, record, lacking in found[:room]:
        relaxed.without[record["id"]] = lacking
    return [record for *_, record, _ in found[:room]]


def _holds_most(
    hay: Haystack, words: Sequence[Alternatives], weights: Sequence[float]
) -> tuple[float, list[str]] | None:
    """How relevant a paper is that holds most of the words, and the words that it lacks; None if it lacks too
    many. A near spelling weighs less than the word that was asked for."""
    held: list[tuple[Sought, float]] = []
    without: list[str] = []
    weight_held = 0.0
    for of, weight in zip(words, weights, strict=True):
        sought = next((s for s in of if s.anywhere(hay)), None)
        if sought is None:
            without.append(of[0].text)
            continue
        weight_held += weight
        held.append((sought, weight if sought is of[0] else weight * _SLIP))
    if weight_held < _ENOUGH * sum(weights):
        return None
    return relevance(hay, [s for s, _ in held], [w for _, w in held], sum(weights)), without


def _with_near_spellings(
    words: Sequence[Sought], corpus: Corpus, relaxed: Relaxed
) -> tuple[list[Alternatives], list[float]]:
    """The words with the near spellings of those that next to no paper holds, and what they weigh."""
    counts, papers = corpus.holding(words)
    spellings: list[Alternatives] = []
    weights: list[float] = []
    for word, count in zip(words, counts, strict=True):
        others = spelt_nearly(word, count, corpus)
        if others:
            relaxed.instead[word.text] = [other.text for other, _ in others]
        elif not count:
            relaxed.unknown.append(word.text)
            continue
        spellings.append([word, *(other for other, _ in others)])
        weights.append(rarity(max([count, *(n for _, n in others)]), papers))
    return spellings, weights


_HARDLY = 3
"""Papers that hold a word which may be a slip for one that many more hold."""
_MANY_MORE = 20


def spelt_nearly(word: Sought, count: int, corpus: Corpus) -> list[tuple[Sought, int]]:
    """Near spellings of a word that (almost) no paper holds, each with the papers that hold it."""
    if count > _HARDLY or " " in word.text:
        return []
    near = [structs.replace(word, text=text, whole=True, joined=()) for text in corpus.near(word.text)]
    held = sorted(zip(near, corpus.holding(near)[0], strict=True), key=lambda pair: -pair[1])
    least = max(_MANY_MORE * count, held[0][1] / _MANY_MORE if held else 0, 1)
    return [pair for pair in held if pair[1] >= least][:3]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
