"""The shape of a stored paper: which fields do not fit it, and how a record is made to fit.

A line that paperctl wrote fits. One from a newer version, an editor or a script may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from operator import itemgetter
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from paperctl.errors import StoreError
from paperctl.record import FACTS, SCHEMA, Record, Source, as_record
from paperctl.record.fields import FIELDS, KEYS

_TEXT = str | None
PAPER: dict[str, Any] = {
    f.name: f.type for f in FIELDS if f.name in KEYS and f.name != "schema" and not f.optional
}
"""What each field of a paper is that every paper has."""
OPTIONAL: dict[str, Any] = {f.name: f.type for f in FIELDS if f.optional}
"""What each field of a paper is that it may lack: texts, or lists and mappings of texts."""
SOURCE: dict[str, Any] = get_type_hints(Source)
"""What each field of a source is, where it is there."""


_NAMES = tuple(PAPER)
_LISTS = tuple(name for name, kind in PAPER.items() if kind == list[str])
_values, _lists, _file = itemgetter(*_NAMES), itemgetter(*_LISTS), itemgetter("file")


def fits(record: Mapping[str, Any]) -> bool:
    """Whether a record has all fields, each of its kind. Every line that is read is asked, so it is quick:
    joining texts and adding numbers fails faster than looking at each."""
    try:
        if not _are_kinds(tuple(map(type, _values(record)))):
            return False
        "".join(chain.from_iterable(_lists(record)))
        sum(record["topic_scores"].values())
        "".join(map(_file, record["sources"]))
        for name in OPTIONAL.keys() & record.keys():
            if held := record[name]:
                "" + held if OPTIONAL[name] == _TEXT else "".join(held)
    except (KeyError, TypeError):
        return False
    return True


@cache
def _are_kinds(kinds: tuple[type, ...]) -> bool:
    """Whether values of these Python types can be the fields of a paper, as far as types show."""
    allowed = (get_args(kind) if get_origin(kind) in (None, UnionType) else () for kind in PAPER.values())
    plain = (get_origin(kind) or kind for kind in PAPER.values())
    return all(kind in (union or (one,)) for kind, union, one in zip(kinds, allowed, plain, strict=True))


def misfits(record: Mapping[str, object]) -> Iterator[str]:
    """Names of the fields that are not what they should be: "authors", "sources[1].lines"."""
    yield from _misfits(record, PAPER | OPTIONAL)
    sources = record.get("sources")
    for n, source in enumerate(sources if isinstance(sources, list) else ()):
        if isinstance(source, dict):
            yield from (f"sources[{n}].{name}" for name in _misfits({"file": None, **source}, SOURCE))
            own = source.get("own")
            if isinstance(own, dict):
                yield from (f"sources[{n}].own.{name}" for name in _misfits(own, PAPER))


def completed(record: dict[str, Any]) -> Record:
    """A record of another version or of someone's own hand, with every field this version needs, each
    of its kind: `"authors": "Ann Bee"` becomes a list, `"year": "2020"` a number."""
    for name, empty in FACTS.items():
        record[name] = _fitting(record.get(name), PAPER[name], empty)
    for name in ("topics", "versions", "sources"):
        record[name] = _fitting(record.get(name), PAPER[name], [])
    record["topic_scores"] = _fitting(record.get("topic_scores"), PAPER["topic_scores"], {})
    for name in ("decision", "note", "added"):
        record[name] = _fitting(record.get(name), _TEXT, None)
    for name in OPTIONAL.keys() & record.keys():
        record[name] = _fitting(record[name], OPTIONAL[name], None)
        if not _fits(record[name], OPTIONAL[name]):
            del record[name]
    for source in record["sources"]:
        for name in list(_misfits(source, SOURCE)):
            del source[name]
        source.setdefault("file", "unknown")
        own = source.get("own", {})
        for name in list(_misfits(own, PAPER)):
            own[name] = _fitting(own[name], PAPER[name], FACTS.get(name))
    return as_record(record)


def _misfits(values: Mapping[str, object], shape: Mapping[str, object]) -> Iterator[str]:
    return (name for name, kind in shape.items() if name in values and not _fits(values[name], kind))


def _fits(value: object, kind: object) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _fitting(value: object, kind: object, empty: object) -> Any:
    """The value as its kind, or `empty` where nothing can be made of it."""
    if value is None:
        return list(empty) if isinstance(empty, tuple | list) else dict(empty) if empty == {} else empty
    if _fits(value, kind):
        return value
    if kind in (str, _TEXT):
        return _text(value)
    if kind == list[str]:
        return [_text(part) for part in (value if isinstance(value, list) else [value]) if part is not None]
    if kind == list[dict[str, Any]]:
        return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return _fitting(None, kind, empty)


def _text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode("utf-8", "replace")


def refuse_newer(record: Mapping[str, object] | None) -> None:
    """Raises StoreError for a paper that a newer version wrote: writing it back could lose something."""
    version = record.get("schema") if record else None
    if isinstance(version, int) and version > SCHEMA:
        raise StoreError(
            f"this store was written by a newer paperctl (schema {version}, this one writes {SCHEMA}); "
            "nothing was changed",
            "upgrade paperctl: pip install -U paperctl-triage",
        )
