"""JSON documents: arrays of papers, API answers that wrap them, objects of objects, single papers,
and objects written one after another. Each element is decoded by itself, so that a broken one
costs a fault and not the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._once import each_line_once
from paperctl.record.items import Entry, Fault, Item, Skip

if TYPE_CHECKING:
    from paperctl.readers._json.lines import Window
    from paperctl.readers._json.walk import Finding, Found

NAME = "json"
ABOUT = "JSON: arrays and API answers (OpenReview, OpenAlex, Crossref, DataCite, CSL-JSON, Zotero, dblp, …)"

_OPENS = re.compile(r'\s*(?:\[\s*(?:\{\s*(?:"|\}|$)|\[|\]\s*$|$)|\{\s*(?:"|$))')
_TITLE = re.compile(r'"(title|paper_?title|display_name|itemType)"\s*:', re.IGNORECASE)
_TITLE_LIKE = re.compile(r'"([^"\n]{0,20}title)"\s*:', re.IGNORECASE)
_RECORDED = re.compile(r'"body"\s*:\s*"\s*<(?:\?xml|feed|rss)')


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


def read(dump: Dump) -> Iterator[Item]:
    from paperctl.readers._json.lines import Window

    return each_line_once(_read(Window(dump.blocks())))


def _read(window: Window) -> Iterator[Item]:
    found_any = False
    for found in _document(window):
        found_any = True
        yield from _items(found, window)
    if not found_any:
        yield Fault(window.rest(), "no paper in this JSON: nothing in it has a title")
    else:
        yield from window.skipped(len(window.text))


_LARGEST = 1 << 26
"""An element that is still broken with so much of what follows in view is not only cut by its edge."""


def _document(window: Window) -> Iterator[Found]:
    """The papers of all values that the text holds, one after another.

    A list's elements are read as they come into view; all else is looked at whole, but for objects of which
    the lists alone can be held.
    """
    from paperctl.readers._json.decode import blank
    from paperctl.readers._json.envelope import IN_VIEW, next_list
    from paperctl.readers._json.lines import VIEW
    from paperctl.readers._json.walk import elements

    at = blank(window.text, window.ahead(0, VIEW))
    listed = window.text[at : at + 1] == "["
    large = False
    if listed:
        at += 1
    while True:
        at = window.ahead(at, VIEW if listed else IN_VIEW)
        large = large or not (listed or window.whole)
        if large and not listed:
            at, listed = next_list(window, at)
        at = blank(window.text, at)
        if at >= len(window.text):
            if (at := window.ahead(at, VIEW)) >= len(window.text):
                return
        elif window.text[at] in "]},":  # a later bracket is left over where something before was damaged
            listed = listed and window.text[at] != "]"
            at += 1
        elif listed:
            at = yield from _element_in_view(window, at)
        elif not large:
            end = yield from elements(window.text, at, 0)
            at = max(end, at + 1)


def _element_in_view(window: Window, at: int) -> Finding:
    """The element at `at` of the array that the document is."""
    from paperctl.readers._json.decode import Broken, decoded_at
    from paperctl.readers._json.envelope import IN_VIEW
    from paperctl.readers._json.walk import element, resume

    value, end = decoded_at(window.text, at)
    if isinstance(value, Broken) or end >= len(window.text):
        at = window.ahead(at, IN_VIEW)
        value, end = decoded_at(window.text, at)
        if isinstance(value, Broken) and resume(window.text, at) >= len(window.text):
            at = window.ahead(at, _LARGEST)
    return (yield from element(window.text, at, 0, value, end))


def _items(found: Found, lines: Window) -> Iterator[Item]:
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


def _recorded_feed(value: object) -> str:
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
