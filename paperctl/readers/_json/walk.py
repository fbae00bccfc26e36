"""Where in a JSON text its papers stand: elements of lists, members of objects, within envelopes.

Each element is decoded by itself, so that a broken one costs a fault and not the file.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Any, NamedTuple

from paperctl.readers._json import item_of, looks_like_paper, own
from paperctl.readers._json.decode import Broken, blank, decoded_at, end_of
from paperctl.record.items import Entry, Object

KEY = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"\s*:\s*', re.DOTALL)
CITED = re.compile(r"referen|citation|cited|citing|related|similar|recommend", re.IGNORECASE)
_MAX_DEPTH = 5


class Found(NamedTuple):
    """An element of the document: its value, its key where it is a member of an object, its place."""

    value: Any
    key: str | None
    start: int
    end: int


Finding = Generator[Found, None, int]
"""Yields what is found in a value, returns where the value ends."""


def elements(text: str, at: int, depth: int) -> Finding:
    """The papers of the value at `at`, or what stands where papers should be."""
    if text[at : at + 1] == "[":
        return (yield from _listed(text, at, depth))
    value, end = decoded_at(text, at)
    if isinstance(value, Broken):
        return (yield from _damaged_object(text, at, depth, value))
    if isinstance(value, dict) and (inside := _collections(value, depth)):
        for name, start, stop in _members(text, at):
            if name in inside and looks_like_paper(value[name]):
                yield Found(value[name], name, start, stop)
            elif name in inside:
                yield from _within(text, start, depth + 1, value[name])
    elif depth == 0:
        yield Found(value, None, at, end)
    return end


def _within(text: str, start: int, depth: int, value: object) -> Iterator[Found]:
    """The papers of a collection: a list, an object of papers by id, or another envelope."""
    if isinstance(value, dict) and any(map(looks_like_paper, list(value.values())[:5])):
        for name, at, end in _members(text, start):
            if isinstance(value.get(name), dict):
                yield Found(value[name], name, at, end)
    else:
        yield from elements(text, start, depth)


def _collections(value: Object, depth: int) -> set[str]:
    """The members that hold papers, where the object itself is not one."""
    if depth >= _MAX_DEPTH:
        return set()
    lists = {name for name, member in value.items() if _lists_papers(name, member, value)}
    if looks_like_paper(value) and not (lists and not _has_facts(value)):
        return set()
    if lists:
        return lists
    by_id = sum(map(looks_like_paper, value.values()))
    if by_id and by_id * 2 >= len(value):
        return {name for name, member in value.items() if isinstance(member, dict)}
    return {name for name, member in value.items() if _wraps_papers(member, depth)}


def _lists_papers(name: str, member: object, value: Object) -> bool:
    """Whether a member of an object is a list of papers, and not of those that it cites."""
    if not isinstance(member, list) or CITED.search(name):
        return False
    if name == "included" and "data" in value:  # JSON:API: what the papers refer to
        return False
    return any(map(looks_like_paper, member[:5]))


def _wraps_papers(member: object, depth: int) -> bool:
    """Whether papers stand deeper in a member: by their ids, or in an envelope or a list of envelopes."""
    if isinstance(member, dict):
        return bool(member) and (_by_id(member) or bool(_collections(member, depth + 1)))
    several = member[:3] if isinstance(member, list) else []
    return any(isinstance(m, dict) and _collections(m, depth + 1) for m in several)


def _by_id(value: Object) -> bool:
    papers = sum(map(looks_like_paper, list(value.values())[:20]))
    return papers > 0 and papers * 2 >= min(20, len(value)) and not looks_like_paper(value)


def _has_facts(value: Object) -> bool:
    """Whether an object says more of itself than a title, as a paper does and an envelope does not, or is a
    record of paperctl's own, whose sources are no papers."""
    if any(keys <= value.keys() for keys in own.FITS):
        return True
    item = item_of(value, (1, 1))
    return isinstance(item, Entry) and bool(item.fields.keys() & {"authors", "doi", "arxiv_id", "year"})


def _listed(text: str, at: int, depth: int) -> Finding:
    """The elements of the list that opens at `at`."""
    at = blank(text, at + 1)
    while at < len(text) and text[at] != "]":
        if text[at] == ",":
            at = blank(text, at + 1)
            continue
        end = yield from element(text, at, depth, *decoded_at(text, at))
        at = blank(text, end)
    return min(at + 1, len(text))


def element(text: str, at: int, depth: int, value: object, end: int) -> Finding:
    """The papers of a list's element, which stands at `at` and decodes to `value`: nearly always one."""
    if isinstance(value, Broken):
        end = resume(text, at)
        yield Found(value, None, at, end)
    elif isinstance(value, dict) and not looks_like_paper(value) and _collections(value, depth + 1):
        end = yield from elements(text, at, depth + 1)
    elif isinstance(value, list) and value and depth < _MAX_DEPTH and isinstance(value[0], dict):
        end = yield from _listed(text, at, depth + 1)
    else:
        yield Found(value, None, at, end)
    return max(end, at + 1)


def resume(text: str, at: int) -> int:
    """Where to go on after a broken element: its closing bracket, but not past the next element."""
    if text[at] not in "{[":
        end = re.compile(r"[,\]\n]|$").search(text, at + 1)
        return end.start() if end else len(text)
    limit = len(text)
    start = text.rfind("\n", max(0, at - 200), at) + 1
    if start and not text[start:at].strip():
        sibling = text.find("\n" + text[start : at + 1], at)
        limit = sibling if sibling >= 0 else limit
    closing = end_of(text, at, limit)
    return limit if closing is None else closing


def _members(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Key, start and end of each member of the object at `at`, as far as it can be read."""
    at = blank(text, at + 1)
    while at < len(text) and text[at] == '"':
        key = KEY.match(text, at)
        if not key:
            return
        name, _ = decoded_at(text, at)
        value, end = decoded_at(text, key.end())
        if isinstance(value, Broken):
            end = end_of(text, key.end(), len(text)) or len(text)
        yield str(name), key.end(), end
        at = blank(text, end)
        if text[at : at + 1] == ",":
            at = blank(text, at + 1)


def _damaged_object(text: str, at: int, depth: int, fault: Any) -> Finding:
    """What can be saved of an object that does not decode: the lists of objects in it."""
    saved, stop, taken = False, at, at
    if depth < _MAX_DEPTH:
        for _, start, end in _members(text, at):
            stop = max(stop, end)
            if start < taken:  # where brackets are missing, lists end later than their braces showed
                continue
            if text[start : start + 1] == "[" and text.startswith("{", blank(text, start + 1)):
                taken = yield from _listed(text, start, depth + 1)
            elif text[start : start + 1] == "{" and start <= fault.at < end:
                taken = yield from _damaged_object(text, start, depth + 1, fault)
            else:
                continue
            saved, stop = True, max(stop, taken)
    if not saved:
        stop = resume(text, at)
        yield Found(fault, None, at, stop)
    return stop
