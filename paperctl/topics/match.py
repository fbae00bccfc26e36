"""Finding cues in a text: one pass over its words through a graph of all cues of all topics.

The graph is a trie over words with three freedoms that spare users regular expressions: `quant*` is
any word that begins so, a 0 is any number (`0 bit`, `int0`), and neighbouring words may be written as
one (`fine tuning` finds "finetuning" and "fine-tuning"). Words that occur in no cue cost one look-up.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import compress, count
from typing import Any, NamedTuple

from paperctl.topics.rules import Cue, Rules
from paperctl.topics.words import STOP, acronym, any_number, plain, tokens

MEMO_WORDS = 500_000
"""Distinct words remembered at a time, so that a dump of noise cannot fill the memory."""

MIN_PREFIX = 3
"""Letters that a cue must have before its `*`."""

Hit = tuple[int, int]
"""A cue: which topic (its place in the rules), which of its cues."""

_END = None


class _Word(NamedTuple):
    """What a written word is to the graph where it stands first."""

    following: frozenset[Any]
    """Words that can stand second in a cue begun here."""
    ends: list[list[_End]]
    """Cues of this word alone."""
    nodes: list[dict[Any, Any]]


class _End(NamedTuple):
    """A cue that ends at a node of the graph."""

    topic: int
    number: int
    """The cue's number among all cues; of a part of a cue of several phrases, ~number of the part."""


class Scan(NamedTuple):
    """The cues found in a text: for each mention the cue's number, and the word at which it begins."""

    numbers: list[int]
    starts: list[int]


class _First(dict[str, _Word | None]):
    """Written words looked up once each; None for most of them, as they begin nothing."""

    def __init__(self, graph: Matcher) -> None:
        super().__init__()
        self._graph = graph

    def __missing__(self, word: str) -> _Word | None:
        if len(self) > MEMO_WORDS:
            self.clear()
        found = self[word] = self._graph.first(word)
        return found


class _Ways(dict[str, tuple[str, ...]]):
    """By written word its keys in the graph, the one that says most of it last; () for most words."""

    def __init__(self, graph: Matcher) -> None:
        super().__init__()
        self._graph = graph

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) > MEMO_WORDS:
            self.clear()
        found = self[word] = self._graph.ways(word)
        return found


