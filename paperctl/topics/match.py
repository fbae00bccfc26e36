"""Finding cues in texts: one pass over their words through a graph of all cues of all topics."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress, repeat
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from paperctl.topics.field import field_words
from paperctl.topics.graph import CUE_ENDS, TEXT_ENDS, CueEnd, Graph, Word, cue_words
from paperctl.topics.rules import Cue, Rules
from paperctl.topics.words import END, WordList, spaced

if TYPE_CHECKING:
    from paperctl.topics.prefilter import Prefilter, WordArray

Words: TypeAlias = "WordList | WordArray"

MEMO_WORDS = 500_000
"""Distinct words remembered at a time, so that a dump of noise cannot fill the memory."""

Hit = tuple[int, int]
"""A cue: which topic (its place in the rules), which of its cues."""

_Stand = tuple[list[CueEnd], int, int]
"""Cues that end at one place of the graph, the word at which they begin, the word after their last."""


class Scan(NamedTuple):
    """The cues found in a text: for each mention the cue's number, and the word at which it begins."""

    numbers: Sequence[int]
    starts: Sequence[int]
    begin: int
    """The text's first word."""
    end: int
    """The word after its last."""


class _Memo(dict[str, Word]):
    """What written words are to the graph, each found out once."""

    def __init__(self, graph: Graph) -> None:
        super().__init__()
        self._graph = graph

    def __missing__(self, word: str) -> Word:
        if len(self) > MEMO_WORDS:
            self.clear()
        found = self[word] = self._graph.word(word)
        return found


class Matcher:
    """All cues of a rule set, ready to be found."""

    def __init__(self, rules: Rules) -> None:
        self._graph = Graph()
        self._parts: dict[tuple[int, str], int] = {}
        self._together: dict[int, list[tuple[frozenset[int], int]]] = {}
        self.cues: list[Hit] = [(t, c) for t, topic in enumerate(rules) for c in range(len(topic.cues))]
        """The topic and cue of each number."""
        every = [cue for topic in rules for cue in topic.cues]
        self._hiding = [cue.kind == "except" for cue in every]
        self._free = [cue.kind == "learned" for cue in every]
        for number, (topic, _) in enumerate(self.cues):
            self._add(every[number], topic, number)
        self._memo = _Memo(self._graph)
        self._fields = {word for topic in rules for word in field_words((*topic.field, *topic.field_title))}

    def _add(self, cue: Cue, topic: int, number: int) -> None:
        phrases = [words for part in cue.text.split(" + ") if (words := cue_words(part))]
        if len(phrases) == 1:
            self._graph.add(phrases[0], (topic, number))
            return
        parts = []
        for words in phrases:
            part = self._parts.setdefault((topic, " ".join(words)), len(self._parts))
            self._graph.add(words, (topic, ~part))
            parts.append(part)
        self._together.setdefault(parts[0], []).append((frozenset(parts[1:]), number))

    @cached_property
    def _prefilter(self) -> Prefilter:
        from paperctl.topics.prefilter import Prefilter

        return Prefilter(self._graph, self._fields)

    def words(self, texts: Sequence[str], *, many: bool = False) -> Words:
        """The words of texts in a row, `END` after each. Of `many` texts only those are looked at that may be
        of a cue: it takes half the time, once there is numpy."""
        text = spaced(texts)
        return self._prefilter.words(text) if many else WordList(text.split())

    def scan(self, words: Sequence[str], spans: dict[int, tuple[int, int]] | None = None) -> Scan:
        """Every mention of every cue in a text; `spans` gets the words of the first mention of each."""
        return next(self.scans(WordList([*words, END]), spans))

    def scans(self, words: Words, spans: dict[int, tuple[int, int]] | None = None) -> Iterator[Scan]:
        """Every mention of every cue, for each of the texts whose words these are, `END` after each.

        Starts count from the beginning of all words.
        """
        begun: Iterable[int]
        goes_on: Iterable[int]
        first_words: Iterable[Word]
        word_at: Callable[[int], Word]
        memo = self._memo
        if isinstance(words, WordList):
            written = list(map(memo.__getitem__, words))
            begun, first_words = compress(range(len(words)), written), filter(None, written)
            goes_on = repeat(1)
            word_at = written.__getitem__
        else:
            begun, first_words = words.may_begin, map(memo.__getitem__, words.begins)
            goes_on = words.goes_on
            cut = words.cut
            word_at = lambda place: memo[cut(place)]  # noqa: E731

        found: list[_Stand] = []
        begin = 0
        for start, word, follows in zip(begun, first_words, goes_on, strict=False):
            if word is TEXT_ENDS:
                if found:
                    yield self._counting(found, words, begin, start, spans)
                    found = []
                else:
                    yield Scan((), (), begin, start)
                begin = start + 1
            elif follows and not word.isdisjoint(ways := word_at(start + 1).ways):
                found += _followed(word, ways, start, word_at)
            elif word.ends:
                found.append((word.ends, start, start + 1))

    def _counting(
        self,
        found: Sequence[_Stand],
        words: Words,
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
        free, hiding = self._free, self._hiding
        for ends, start, stop in found:
            for topic, number in ends:
                if number < 0:
                    if not hidden or start >= hidden.get(topic, 0):
                        parts.setdefault(~number, []).append(start)
                    continue
                if not free[number]:
                    if start < busy.get(topic, 0):
                        continue
                    busy[topic] = stop
                    if hiding[number]:
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
        self, parts: dict[int, list[int]], words: Words, begin: int, end: int
    ) -> Iterator[tuple[int, int]]:
        """The cues of several phrases (`adapter + frozen`) that stand in one sentence."""
        stops: list[int] = []
        for first in parts:
            for others, number in self._together.get(first, ()):
                if parts.keys() >= others:
                    stops = stops or words.stops(begin, end)
                    sentences = set.intersection(*({bisect(stops, p) for p in parts[o]} for o in others))
                    for start in parts[first]:
                        if bisect(stops, start) in sentences:
                            yield number, start


def _followed(
    word: Word, ways: Sequence[str], start: int, word_at: Callable[[int], Word]
) -> Iterable[_Stand]:
    """The cues that begin at a word and may go on with the next, whose keys are `ways`; the longest first."""
    at = start + 1
    nodes = word.nodes
    found = [(word.ends, start, at)] if word.ends else []
    while nodes := [node[way] for node in nodes for way in ways if way in node]:
        at += 1
        more = False
        for node in nodes:
            if CUE_ENDS in node:
                found.append((node[CUE_ENDS], start, at))
                more = more or len(node) > 1
            else:
                more = True
        if not more:
            break
        ways = word_at(at).ways
    found.reverse()
    return found
