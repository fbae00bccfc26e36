"""The fields a query can name, and the texts that a record holds under each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Kind = Literal["text", "people", "number", "date", "label", "file", "id", "presence"]

_KINDS: dict[str, Kind] = {
    "title": "text",
    "abstract": "text",
    "author": "people",
    "year": "number",
    "venue": "text",
    "keyword": "text",
    "doi": "text",
    "arxiv": "text",
    "url": "text",
    "code": "text",
    "note": "text",
    "topic": "label",
    "decision": "label",
    "added": "date",
    "source": "file",
    "format": "label",
    "key": "text",
    "id": "id",
    "has": "presence",
    "no": "presence",
}

NAMES = tuple(_KINDS)
"""Every field but a dump's own columns, `extra.NAME`."""

ANYWHERE = ("title", "keyword", "author", "venue", "note", "abstract")
"""Where a word without a field is looked for, cheapest first."""

PRESENT = (
    *("title", "abstract", "author", "year", "venue", "keyword", "doi", "arxiv", "url", "code"),
    *("note", "topic", "decision", "added", "version"),
)
"""What `has:` and `no:` can ask for, besides `extra.NAME`."""

_OTHER_NAMES = {
    "authors": "author",
    "keywords": "keyword",
    "arxiv_id": "arxiv",
    "code_urls": "code",
    "has_code": "code",
    "topics": "topic",
    "sources": "source",
    "file": "source",
    "versions": "version",
}

_RECORD_KEY = {
    "author": "authors",
    "keyword": "keywords",
    "arxiv": "arxiv_id",
    "topic": "topics",
    "version": "versions",
}


def canonical(name: str) -> str | None:
    """The field that a person's `name` means, in any case; None if there is no such field."""
    if name[:6].lower() == "extra." and len(name) > 6:
        return "extra." + name[6:]
    lower = name.lower()
    found = _OTHER_NAMES.get(lower, lower)
    return found if found in _KINDS else None


def presentable(name: str) -> str | None:
    """The same for what `has:` and `no:` ask for."""
    if name[:6].lower() == "extra." and len(name) > 6:
        return "extra." + name[6:]
    lower = name.lower()
    found = _OTHER_NAMES.get(lower, lower)
    return found if found in PRESENT else None


def kind(field: str) -> Kind:
    """How the values of a canonical field are compared."""
    return _KINDS.get(field, "text")


def texts(record: Mapping[str, Any], field: str) -> list[str]:
    """The texts that a record holds under a canonical field; none if it holds nothing.

    Values of a shape that the record's format does not allow (a store edited by hand) are passed over.
    """
    if field == "url":
        return _strings(record.get("url")) + _strings(record.get("code_urls"))
    if field == "code":
        return _strings(record.get("code_urls"))
    if field in ("source", "format", "key"):
        return _of_sources(record, "file" if field == "source" else field)
    if field == "id":  # and the ids of the papers that were merged into this one
        return _strings(record.get("id")) + _of_sources(record, "id")
    if field[:6] == "extra.":
        return _flat(_extra(record.get("extra"), field[6:]))
    if field == "year":
        return _flat(record.get("year"))
    return _strings(record.get(_RECORD_KEY.get(field, field)))


def has(record: Mapping[str, Any], field: str) -> bool:
    """Whether the record knows anything under a field of `PRESENT` or `extra.NAME`."""
    if field == "code":
        return bool(record.get("has_code") or record.get("code_urls"))
    if field[:6] == "extra.":
        return _extra(record.get("extra"), field[6:]) not in (None, "", [], {})
    return bool(record.get(_RECORD_KEY.get(field, field)))


def _of_sources(record: Mapping[str, Any], name: str) -> list[str]:
    sources = record.get("sources")
    return [
        text
        for source in (sources if isinstance(sources, list | tuple) else ())
        if isinstance(source, Mapping)
        for text in _strings(source.get(name))
    ]


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list | tuple):
        return [part for part in value if isinstance(part, str)]
    return []


def _flat(value: Any) -> list[str]:
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


def _extra(extra: Any, name: str) -> Any:
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
