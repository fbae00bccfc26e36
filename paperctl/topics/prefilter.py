"""Which words of many texts may belong to a cue, by array operations: nine of ten belong to none.

A word is known by its first 16 letters in lower case, as two numbers of eight bytes. All that cues can be
written as (`spellings`) stands in two tables by two hashes of the numbers; `quant*` is a range of the first
number. Words with digits or with letters outside ASCII are not looked up: they may be anything. So the answer
may be wrong in one direction only, and the graph decides on the words that are left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any, Final, overload

import numpy as np

from paperctl.topics.graph import Graph
from paperctl.topics.spellings import beginnings, spellings
from paperctl.topics.words import END, STOP, acronym

_ALONE: Final = 1
"""The word may be a cue."""
_CLASSES: Final = 15
"""Words that may begin a cue of several words are dealt out to so many classes, with a bit for each,"""
_FIRST: Final = (2 << _CLASSES) - 2
"""these bits; a word that may follow has the bit of the class so much higher. So few words meet by chance."""
_FIELD: Final = 1 << 2 * _CLASSES + 1
"""The word may be of the field of a topic."""
_ANYTHING: Final = 2 * _FIELD - 1

_LETTERS: Final = 16
_HALF: Final = 8
_BITS: Final = 16
_FIVE: Final = np.uint64(40)
_THREES: Final = np.uint64(64 - _BITS)
_FOUR: Final = np.uint64(32)
_PLACES: Final = np.uint64((1 << _BITS) - 1)
_SHIFT: Final = np.uint64(_BITS)
_HASHED: Final = np.uint64(64 - 2 * _BITS)
# Odd numbers without a pattern of bits (2^64 by the golden ratio, and a prime of xxHash).
_SPREAD, _SPREAD_TAIL = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_WHOLE: Final = (1 << 64) - 1
_HEAD = np.array([_WHOLE << 8 * (_HALF - min(n, _HALF)) & _WHOLE for n in range(_LETTERS + 1)], np.uint64)
"""By the length of a word: the bits of its first eight letters in the eight bytes where it begins."""
_TAIL = np.array([_WHOLE << 8 * (_LETTERS - max(n, _HALF)) & _WHOLE for n in range(_LETTERS + 1)], np.uint64)
_UNSURE = bytes(code in b"0123456789?" or code > 127 for code in range(256))
"""Digits, letters outside ASCII, and the sign that stands for letters outside Latin-1."""


class WordArray(Sequence[str]):
    """The words of many texts in a row, cut out as they are asked for."""

    def __init__(self, text: str, starts: Any, ends: Any, roles: Any, stops: Any) -> None:
        """`roles` has one entry more than there are words."""
        goes_on = roles[:-1] & roles[1:] >> _CLASSES & _FIRST
        may_begin = np.flatnonzero((roles[:-1] & _ALONE | goes_on) != 0)
        spans = zip(starts[may_begin].tolist(), ends[may_begin].tolist(), strict=True)
        self.may_begin: list[int] = may_begin.tolist()
        """The places of words that may begin a cue, and of those that end a text."""
        self.begins = [text[start:end] for start, end in spans]
        """The words there."""
        self.goes_on: list[int] = goes_on[may_begin].tolist()
        """0 where the next word does not belong to a cue begun there."""
        self._text, self._starts, self._ends = text, starts, ends
        self._stops: list[int] = np.flatnonzero(stops).tolist()
        self._field: list[int] = np.flatnonzero(roles >= _FIELD).tolist()

    def stops(self, begin: int, end: int) -> list[int]:
        """The places between the two at which sentences end."""
        return self._stops[bisect_left(self._stops, begin) : bisect_left(self._stops, end)]

    def of_field(self, begin: int, end: int) -> Iterator[str]:
        """Of the words between the two those that may be of a topic's field."""
        places = self._field
        for n in range(bisect_left(places, begin), len(places)):
            if (place := places[n]) >= end:
                return
            yield self[place]

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            if place.start >= place.stop:
                return []
            return self._text[self._starts.item(place.start) : self._ends.item(place.stop - 1)].split()
        return self.cut(place)

    def cut(self, place: int) -> str:
        """The word at this place."""
        return self._text[self._starts.item(place) : self._ends.item(place)]


