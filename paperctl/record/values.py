"""The values of a record by the names of the table of fields: for output, for queries, for `has:`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from paperctl.record.fields import QUERIED, Kind

Texts = Callable[[Mapping[str, object]], list[str]]


def value(record: Mapping[str, object], name: str) -> Any:
    """The value at a key or path: `extra.volume` looks inside, `sources.file` in each; None if missing."""
    return record[name] if name in record else _inside(record, name)


def _inside(held: object, name: str) -> Any:
    if isinstance(held, list):
        return [found for item in held if (found := _inside(item, name)) is not None]
    if not isinstance(held, Mapping):
        return None
    if name in held:
        return held[name]
    parts = name.split(".")  # a dump's own field names may hold dots
    for n in range(1, len(parts)):
        if (head := ".".join(parts[:n])) in held:
            return _inside(held[head], ".".join(parts[n:]))
    return None


def texts(record: Mapping[str, object], field: str) -> list[str]:
    """The texts that a record holds under a query's field; none if it holds nothing.

    Values of a shape that the record's format does not allow (a store edited by hand) are passed over.
    """
    read = _TEXTS.get(field)
    return read(record) if read else _flat(_extra(record.get("extra"), field[6:]))


def has(record: Mapping[str, object], field: str) -> bool:
    """Whether the record knows anything under a field of `PRESENT` or `extra.NAME`."""
    if field == "code":
        return bool(record.get("has_code") or record.get("code_urls"))
    if field[:6] == "extra.":
        return _extra(record.get("extra"), field[6:]) not in (None, "", [], {})
    name = QUERIED[field].name
    return bool(record.get(name)) if "." not in name else bool(texts(record, field))


def _reader(places: tuple[str, ...], kind: Kind | None) -> Texts:
    """A function that gives the texts at these keys and paths."""
    (first, *more) = places
    if not more and "." not in first:
        return (lambda r: _flat(r.get(first))) if kind == "number" else (lambda r: _strings(r.get(first)))
    return lambda r: [text for place in places for text in _at(r, place)]


def _at(record: Mapping[str, object], place: str) -> list[str]:
    head, dot, name = place.partition(".")
    held = record.get(head)
    if not dot:
        return _strings(held)
    if head == "extra":
        return _flat(_extra(held, name))
    return [
        text
        for source in (held if isinstance(held, list | tuple) else ())
        if isinstance(source, Mapping)
        for text in _strings(source.get(name))
    ]


_TEXTS = {name: _reader(field.texts or (field.name,), field.kind) for name, field in QUERIED.items()}


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list | tuple):
        return [part for part in value if isinstance(part, str)]
    return []


def _flat(value: object) -> list[str]:
    """A dump's own value as texts: a list is its parts, true is "true", numbers as they are written."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _flat(part)]
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _flat(part)]
    return [str(value)]


def _extra(extra: object, name: str) -> Any:
    """The value of a dump's own column: its name as it is, in another case, or a path a.b into it."""
    if not isinstance(extra, Mapping):
        return None
    if name in extra:
        return extra[name]
    lower = name.lower()
    for key, value in extra.items():
        if isinstance(key, str) and key.lower() == lower:
            return value
    head, dot, rest = name.partition(".")
    return _extra(extra.get(head), rest) if dot else None
