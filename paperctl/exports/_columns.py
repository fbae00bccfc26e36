"""Fields of a record by name, as `--fields` and the tabular formats take them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from paperctl.errors import UsageError, did_you_mean
from paperctl.record import Record

KEYS = (
    *(
        "id",
        "title",
        "abstract",
        "authors",
        "year",
        "venue",
        "doi",
        "arxiv_id",
        "url",
        "code_urls",
        "has_code",
    ),
    *(
        "keywords",
        "topics",
        "topic_scores",
        "decision",
        "note",
        "added",
        "versions",
        "sources",
        "extra",
        "schema",
    ),
)
"""The keys of a record in the order in which every format shows them."""

_COMMA = {"topics", "versions"}  # slugs and ids hold no comma; names and keywords may


def checked(fields: Iterable[str]) -> tuple[str, ...]:
    """The fields, or a UsageError that suggests the nearest one for the first unknown."""
    fields = tuple(fields)
    for name in fields:
        if name.partition(".")[0] not in KEYS:
            raise UsageError(
                f"unknown field: {name}{did_you_mean(name, KEYS)}",
                f"fields are {', '.join(KEYS)}; what a dump alone knows is extra.NAME",
            )
    return fields


def value(record: Record, name: str) -> Any:
    """The value of a field; `extra.volume` looks inside, `sources.file` inside each, None if missing."""
    if name in record:
        return record[name]
    return _inside(record, name)


def _inside(held: Any, name: str) -> Any:
    if isinstance(held, list):
        return [found for item in held if (found := _inside(item, name)) is not None]
    if not isinstance(held, dict):
        return None
    if name in held:
        return held[name]
    parts = name.split(".")  # a dump's own field names may hold dots
    for n in range(1, len(parts)):
        if (head := ".".join(parts[:n])) in held:
            return _inside(held[head], ".".join(parts[n:]))
    return None


def cells(fields: Iterable[str]) -> Callable[[Record], list[Any]]:
    """A function from a record to its cells: text for texts, lists and objects, else the value."""
    columns = [(name, "," if name in _COMMA else "; ") for name in fields]

    def row(record: Record) -> list[Any]:
        return [_cell(value(record, name), joint) for name, joint in columns]

    return row


def _cell(held: Any, joint: str) -> Any:
    if held is None:
        return ""
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, list) and not any(isinstance(item, list | dict) for item in held):
        return joint.join(str(_cell(item, joint)) for item in held)
    if isinstance(held, list | dict):
        return msgspec.json.encode(held).decode()
    return held


def selected(record: Record, fields: Iterable[str] | None) -> dict[str, Any]:
    """The record with the given fields in the given order, or whole in the documented order."""
    if fields is None:
        return {key: record[key] for key in KEYS if key in record} | record
    return {name: value(record, name) for name in fields}
