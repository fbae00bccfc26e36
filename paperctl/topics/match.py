"""Finding cues in a text: one pass over its words through a graph of all cues of all topics.

The graph is a trie over words with three freedoms that spare users regular expressions: `quant*` is
any word that begins so, a 0 is any number (`0 bit`, `int0`), and neighbouring words may be written as
one (`fine tuning` finds "finetuning" and "fine-tuning"). Words that occur in no cue cost one look-up.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from paperctl.topics.rules import Cue, Rules
from paperctl.topics.words import STOP, acronym, any_number, plain, tokens

MEMO_WORDS = 500_000
"""Distinct words remembered at a time, so that a dump of noise cannot fill the memory."""

MIN_PREFIX = 3
"""Letters that a cue must have before its `*`."""

Hit = tuple[int, int]
"""One mention of a cue: which topic (its place in the rules), which of its cues."""

_END = None


class _Word(NamedTuple):
    """What a written word is to the graph."""

    following: frozenset[Any]
    """Words that can stand second in a cue begun here."""
    ends: list[list[tuple[int, int]]]
    """Cues of this word alone."""
    meanings: tuple[str, ...]
    nodes: list[dict[Any, Any]]


class _Seen(dict[str, _Word | None]):
    """Written words looked up once each; None for most of them."""

    def __init__(self, graph: Matcher) -> None:
        super().__init__()
        self._graph = graph

    def __missing__(self, word: str) -> _Word | None:
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
        self._together: dict[int, list[tuple[tuple[int, ...], int, int]]] = {}
        self._hiding = [[cue.kind == "except" for cue in topic.cues] for topic in rules]
        self._free = [[cue.kind == "learned" for cue in topic.cues] for topic in rules]
        for t, topic in enumerate(rules):
            for c, cue in enumerate(topic.cues):
                self._add(cue, t, c)
        for word in sorted(w for w in self._words if w.endswith("*")):
            self._prefixes.setdefault(word[:MIN_PREFIX], []).append(word)
        self._numbers = {w for w in self._words if "0" in w}
        self._capitals = {w for w in self._words if acronym(w)}
        self._seen = _Seen(self)

    def _add(self, cue: Cue, topic: int, index: int) -> None:
        phrases = [words for part in cue.text.split(" + ") if (words := cue_words(part))]
        if len(phrases) == 1:
            self._insert(phrases[0], (topic, index))
            return
        parts = []
        for words in phrases:
            part = self._parts.setdefault((topic, " ".join(words)), len(self._parts))
            self._insert(words, (topic, ~part))
            parts.append(part)
        self._together.setdefault(parts[0], []).append((tuple(parts[1:]), topic, index))

    def _insert(self, words: list[str], end: tuple[int, int]) -> None:
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

    def word(self, word: str) -> _Word | None:
        """What a written word is to the graph."""
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
        if not found:
            return None
        ways = tuple(sorted(found, key=_exactness))
        nodes = [self._root[word] for word in ways if word in self._root]
        following = frozenset(key for node in nodes for key in node if key is not _END)
        return _Word(following, [node[_END] for node in nodes if _END in node], ways, nodes)

    def hits(self, text: str, spans: dict[Hit, tuple[int, int]] | None = None) -> list[Hit]:
        """Every mention of every cue in a text; `spans` gets the words of the first mention of each.

        Of cues of one topic that overlap, the one that begins first counts, of those the longest, of
        those the one that names the word itself (`pruning` before `prun*`): that is how the `except`
        cue "vector quantization" hides the cue "quantization". Learned cues count wherever they
        stand: they were weighed so.
        """
        seen = self._seen
        words = tokens(text)
        known = list(map(seen.__getitem__, words))
        known.append(None)
        hits: list[Hit] = []
        busy: dict[int, int] = {}
        hidden: dict[int, int] = {}
        parts: dict[int, list[int]] = {}
        for start, word in enumerate(known):
            if word is None:
                continue
            at = start + 1
            second = known[at]
            if second is None or word[0].isdisjoint(second[2]):
                if not word[1]:
                    continue
                found = [(at, ends) for ends in word[1]]
            else:
                found = [(at, ends) for ends in word[1]]
                nodes = word[3]
                while (following := known[at]) is not None:
                    nodes = [node[w] for node in nodes for w in following[2] if w in node]
                    if not nodes:
                        break
                    at += 1
                    found += [(at, node[_END]) for node in nodes if _END in node]
            for stop, ends in reversed(found):
                for topic, cue in ends:
                    if cue < 0:
                        if start >= hidden.get(topic, 0):
                            parts.setdefault(~cue, []).append(start)
                    elif self._free[topic][cue]:
                        hits.append((topic, cue))
                        if spans is not None:
                            spans.setdefault((topic, cue), (start, stop))
                    elif start >= busy.get(topic, 0):
                        busy[topic] = stop
                        if self._hiding[topic][cue]:
                            hidden[topic] = stop
                        else:
                            hits.append((topic, cue))
                            if spans is not None:
                                spans.setdefault((topic, cue), (start, stop))
        if parts and self._together:
            hits += self._joint(parts, words)
        return hits

    def wordings(self, text: str) -> dict[Hit, str]:
        """How a text words each cue in it, where it says it first; not for cues of several phrases."""
        spans: dict[Hit, tuple[int, int]] = {}
        self.hits(text, spans)
        words = tokens(text)
        return {hit: " ".join(words[start:stop]) for hit, (start, stop) in spans.items()}

    def _joint(self, parts: Mapping[int, list[int]], words: list[str]) -> Iterator[Hit]:
        """Mentions of cues of several phrases (`adapter + frozen`) that stand in one sentence."""
        stops: list[int] | None = None
        for first, starts in parts.items():
            for others, topic, cue in self._together.get(first, ()):
                if all(other in parts for other in others):
                    if stops is None:
                        stops = [i for i, word in enumerate(words) if word == STOP]
                    sentences = set.intersection(*({bisect(stops, p) for p in parts[o]} for o in others))
                    for start in starts:
                        if bisect(stops, start) in sentences:
                            yield (topic, cue)


def _exactness(word: str) -> tuple[bool, bool, bool, int, str]:
    """Orders a written word's keys in the graph, the one that says most of it last: where several
    cues stand on the same words, the last one counts."""
    return not word.endswith("*"), "0" not in word, acronym(word), len(word), word


def _graft(node: dict[Any, Any], words: list[str], end: tuple[int, int]) -> None:
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
