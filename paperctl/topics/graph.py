"""The cues of a rule set as a graph.

It is a trie over words with three freedoms that spare users regular expressions: `quant*` is any word that
begins so, a 0 is any number (`0 bit`, `int0`), and neighbouring words may be written as one (`fine tuning`
finds "finetuning" and "fine-tuning").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from paperctl.topics.words import END, STOP, acronym, any_number, plain, tokens

MIN_PREFIX = 3
"""Letters that a cue must have before its `*`."""

CUE_ENDS = None
"""The key of a node under which the cues stand that end there."""


CueEnd = tuple[int, int]
"""A cue that ends at a node of the graph: its topic, and its number among all cues (of a part of a cue of
several phrases, ~number of the part). A plain tuple, since a text has many and unpacks them faster."""


class Word(frozenset[Any]):
    """What a written word is to the graph: the words that can stand second in a cue begun here.

    With `CUE_ENDS` among them if it is a cue itself; so it is empty, and false, if it begins no cue.
    """

    __slots__ = ("ends", "nodes", "ways")
    ends: list[CueEnd]
    """Cues of this word alone, those that name it best first."""
    nodes: Sequence[dict[Any, Any]]
    """Where it leads as a first word."""
    ways: Sequence[str]
    """Its keys in the graph, the one that says most of it last."""


def _word(nodes: Sequence[dict[Any, Any]], ways: Sequence[str]) -> Word:
    word = Word(key for node in nodes for key in node)
    word.nodes, word.ways = nodes, ways
    word.ends = [end for node in reversed(nodes) if CUE_ENDS in node for end in node[CUE_ENDS]]
    return word


_NOTHING = _word((), ())
TEXT_ENDS = _word(({CUE_ENDS: []},), ())
"""What `END` is to every graph."""


class Graph:
    """Cues by their words. Add them all before asking for a word."""

    def __init__(self) -> None:
        self._root: dict[Any, Any] = {}
        self._words: set[str] = set()
        self._prefixes: dict[str, list[str]] = {}
        self._numbers: set[str] = set()
        self._capitals: set[str] = set()

    def add(self, words: Sequence[str], end: CueEnd) -> None:
        """Adds a cue of these words (`cue_words`)."""
        before, node = None, self._root
        for i, word in enumerate(words):
            after = node.setdefault(word, {})
            self._know(word)
            if before is not None and not words[i - 1].endswith("*"):
                # The same node by the joined spelling: "fine tuning" and "finetuning" are one cue.
                joined = plain(words[i - 1] + word) if not word.endswith("*") else words[i - 1].lower() + word
                other = before.setdefault(joined, after)
                self._know(joined)
                if other is not after:
                    _graft(other, words[i + 1 :], end)
            before, node = node, after
        _end(node, end)

    def _know(self, word: str) -> None:
        if word in self._words:
            return
        self._words.add(word)
        if word.endswith("*"):
            self._prefixes.setdefault(word[:MIN_PREFIX], []).append(word)
        if "0" in word:
            self._numbers.add(word)
        if acronym(word):
            self._capitals.add(word)

    def word(self, word: str) -> Word:
        """What a written word is to the graph."""
        if word == END:
            return TEXT_ENDS
        if not (ways := self._ways(word)):
            return _NOTHING
        return _word([self._root[way] for way in ways if way in self._root], ways)

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

    def beginnings(self) -> Iterator[tuple[str, bool, list[str]]]:
        """The words with which cues begin: whether one is a cue by itself, and what may follow it."""
        for word, node in self._root.items():
            yield word, CUE_ENDS in node, [key for key in node if key is not CUE_ENDS]


def _exactness(word: str) -> tuple[bool, bool, bool, int, str]:
    """Orders a written word's keys in the graph, the one that says most of it last: where several
    cues stand on the same words, the last one counts."""
    return not word.endswith("*"), "0" not in word, acronym(word), len(word), word


def _graft(node: dict[Any, Any], words: Sequence[str], end: CueEnd) -> None:
    for word in words:
        node = node.setdefault(word, {})
    _end(node, end)


def _end(node: dict[Any, Any], end: CueEnd) -> None:
    ends = node.setdefault(CUE_ENDS, [])
    if end not in ends:
        ends.append(end)


@lru_cache(maxsize=1 << 14)
def cue_words(phrase: str) -> tuple[str, ...]:
    """A cue's words as the graph keeps them: `fine-tuned LLMs` is ("fine", "tuned", "LLM")."""
    return tuple(word for chunk in phrase.replace("-", " ").split() for word in _words(chunk))


@lru_cache(maxsize=1 << 14)
def _words(chunk: str) -> list[str]:
    words = [w for w in tokens(chunk) if w != STOP]
    whole = [w.removesuffix("s") if acronym(w.removesuffix("s")) else plain(w) for w in words]
    if words and chunk.endswith("*"):
        whole[-1] = words[-1].lower() + "*"
    return whole
