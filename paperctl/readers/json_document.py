"""JSON documents: arrays of papers, API answers that wrap them, objects of objects, single papers,
and objects written one after another. Each element is decoded by itself, so that a broken one
costs a fault and not the file."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._once import each_line_once
from paperctl.record.items import Entry, Fault, Item, Skip

if TYPE_CHECKING:
    from paperctl.readers._json.lines import Window

NAME = "json"
ABOUT = "JSON: arrays and API answers (OpenReview, OpenAlex, Crossref, DataCite, CSL-JSON, Zotero, dblp, …)"

_OPENS = re.compile(r'\s*(?:\[\s*(?:\{\s*(?:"|\}|$)|\[|\]\s*$|$)|\{\s*(?:"|$))')
_TITLE = re.compile(r'"(title|paper_?title|display_name|itemType)"\s*:', re.IGNORECASE)
_TITLE_LIKE = re.compile(r'"([^"\n]{0,20}title)"\s*:', re.IGNORECASE)
_RECORDED = re.compile(r'"body"\s*:\s*"\s*<(?:\?xml|feed|rss)')
_KEY = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"\s*:\s*', re.DOTALL)
_CITED = re.compile(r"referen|citation|cited|citing|related|similar|recommend", re.IGNORECASE)
_MAX_DEPTH = 5


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head.lstrip("\ufeff")
    if not _OPENS.match(head):
        return None
    kind = "an array" if head.lstrip().startswith("[") else "an object"
    title = _TITLE.search(head) or _TITLE_LIKE.search(head)
    if _RECORDED.search(head):
        return Sniff(0.8, "a recorded HTTP answer with a feed in its body")
    if not title:
        return Sniff(0.2, f"{kind} of JSON without a title in sight")
    if kind == "an object" and _is_lines(head):
        return Sniff(0.4, "JSON objects, but one a line")
    return Sniff(0.9, f'{kind} of JSON with "{title[1]}"')


def _is_lines(head: str) -> bool:
    lines = [line for line in head.split("\n") if line.strip()][:2]
    return len(lines) == 2 and all(line.startswith("{") and line.rstrip().endswith("}") for line in lines)


class _Found(NamedTuple):
    """An element of the document: its value, its key where it is a member of an object, its place."""

    value: Any
    key: str | None
    start: int
    end: int


def read(dump: Dump) -> Iterator[Item]:
    from paperctl.readers._json.lines import Window

    return each_line_once(_read(Window(dump.blocks())))


def _read(window: Window) -> Iterator[Item]:
    told = False
    for found in _document(window):
        told = True
        yield from _items(found, window)
    if not told:
        yield Fault(window.rest(), "no paper in this JSON: nothing in it has a title")
    else:
        yield from window.skipped(len(window.text))


_MOST = 1 << 24
"""An element that is still broken with so much of what follows in view is not only cut by its edge."""


def _document(window: Window) -> Iterator[_Found]:
    """The papers of all values that the text holds, one after another.

    An array's elements are read as they come into view; all else needs the whole text.
    """
    from paperctl.readers._json.decode import blank
    from paperctl.readers._json.lines import VIEW

    at = blank(window.text, window.ahead(0, VIEW))
    listed = window.text[at : at + 1] == "["
    if listed:
        at += 1
    while True:
        at = window.ahead(at, VIEW) if listed else window.all(at)
        at = blank(window.text, at)
        if at >= len(window.text):
            if (at := window.ahead(at, VIEW)) >= len(window.text):
                return
        elif window.text[at] in "]},":  # a later bracket is left over where something before was damaged
            listed = listed and window.text[at] != "]"
            at += 1
        elif listed:
            at = yield from _element_in_view(window, at)
        else:
            end = yield from _elements(window.text, at, 0)
            at = max(end, at + 1)


def _element_in_view(window: Window, at: int) -> _Finding:
    """The element at `at` of the array that the document is."""
    from paperctl.readers._json.decode import Broken, decoded_at

    value, end = decoded_at(window.text, at)
    if isinstance(value, Broken) or end >= len(window.text):
        at = window.ahead(at, _MOST)
        value, end = decoded_at(window.text, at)
        if isinstance(value, Broken) and _resume(window.text, at) >= len(window.text):
            at = window.all(at)
    return (yield from _element(window.text, at, 0, value, end))


def _items(found: _Found, lines: Window) -> Iterator[Item]:
    from paperctl.readers._json import item_of
    from paperctl.readers._json.decode import Broken
    from paperctl.readers._json.generic import ARXIV_KEY

    yield from lines.skipped(found.start)
    where = lines.span(found.start, found.end)
    if isinstance(found.value, Broken):
        at = lines.number(found.value.at)
        column = found.value.at - lines.bounds(found.value.at)[0] + 1
        yield Fault(where, f"bad JSON at line {at}, column {column}: {found.value.why}")
    elif feed := _recorded_feed(found.value):
        yield from _recorded(feed, where)
    else:
        item = item_of(found.value, where)
        if isinstance(item, Entry) and item.key is None and found.key:
            item.key = found.key
            if ARXIV_KEY.fullmatch(found.key):
                item.fields.setdefault("arxiv_id", found.key)
        yield item


_Finding = Generator[_Found, None, int]
"""Yields what is found in a value, returns where the value ends."""


def _elements(text: str, at: int, depth: int) -> _Finding:
    """The papers of the value at `at`, or what stands where papers should be."""
    from paperctl.readers._json import looks_like_paper
    from paperctl.readers._json.decode import Broken, decoded_at

    if text[at : at + 1] == "[":
        return (yield from _listed(text, at, depth))
    value, end = decoded_at(text, at)
    if isinstance(value, Broken):
        return (yield from _damaged_object(text, at, depth, value))
    if isinstance(value, dict) and (inside := _collections(value, depth)):
        for name, start, stop in _members(text, at):
            if name in inside and looks_like_paper(value[name]):
                yield _Found(value[name], name, start, stop)
            elif name in inside:
                yield from _within(text, start, depth + 1, value[name])
    elif depth == 0:
        yield _Found(value, None, at, end)
    return end


def _within(text: str, start: int, depth: int, value: Any) -> Iterator[_Found]:
    """The papers of a collection: a list, an object of papers by id, or another envelope."""
    from paperctl.readers._json import looks_like_paper

    if isinstance(value, dict) and any(map(looks_like_paper, list(value.values())[:5])):
        for name, at, end in _members(text, start):
            if isinstance(value.get(name), dict):
                yield _Found(value[name], name, at, end)
    else:
        yield from _elements(text, start, depth)


def _collections(value: dict[str, Any], depth: int) -> set[str]:
    """The members that hold papers, where the object itself is not one."""
    from paperctl.readers._json import looks_like_paper

    if depth >= _MAX_DEPTH:
        return set()
    lists = {
        name
        for name, member in value.items()
        if isinstance(member, list)
        and not _CITED.search(name)
        and not (name == "included" and "data" in value)  # JSON:API: what the papers refer to
        and any(map(looks_like_paper, member[:5]))
    }
    if looks_like_paper(value) and not (lists and not _has_facts(value)):
        return set()
    if lists:
        return lists
    by_id = {name for name, member in value.items() if looks_like_paper(member)}
    if by_id and len(by_id) * 2 >= len(value):
        return {name for name, member in value.items() if isinstance(member, dict)}
    return {
        name
        for name, member in value.items()
        if (isinstance(member, dict) and member and (_by_id(member) or _collections(member, depth + 1)))
        or (
            isinstance(member, list)
            and any(isinstance(m, dict) and _collections(m, depth + 1) for m in member[:3])
        )
    }


def _by_id(value: dict[str, Any]) -> bool:
    from paperctl.readers._json import looks_like_paper

    papers = sum(map(looks_like_paper, list(value.values())[:20]))
    return papers > 0 and papers * 2 >= min(20, len(value)) and not looks_like_paper(value)


def _has_facts(value: dict[str, Any]) -> bool:
    """Whether an object says more of itself than a title, as a paper does and an envelope does not."""
    from paperctl.readers._json import item_of

    item = item_of(value, (1, 1))
    return isinstance(item, Entry) and bool(item.fields.keys() & {"authors", "doi", "arxiv_id", "year"})


def _listed(text: str, at: int, depth: int) -> _Finding:
    """The elements of the list that opens at `at`."""
    from paperctl.readers._json.decode import blank, decoded_at

    at = blank(text, at + 1)
    while at < len(text) and text[at] != "]":
        if text[at] == ",":
            at = blank(text, at + 1)
            continue
        end = yield from _element(text, at, depth, *decoded_at(text, at))
        at = blank(text, end)
    return min(at + 1, len(text))


def _element(text: str, at: int, depth: int, value: Any, end: int) -> _Finding:
    """The papers of a list's element, which stands at `at` and decodes to `value`: nearly always one."""
    from paperctl.readers._json import looks_like_paper
    from paperctl.readers._json.decode import Broken

    if isinstance(value, Broken):
        end = _resume(text, at)
        yield _Found(value, None, at, end)
    elif isinstance(value, dict) and not looks_like_paper(value) and _collections(value, depth + 1):
        end = yield from _elements(text, at, depth + 1)
    elif isinstance(value, list) and value and depth < _MAX_DEPTH and isinstance(value[0], dict):
        end = yield from _listed(text, at, depth + 1)
    else:
        yield _Found(value, None, at, end)
    return max(end, at + 1)