class Matcher:
    """All cues of a rule set, ready to be found."""

    def __init__(self, rules: Rules) -> None:
        self._root: dict[Any, Any] = {}
        self._words: set[str] = set()
        self._prefixes: dict[str, list[str]] = {}
        self._numbers: set[str] = set()
        self._capitals: set[str] = set()
        self._parts: dict[tuple[int, str], int] = {}
        self._together: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        self.cues: list[Hit] = [(t, c) for t, topic in enumerate(rules) for c in range(len(topic.cues))]
        """The topic and cue of each number."""
        every = [cue for topic in rules for cue in topic.cues]
        self._hiding = [cue.kind == "except" for cue in every]
        self._free = [cue.kind == "learned" for cue in every]
        for number, (topic, _) in enumerate(self.cues):
            self._add(every[number], topic, number)
        for word in sorted(w for w in self._words if w.endswith("*")):
            self._prefixes.setdefault(word[:MIN_PREFIX], []).append(word)
        self._numbers = {w for w in self._words if "0" in w}
        self._capitals = {w for w in self._words if acronym(w)}
        self._first, self._ways = _First(self), _Ways(self)

    def _add(self, cue: Cue, topic: int, number: int) -> None:
        phrases = [words for part in cue.text.split(" + ") if (words := cue_words(part))]
        if len(phrases) == 1:
            self._insert(phrases[0], _End(topic, number))
            return
        parts = []
        for words in phrases:
            part = self._parts.setdefault((topic, " ".join(words)), len(self._parts))
            self._insert(words, _End(topic, ~part))
            parts.append(part)
        self._together.setdefault(parts[0], []).append((tuple(parts[1:]), number))

    def _insert(self, words: list[str], end: _End) -> None:
        before, node = None, self._root
        for i, word in enumerate(words):
            after = node.setdefault(word, {})
            self._words.add(word)
            if before is not None and not words[i - 1].endswith("*"):
                # The same node by the joined spelling: "fine tuning" and "finetuning" are one cue.
                joined = plain(words[i - 1] + word) if not word.endswith("*") else words[i - 1].lower() + word
                other = before.setdefault(joined, after)
                self._words.add(joined)
                if other is not after:
                    _graft(other, words[i + 1 :], end)
            before, node = node, after
        ends = node.setdefault(_END, [])
        if end not in ends:
            ends.append(end)

    def ways(self, word: str) -> tuple[str, ...]:
        """A written word's keys in the graph, the one that says most of it last."""
        if word == STOP:
            return ()
        simple = plain(word)
        found = {simple} & self._words
        if word[-1:] == "s" and (small := word.lower()) in self._words:
            found.add(small)
        if (number := any_number(simple)) in self._numbers:
            found.add(number)
        if self._capitals and word[:1].isupper():
            capital = word.removesuffix("s")
            found |= {capital, any_number(capital)} & self._capitals
        found.update(p for p in self._prefixes.get(simple[:MIN_PREFIX], ()) if simple.startswith(p[:-1]))
        return tuple(sorted(found, key=_exactness))

    def first(self, word: str) -> _Word | None:
        """What a written word is to the graph where it stands first."""
        nodes = [self._root[way] for way in self.ways(word) if way in self._root]
        if not nodes:
            return None
        following = frozenset(key for node in nodes for key in node if key is not _END)
        return _Word(following, [node[_END] for node in nodes if _END in node], nodes)

    def scan(self, words: Sequence[str], spans: dict[int, tuple[int, int]] | None = None) -> Scan:
        """Every mention of every cue in a text; `spans` gets the words of the first mention of each.

        Of cues of one topic that overlap, the one that begins first counts, of those the longest, of
        those the one that names the word itself (`pruning` before `prun*`): that is how the `except`
        cue "vector quantization" hides the cue "quantization". Learned cues count wherever they
        stand: they were weighed so.
        """
        words = [*words, STOP]
        first, ways = self._first, self._ways
        taken = _Taken(self._hiding, self._free, {} if spans is None else spans)
        for start in compress(count(), map(first.__getitem__, words)):
            following, alone, nodes = first[words[start]]  # type: ignore[misc]
            at = start + 1
            if following and not following.isdisjoint(after := ways[words[at]]):
                found = [(at, ends) for ends in alone]
                while nodes := [node[way] for node in nodes for way in after if way in node]:
                    at += 1
                    found += [(at, node[_END]) for node in nodes if _END in node]
                    after = ways[words[at]]
                for stop, ends in reversed(found):
                    taken.take(ends, start, stop)
            elif alone:
                for ends in reversed(alone):
                    taken.take(ends, start, at)
        if taken.parts and self._together:
            self._join(taken, words)
        return Scan(taken.numbers, taken.starts)

    def wordings(self, words: Sequence[str]) -> dict[int, str]:
        """How a text words each cue in it, where it says it first; not for cues of several phrases."""
        spans: dict[int, tuple[int, int]] = {}
        self.scan(words, spans)
        return {number: " ".join(words[start:stop]) for number, (start, stop) in spans.items()}

    def _join(self, taken: _Taken, words: Sequence[str]) -> None:
        """Adds the cues of several phrases (`adapter + frozen`) that stand in one sentence."""
        stops: list[int] = []
        for first, starts in taken.parts.items():
            for others, number in self._together.get(first, ()):
                if all(other in taken.parts for other in others):
                    stops = stops or [i for i, word in enumerate(words) if word == STOP]
                    sentences = set.intersection(
                        *({bisect(stops, p) for p in taken.parts[o]} for o in others)
                    )
                    for start in starts:
                        if bisect(stops, start) in sentences:
                            taken.numbers.append(number)
                            taken.starts.append(start)


class _Taken:
    """The cues of a text that count, taken in the order in which they begin."""

    __slots__ = ("_busy", "_free", "_hidden", "_hiding", "_spans", "numbers", "parts", "starts")

    def __init__(self, hiding: list[bool], free: list[bool], spans: dict[int, tuple[int, int]]) -> None:
        self._hiding, self._free, self._spans = hiding, free, spans
        self.numbers: list[int] = []
        self.starts: list[int] = []
        self.parts: dict[int, list[int]] = {}
        self._busy: dict[int, int] = {}
        self._hidden: dict[int, int] = {}

    def take(self, ends: list[_End], start: int, stop: int) -> None:
        """Takes the cues that stand on the words from `start` to `stop`, if they count."""
        for topic, number in ends:
            if number < 0:
                if start >= self._hidden.get(topic, 0):
                    self.parts.setdefault(~number, []).append(start)
                continue
            if not self._free[number]:
                if start < self._busy.get(topic, 0):
                    continue
                self._busy[topic] = stop
                if self._hiding[number]:
                    self._hidden[topic] = stop
                    continue
            self.numbers.append(number)
            self.starts.append(start)
            self._spans.setdefault(number, (start, stop))


def _exactness(word: str) -> tuple[bool, bool, bool, int, str]:
    """Orders a written word's keys in the graph, the one that says most of it last: where several
    cues stand on the same words, the last one counts."""
    return not word.endswith("*"), "0" not in word, acronym(word), len(word), word


def _graft(node: dict[Any, Any], words: list[str], end: _End) -> None:
    for word in words:
        node = node.setdefault(word, {})
    ends = node.setdefault(_END, [])
    if end not in ends:
        ends.append(end)


def cue_words(phrase: str) -> list[str]:
    """A cue's words as the graph keeps them: `fine-tuned LLMs` is ["fine", "tuned", "LLM"]."""
    found: list[str] = []
    for chunk in phrase.replace("-", " ").split():
        words = [w for w in tokens(chunk) if w != STOP]
        whole = [w.removesuffix("s") if acronym(w.removesuffix("s")) else plain(w) for w in words]
        if words and chunk.endswith("*"):
            whole[-1] = words[-1].lower() + "*"
        found += whole
    return found
