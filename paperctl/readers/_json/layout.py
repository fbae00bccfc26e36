"""Where the objects of a service keep what: a table from facts to the keys that may hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from paperctl.readers._values import EMPTY
from paperctl.record.items import Entry, Markup, Object, as_raw

Getter = Callable[[Object], Any]
Places = str | tuple[str | Getter, ...]
"""Where a value may stand, the best place first: words, each a key or keys from object to object
(`biblio.volume`), or functions of the object."""


@dataclass(frozen=True)
class Layout:
    """`fields` and `extra` say where facts and what has no fact stand, `key` where an object's own id does.

    All other keys go to `extra`, under their common names if `names` has these, save those in `without`:
    they are taken above, or are bulk.
    """

    fields: Mapping[str, Places]
    extra: Mapping[str, Places] = field(default_factory=dict)
    key: Places = "id"
    without: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    markup: Markup = "plain"

    def entry(self, obj: Object, lines: tuple[int, int]) -> Entry:
        """The entry that an object makes."""
        fields = {name: value for name, places in self.fields.items() if (value := first(obj, places))}
        extra = {
            name: value for name, places in self.extra.items() if (value := first(obj, places)) is not None
        }
        for name, value in obj.items():
            if name not in self.without and value not in EMPTY:
                extra[self.names.get(name, name)] = value
        key = first(obj, self.key)
        own = str(key) if isinstance(key, str | int) else None
        return Entry(as_raw(fields), lines, own, extra, self.markup)


def first(obj: Object, places: Places) -> Any:
    """The first value of an object, among those at these places, that says something."""
    for place in places.split() if isinstance(places, str) else places:
        value = at(obj, place) if isinstance(place, str) else place(obj)
        if value not in EMPTY:
            return value
    return None


def at(obj: object, path: str) -> Any:
    """The value at keys apart by dots; None where one of them is missing."""
    for key in path.split("."):
        if not isinstance(obj, dict):
            return None
        obj = obj.get(key)
    return obj


def dicts(value: object) -> list[Object]:
    """The objects of a list; none if it is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def listed(value: object) -> list[Any]:
    """The value if it is a list; else an empty one."""
    return value if isinstance(value, list) else []
