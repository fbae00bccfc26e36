"""The columns of a table of papers: what each shows, and how much of the width each gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from paperctl.record import Record
from paperctl.record.fields import FIELDS, canonical
from paperctl.record.names import byline
from paperctl.record.values import value
from paperctl.record.works import called, others
from paperctl.text.sanitise import clean
from paperctl.text.width import width

GAP = 2
"""Blanks between two columns."""

_ID_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `share` is the part of the table's width it may take at most, `least` what it needs.

    Where not all fit, those of the highest `leaves` go first.
    """

    field: str
    header: str
    style: str = ""
    least: int = 3
    share: float = 1.0
    leaves: int = 0
    width: int = 0

    @property
    def asked_as(self) -> str:
        """The field's name in a query."""
        return canonical(self.field) or self.field


_KNOWN = {field.name: Column(field.name, *field.column) for field in FIELDS if field.column}

_KNOWN["other_versions"] = Column("other_versions", "versions", "dim", 8, 0.2, 5)

DEFAULT = ("id", "year", "title", "other_versions", "topics", "has_code", "decision")


def named(fields: Sequence[str] | None) -> list[Column]:
    """The columns asked for, or the default ones."""
    return [_KNOWN.get(name) or Column(name, name, leaves=n + 7) for n, name in enumerate(fields or DEFAULT)]


def columns(
    fields: Sequence[str] | None, records: Sequence[Record], room: int, *, mark: str = "✓"
) -> list[Column]:
    """The columns that fit into `room`, with their widths, measured on `records`.

    `fields` as asked for, or the default ones, of which those that say nothing of any of the records
    are left out. One column, cut as it has to be, always stays.
    """
    found = named(fields)
    digits = id_length(records)
    measured = []
    for column in found:
        content = max((width(cell(record, column, digits, mark)) for record in records), default=0)
        if content or fields or column.field == "title":
            measured.append(replace(column, width=max(content, width(column.header))))
    return _fit(measured, room)


def _fit(chosen: list[Column], room: int) -> list[Column]:
    while len(chosen) > 1 and _needs([min(c.width, c.least) for c in chosen]) > room:
        chosen.remove(max(chosen, key=lambda column: column.leaves))
    if len(chosen) == 1:
        return [replace(chosen[0], width=max(1, min(chosen[0].width, room)))]
    least = [min(c.width, c.least) for c in chosen]
    most = [min(c.width, max(c.least, int(c.share * room))) for c in chosen]
    # The column that needs least is served first; the others share the rest equally.
    left = room - GAP * (len(chosen) - 1) - sum(least)
    given = list(least)
    order = sorted(range(len(chosen)), key=lambda i: most[i] - least[i])
    for served, i in enumerate(order):
        more = min(most[i] - least[i], left // (len(order) - served))
        given[i] += more
        left -= more
    for i, column in enumerate(chosen):
        more = min(column.width - given[i], left)
        given[i] += more
        left -= more
    return [replace(column, width=size) for column, size in zip(chosen, given, strict=True)]


def _needs(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def id_length(records: Sequence[Record]) -> int:
    """How many characters of an id distinguish these records, with some to spare."""
    ids = {str(record.get("id", "")) for record in records}
    longest = max(map(len, ids), default=_ID_SHOWN)
    return next((n for n in range(_ID_SHOWN, longest) if len({i[:n] for i in ids}) == len(ids)), longest)


def cell(record: Record, column: Column, digits: int, mark: str) -> str:
    """What a column shows of a record: clean, on one line."""
    field = column.field
    if field == "id":
        return clean(str(record.get("id", "")))[:digits]
    if field == "has_code":
        return mark if record.get("has_code") else ""
    if field == "other_versions":
        return clean(", ".join(f"{called(v)} {v['id'][:digits]}" for v in others(record)))
    held = value(record, "sources.file" if field == "sources" else field)
    if field == "authors":
        held = byline(record)
    if field == "added" and isinstance(held, str):
        held = held[:10]
    return clean(as_text(list(dict.fromkeys(held)) if field.startswith("sources") and held else held))


def as_text(value: object) -> str:
    """A value as text: lists by commas, a mapping as `name value` by commas, None as ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {as_text(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(as_text, value))
    return str(value)
