"""What papers are sorted by."""

from __future__ import annotations

from typing import Any

from paperctl.record import Record
from paperctl.record.values import value
from paperctl.text.fold import fold
from paperctl.text.numbers import as_number

OWN = "extra."


def sort_key(record: Record, name: str) -> tuple[bool, Any] | None:
    """What a paper is sorted by in a field: numbers before texts; None if it has no value."""
    found: object = value(record, name)
    if isinstance(found, (list, dict)):
        counted = name in ("sources", "versions")
        found = len(found) if counted else fold(" ".join(map(str, found))) or None
    elif isinstance(found, str) and name != "added":
        number = as_number(found) if name.startswith(OWN) else None
        found = fold(found) if number is None else number
    return (isinstance(found, str), found) if found is not None and found != "" else None
