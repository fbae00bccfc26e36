"""What a JSON object says of a paper: one module for each service's shape, and `generic` for all others.

A shape is a module in this folder with two names:

    FITS     sets of key names; an object with all keys of one of them has this shape
    entry(obj, lines) -> Entry | Skip | None   None: not a paper of this shape after all

Shapes are distinguished by key names alone, so that a dump of a million alike objects asks once.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache, lru_cache

from paperctl.readers._json import generic, own
from paperctl.record.items import Entry, Fault, Object, Skip

Shape = Callable[[Object, tuple[int, int]], Entry | Skip | None]


@cache
def _shapes() -> tuple[tuple[frozenset[str], Shape], ...]:
    """Key sets and shapes, those that ask for more keys first."""
    found: list[tuple[frozenset[str], Shape]] = []
    for module in pkgutil.iter_modules(__path__):
        shape = importlib.import_module(f"{__name__}.{module.name}")
        found.extend((frozenset(keys), shape.entry) for keys in getattr(shape, "FITS", ()))
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=1024)
def _shapes_for(keys: tuple[str, ...]) -> tuple[Shape, ...]:
    present = frozenset(keys)
    return (*(shape for needed, shape in _shapes() if needed <= present), generic.entry)


def item_of(obj: object, lines: tuple[int, int]) -> Entry | Skip | Fault:
    """The item that one decoded JSON value makes; `lines` are where it stands."""
    if not isinstance(obj, dict):
        return Fault(
            lines, f"{_kind(obj)} where an object with a title should be; delete the line, or make it one"
        )
    for shape in _shapes_for(tuple(obj)):
        found = shape(obj, lines)
        if isinstance(found, Entry):
            return found if shape in (generic.entry, own.entry) else generic.complete(found)
        if found is not None:
            return found
    if not any(v not in (None, "", [], {}) for v in obj.values()):
        return Skip(lines, "empty object")
    if generic.names_a_title(obj):
        return Skip(lines, "no title, abstract or identifier")
    keys = ", ".join(list(obj)[:8])
    return Fault(lines, f"no title among the keys ({generic.shown(keys)}); name the title's key `title`")


def looks_like_paper(obj: object) -> bool:
    """Whether a decoded value has the shape of a paper: what tells lists of papers from other lists."""
    return isinstance(obj, dict) and bool(obj) and isinstance(item_of(obj, (1, 1)), Entry | Skip)


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
