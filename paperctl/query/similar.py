"""Papers like given ones: those that hold the words which distinguish the given ones.

A word weighs by how often the given papers say it (once logged, titles counting most) and by how few
papers hold it; what is alike in spelling is one word. Topics shared add to the score.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from paperctl.query.corpus import Corpus, Most
from paperctl.query.haystack import Haystack
from paperctl.query.relevance import occurrences, rarity
from paperctl.query.wording import Sought, letters_of
from paperctl.record import Record, as_record
from paperctl.text.alike import alike

_WEIGHTS = {"title": 3, "keyword": 2, "abstract": 1}
_LOOKED_UP = 60
"""Words of the given papers, those they say most, whose rarity is looked up."""
_WORDS = 25
_SHORTEST = 3
_COMMON = 0.2
"""A word in a larger share of the papers tells nothing."""
_TOPICS = 0.2
"""What all topics shared add, as a share of what all words held would score."""

_LOOKED_AT = 20_000
"""Papers among which neighbours are looked for, at most."""
_ANY = 1e-9
"""So little that any word is enough."""


class Neighbour(NamedTuple):
    """A paper like the given ones, with the words and topics shared, the weightiest first."""

    score: float
    record: Record
    words: list[str]
    topics: list[str]


class _Weighed(NamedTuple):
    """A word of the given papers, how much it distinguishes them, and how many papers hold it."""

    sought: Sought
    weight: float
    papers: int


def similar(given: Sequence[Record], corpus: Corpus) -> list[Neighbour]:
    """The papers most like the given ones, best first, without those."""
    weighed = _distinctive_words(given, corpus)
    if not weighed:
        return []
    words, weights, _ = zip(*weighed, strict=True)
    ids = {record["id"] for record in given}
    topics = Counter(topic for record in given for topic in record["topics"])
    holding = corpus.holding_most(_any_of(weighed))
    others = (record for record in holding if record["id"] not in ids)
    letters = letters_of(words)
    hays = (Haystack(record, letters) for record in others)
    found = [near for hay in hays if (near := _neighbour(hay, words, weights, topics))]
    return sorted(found, key=lambda neighbour: (-neighbour.score, neighbour.record["id"]))


def _neighbour(
    hay: Haystack, words: Sequence[Sought], weights: Sequence[float], topics: Counter[str]
) -> Neighbour | None:
    """A paper that holds some of the words; None if it holds none of them."""
    record = as_record(dict(hay.record))
    counts = [occurrences(hay, word)[0] for word in words]
    scores = [weight * n / (1 + n) for weight, n in zip(weights, counts, strict=True)]
    held = sorted((n for n, score in enumerate(scores) if score), key=lambda n: -scores[n])
    if not held:
        return None
    shared = sorted(topics.keys() & set(record["topics"]), key=lambda topic: -topics[topic])
    by_topic = sum(topics[t] for t in shared) / (topics.total() or 1)
    score = sum(scores) + _TOPICS * by_topic * sum(weights)
    return Neighbour(score, record, [words[n].text for n in held], shared)


def _any_of(weighed: Sequence[_Weighed]) -> Most:
    """The words that papers are looked up by: the weightiest, but for those that would find too many."""
    chosen, found = list(weighed[:1]), weighed[0].papers
    for word in weighed[1:]:
        if found + word.papers <= _LOOKED_AT:
            found += word.papers
            chosen.append(word)
    return Most([[word.sought] for word in chosen], [word.weight for word in chosen], _ANY)


def _distinctive_words(given: Sequence[Record], corpus: Corpus) -> list[_Weighed]:
    counted: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for record in given:
        hay = Haystack(record)
        for name, count in _WEIGHTS.items():
            for word in hay.folded(name).split():
                if len(word) >= _SHORTEST and not word.isdigit():
                    counted[form := alike(word)] += count
                    spelt.setdefault(form, word)
    often = [form for form, _ in counted.most_common(_LOOKED_UP)]
    words = [Sought("", spelt[form], whole=True, literal=False) for form in often]
    counts, papers = corpus.holding(words)
    # In a store of few papers nearly every word is in a fifth of them.
    most = max(_COMMON * papers, 5)
    weighed = [
        _Weighed(word, rarity(count, papers) * (1 + math.log(counted[form])), count)
        for form, word, count in zip(often, words, counts, strict=True)
        if 1 < count <= most
    ]
    return sorted(weighed, key=lambda word: -word.weight)[:_WORDS]
