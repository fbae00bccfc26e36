"""Fields of a record by name, as `--fields` and the tabular formats take them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast

import msgspec

from paperctl.record import Paper
from paperctl.record.fields import KEYS, record_name
from paperctl.record.marks import VOTES, votes_text
from paperctl.record.names import INCOMPLETE, byline
from paperctl.record.values import value

# Slugs, ids and labels hold no comma; names and keywords may.
_COMMA = {"topics", "versions", "labels", "corrections"}


def checked(fields: Iterable[str]) -> tuple[str, ...]:
    """The fields as a record calls them. Raises UsageError with the nearest name for an unknown one."""
    return tuple(map(record_name, fields))


def cells(fields: Iterable[str]) -> Callable[[Mapping[str, object]], list[object]]:
    """A function from a record to its cells: text for texts, lists and objects, else the value. Behind a list
    of authors that is not whole stands "et al.", unless a column of its own says so."""
    names = tuple(fields)
    whole = f"extra.{INCOMPLETE}" in names
    columns = [(name, _reader(name, whole), "," if name in _COMMA else "; ") for name in names]

    def row(record: Mapping[str, object]) -> list[object]:
        return [
            # Most cells are texts: asking first saves a call for each.
            held if type(held := read(record) if read else record.get(name)) is str else _cell(held, joint)
            for name, read, joint in columns
        ]

    return row


def _reader(name: str, whole: bool) -> Callable[[Mapping[str, object]], object] | None:
    """What reads a field that is not what a record has under this name; `whole`: of authors no "et al."."""
    if name == "authors" and not whole:
        return lambda record: byline(cast(Paper, record))
    if name in VOTES:
        return lambda record: votes_text(found) if isinstance(found := record.get(name), dict) else found
    return (lambda record: value(record, name)) if "." in name else None


def _cell(held: object, joint: str) -> object:
    if held is None:
        return ""
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, list) and not any(isinstance(item, list | dict) for item in held):
        return joint.join(str(_cell(item, joint)) for item in held)
    if isinstance(held, list | dict):
        return msgspec.json.encode(held).decode()
    return held


def selected(record: Mapping[str, object], fields: Iterable[str] | None) -> dict[str, object]:
    """The record with the given fields in the given order, or whole in the documented order."""
    if fields is None:
        whole = {"reason": None, "labels": []} | dict(record)
        return {key: whole[key] for key in KEYS if key in whole} | whole
    return {name: value(record, name) for name in fields}
