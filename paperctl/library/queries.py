"""Queries to a store, which knows its loads, saved queries and topics."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from paperctl.library.last_load import StoreLoads
from paperctl.query import Query, parse
from paperctl.store import Store


def parsed(store: Store, text: str, topics: Callable[[], Iterable[str]]) -> Query:
    """The query that a text says. `topics` gives the topics of the rules, and is called only if the query
    names one: the rules take time to read. Raises UsageError with a caret under a fault."""
    overlay = store.overlay
    whole = " ".join([text, *overlay.queries.values()]) if "@" in text else text
    known = [*topics(), *overlay.topic_names] if "topic" in whole else []
    return parse(text, topics=known, loads=StoreLoads(store), saved=overlay.queries)