def _resume(text: str, at: int) -> int:
    """Where to go on after a broken element: its closing bracket, but not past the next element."""
    from paperctl.readers._json.decode import end_of

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
    from paperctl.readers._json.decode import Broken, blank, decoded_at, end_of

    at = blank(text, at + 1)
    while at < len(text) and text[at] == '"':
        key = _KEY.match(text, at)
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


def _damaged_object(text: str, at: int, depth: int, fault: Any) -> _Finding:
    """What can be saved of an object that does not decode: the lists of objects in it."""
    from paperctl.readers._json.decode import blank

    saved, stop, taken = False, at, at
    if depth < _MAX_DEPTH:
        for _, start, end in _members(text, at):
            stop = max(stop, end)
            if start < taken:  # where brackets are missing, lists end later than their braces told
                continue
            if text[start : start + 1] == "[" and text.startswith("{", blank(text, start + 1)):
                taken = yield from _listed(text, start, depth + 1)
            elif text[start : start + 1] == "{" and start <= fault.at < end:
                taken = yield from _damaged_object(text, start, depth + 1, fault)
            else:
                continue
            saved, stop = True, max(stop, taken)
    if not saved:
        stop = _resume(text, at)
        yield _Found(fault, None, at, stop)
    return stop


def _recorded_feed(value: Any) -> str:
    """The feed in the body of a recorded HTTP answer, or nothing."""
    body = value.get("body") if isinstance(value, dict) else None
    return body if isinstance(body, str) and body.lstrip()[:5] in ("<?xml", "<feed", "<rss ") else ""


def _recorded(feed: str, where: tuple[int, int]) -> Iterator[Item]:
    from paperctl.readers import feeds

    found = [item for item in feeds.read(Dump.from_text(feed)) if isinstance(item, Entry | Fault)]
    for item in found:
        item.lines = where
    yield from found
    if not found:
        yield Skip(where, "a recorded feed without entries")