class Prefilter:
    """The words of a graph's cues, ready to be compared with many texts."""

    def __init__(self, graph: Graph, fields: Iterable[str]) -> None:
        roles: dict[str, int] = {END: _ALONE} | dict.fromkeys(fields, _FIELD)
        for number, (word, alone, following) in enumerate(graph.beginnings()):
            first = 2 << number % _CLASSES
            roles[word] = roles.get(word, 0) | alone * _ALONE | bool(following) * first
            for second in following:
                roles[second] = roles.get(second, 0) | first << _CLASSES
        forms = [
            (*_numbers(form), role)
            for word, role in roles.items()
            if not word.endswith("*")
            for form in _written(word)
        ]
        heads, tails, given = (np.array(column, np.uint64) for column in zip(*forms, strict=True))
        places = _hashes(heads, tails)
        self._table, self._other_table = np.zeros((2, 1 << _BITS), np.uint32)
        np.bitwise_or.at(self._table, places & _PLACES, given.astype(np.uint32))
        np.bitwise_or.at(self._other_table, places >> _SHIFT, given.astype(np.uint32))
        self._bounds, self._ranges = _ranges({w[:-1]: role for w, role in roles.items() if w.endswith("*")})
        self._range_begins = np.zeros(1 << _BITS, np.bool_)
        self._range_begins[_threes(self._bounds)] = True

    def words(self, text: str) -> WordArray:
        """The words of a text that begins with a blank (`spaced`), with those that may begin cues."""
        # One byte for each letter, so that places in the bytes are places in the text.
        signs = text.encode("latin-1", "replace") + b" " * _LETTERS
        blank = np.frombuffer(signs, np.uint8) == 32
        edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
        starts, ends = edges[::2], edges[1::2]
        eight = np.ndarray(len(signs) - _HALF + 1, ">u8", signs.lower(), strides=1)
        lengths = np.minimum(ends - starts, _LETTERS)
        heads = eight[starts].astype(np.uint64) & _HEAD[lengths]
        tails = eight[starts + _HALF].astype(np.uint64) & _TAIL[lengths]
        places = _hashes(heads, tails)
        roles = np.zeros(len(starts) + 1, np.uint32)
        self._table.take(places & _PLACES, out=roles[:-1])
        some = np.flatnonzero(roles != 0)
        roles[some] &= self._other_table.take(places.take(some) >> _SHIFT)
        some = np.flatnonzero(self._range_begins[_threes(heads)])
        roles[some] |= self._ranges[np.searchsorted(self._bounds, heads[some], "right")]
        unsure = np.flatnonzero(np.frombuffer(signs.translate(_UNSURE), np.bool_))
        roles[np.searchsorted(starts, unsure, "right") - 1] = _ANYTHING
        return WordArray(text, starts, ends, roles, heads == _STOP_HEAD)


def _hashes(heads: Any, tails: Any) -> Any:
    mixed = heads >> _FOUR  # of short words the lower bytes are zeros
    mixed ^= heads
    mixed *= _SPREAD
    mixed ^= tails * _SPREAD_TAIL
    mixed >>= _HASHED
    return mixed


def _threes(heads: Any) -> Any:
    """A hash of the first three letters."""
    return (heads >> _FIVE) * _SPREAD >> _THREES


def _written(word: str) -> Iterable[str]:
    """How a word of the graph may be written, in lower case, of long words the letters that are compared."""
    small = word.lower()
    if acronym(word) or word == END:
        forms = {small, f"{small}s"}
    elif len(small) > _LETTERS:
        forms = beginnings(small[:_LETTERS])
    else:
        forms = spellings(small) | {small}
    return [form[:_LETTERS] for form in forms]


def _numbers(form: str) -> tuple[int, int]:
    signs = form.encode("latin-1", "replace").ljust(_LETTERS, b"\0")
    return int.from_bytes(signs[:_HALF], "big"), int.from_bytes(signs[_HALF:], "big")


_STOP_HEAD = np.uint64(_numbers(STOP)[0])


def _ranges(roles: dict[str, int]) -> tuple[Any, Any]:
    """The roles of words that begin with one of some texts: where in the order of first numbers they change,
    and the roles before, between and behind these places."""
    spans = []
    for word, role in roles.items():
        for beginning in beginnings(word[:_HALF]):
            head = beginning[:_HALF].encode("latin-1", "replace")
            first = int.from_bytes(head.ljust(_HALF, b"\0"), "big")
            last = int.from_bytes(head.ljust(_HALF, b"\xff"), "big")
            spans.append((first, last, role))
    bounds = sorted({bound for first, last, _ in spans for bound in (first, min(last + 1, _WHOLE))})
    found = [0]
    for bound in bounds:
        covering = [role for first, last, role in spans if first <= bound <= last]
        found.append(reduce(or_, covering, 0))
    return np.array(bounds, np.uint64), np.array(found, np.uint32)
