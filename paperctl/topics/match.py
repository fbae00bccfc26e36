"""Finding cues in a text: one pass over its words through a graph of all cues of all topics.

The graph is a trie over words with three freedoms that spare users regular expressions: `quant*` is
any word that begins so, a 0 is any number (`0 bit`, `int0`), and neighbouring words may be written as
one (`fine tuning` finds "finetuning" and "fine-tuning"). Words that occur in no cue cost one look-up.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any, NamedTuple

from paperctl.topics.rules import Cue, Rules
from paperctl.topics.words import END, STOP, acronym, any_number, plain, tokens

MEMO_WORDS = 500_000
"""Distinct words remembered at a time, so that a dump of noise cannot fill the memory."""

MIN_PREFIX = 3
"""Letters that a cue must have before its `*`."""

Hit = tuple[int, int]
"""A cue: which topic (its place in the rules), which of its cues."""

_END = None
_Stand = tuple[list["_End"], int, int]
"""Cues that end at one place of the graph, the word at which they begin, the word after their last."""


class _End(NamedTuple):
    """A cue that ends at a node of the graph."""

    topic: int
    number: int
    """The cue's number among all cues; of a part of a cue of several phrases, ~number of the part."""


class Scan(NamedTuple):
    """The cues found in a text: for each mention the cue's number, and the word at which it begins."""

    numbers: Sequence[int]
    starts: Sequence[int]
    begin: int
    """The text's first word."""
    end: int
    """The word after its last."""


class _Word(frozenset[Any]):
    """What a written word is to the graph: the words that can stand second in a cue begun here.

    With `_END` among them if it is a cue itself; so it is empty, and false, if it begins no cue.
    """

    __slots__ = ("ends", "nodes", "ways")
    ends: list[_End]
    """Cues of this word alone, those that name it best first."""
    nodes: Sequence[dict[Any, Any]]
    """Where it leads as a first word."""
    ways: Sequence[str]
    """Its keys in the graph, the one that says most of it last."""


def _word(nodes: Sequence[dict[Any, Any]], ways: Sequence[str]) -> _Word:
    word = _Word(key for node in nodes for key in node)
    word.nodes, word.ways = nodes, ways
    word.ends = [end for node in reversed(nodes) if _END in node for end in node[_END]]
    return word


_NOTHING = _word((), ())
_TEXT_ENDS = _word(({_END: []},), ())


class _Words(dict[str, _Word]):
    """What written words are to the graph, each found out once."""

    def __init__(self, graph: Matcher) -> None:
        super().__init__()
        self._graph = graph

    def __missing__(self, word: str) -> _Word:
        if len(self) > MEMO_WORDS:
            self.clear()
        found = self[word] = self._graph.word(word)
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
        self._together: dict[int, list[tuple[frozenset[int], int]]] = {}
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
        self._written = _Words(self)

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
        self._together.setdefault(parts[0], []).append((frozenset(parts[1:]), number))

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

    def _ways(self, word: str) -> Sequence[str]:
        """A written word's keys in the graph, the one that says most of it last; () for most words."""
        if word == STOP:
            return ()
        simple = plain(word)
        found = {simple} if simple in self._words else set()
        if word[-1:] == "s" and (small := word.lower()) in self._words:
            found.add(small)
        if self._numbers and not simple.isalpha():
            found |= {any_number(simple)} & self._numbers
        if self._capitals and word[:1].isupper():
            capital = word.removesuffix("s")
            found |= {capital, any_number(capital)} & self._capitals
        if simple[:MIN_PREFIX] in self._prefixes:
            found.update(p for p in self._prefixes[simple[:MIN_PREFIX]] if simple.startswith(p[:-1]))
        return sorted(found, key=_exactness) if found else ()

    def word(self, word: str) -> _Word:
        """What a written word is to the graph."""
        if word == END:
            return _TEXT_ENDS
        if not (ways := self._ways(word)):
            return _NOTHING
        return _word([self._root[way] for way in ways if way in self._root], ways)

    def scan(self, words: Sequence[str], spans: dict[int, tuple[int, int]] | None = None) -> Scan:
        """Every mention of every cue in a text; `spans` gets the words of the first mention of each."""
        return next(self.scans([*words, END], spans))

    def scans(self, words: Sequence[str], spans: dict[int, tuple[int, int]] | None = None) -> Iterator[Scan]:
        """Every mention of every cue, for each of the texts whose words these are, `END` after each.

        Starts count from the beginning of all words.
        """
        written = list(map(self._written.__getitem__, words))
        found: list[_Stand] = []
        begin = 0
        for start in compress(range(len(words)), written):
            word = written[start]
            if word is _TEXT_ENDS:
                yield self._counting(found, words, begin, start, spans)
                found = []
                begin = start + 1
            elif not word.isdisjoint(written[start + 1].ways):
                found += _followed(written, start)
            elif word.ends:
                found.append((word.ends, start, start + 1))

    def _counting(
        self,
        found: Sequence[_Stand],
        words: Sequence[str],
        begin: int,
        end: int,
        spans: dict[int, tuple[int, int]] | None,
    ) -> Scan:
        """Of the cues that stand in a text those that count.

        Of cues of one topic that overlap, the one that begins first counts, of those the longest, of
        those the one that names the word itself (`pruning` before `prun*`): that is how the `except`
        cue "vector quantization" hides the cue "quantization". Learned cues count wherever they
        stand: they were weighed so.
        """
        numbers: list[int] = []
        starts: list[int] = []
        parts: dict[int, list[int]] = {}
        busy: dict[int, int] = {}
        hidden: dict[int, int] = {}
        for ends, start, stop in found:
            for topic, number in ends:
                if number < 0:
                    if not hidden or start >= hidden.get(topic, 0):
                        parts.setdefault(~number, []).append(start)
                    continue
                if not self._free[number]:
                    if start < busy.get(topic, 0):
                        continue
                    busy[topic] = stop
                    if self._hiding[number]:
                        hidden[topic] = stop
                        continue
                numbers.append(number)
                starts.append(start)
                if spans is not None:
                    spans.setdefault(number, (start, stop))
        if len(parts) > 1:
            for number, start in self._joined(parts, words, begin, end):
                numbers.append(number)
                starts.append(start)
        return Scan(numbers, starts, begin, end)

    def wordings(self, words: Sequence[str]) -> dict[int, str]:
        """How a text words each cue in it, where it says it first; not for cues of several phrases."""
        spans: dict[int, tuple[int, int]] = {}
        self.scan(words, spans)
        return {number: " ".join(words[start:stop]) for number, (start, stop) in spans.items()}

    def _joined(
        self, parts: dict[int, list[int]], words: Sequence[str], begin: int, end: int
    ) -> Iterator[tuple[int, int]]:
        """The cues of several phrases (`adapter + frozen`) that stand in one sentence."""
        stops: list[int] = []
        for first in parts:
            for others, number in self._together.get(first, ()):
                if parts.keys() >= others:
                    stops = stops or [n for n in range(begin, end) if words[n] == STOP]
                    sentences = set.intersection(*({bisect(stops, p) for p in parts[o]} for o in others))
                    for start in parts[first]:
                        if bisect(stops, start) in sentences:
                            yield number, start


def _followed(words: Sequence[_Word], start: int) -> Iterator[_Stand]:
    """The cues that begin at a word and may go on with the next, the longest first."""
    at = start + 1
    nodes = words[start].nodes
    found = [(words[start].ends, start, at)]
    while nodes := [node[way] for node in nodes for way in words[at].ways if way in node]:
        at += 1
        found += [(node[_END], start, at) for node in nodes if _END in node]
    return reversed(found)


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
