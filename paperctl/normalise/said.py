"""What people said of a paper, in an entry of paperctl's own exports or of another tool's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from paperctl.record import words
from paperctl.record.fields import CHOICES
from paperctl.record.ids import ID_LENGTH
from paperctl.record.labels import decision_in, is_of_a_tool, labels_in, note_in, reason_in, votes_in

_ID = re.compile(rf"[0-9a-f]{{{ID_LENGTH}}}")
_COLUMNS = ("decision", "decided_by", "stage", "status", "labels")
_NOTES = ("annote", "annotation", "research_notes")
"""Fields of BibTeX and EndNote for the notes of whoever keeps the library."""


def take_words(fields: dict[str, Any], extra: dict[str, Any], key: str | None) -> bool:
    """Moves what a person said from an entry's `extra` to its `fields`, which outrank it; tells whether an
    own line said it. Decisions count that paperctl or a screening tool wrote; a column of any other dump may
    mean something else."""
    line = _our_line(extra)
    _fill(fields, line or {})
    if _is_ours(extra.get("ref")):  # Covidence's own name for its column of ids
        extra.setdefault("paperctl_id", extra.pop("ref"))
    notes = extra.get("notes")
    by_rayyan = isinstance(notes, str) and notes.startswith(("RAYYAN-", "USER-NOTES:"))
    if _is_ours(extra.get("paperctl_id")) or (by_rayyan and _is_ours(key)):
        # What an own record says of itself, and be it nothing, outranks what a dump had under the same name.
        _fill(fields, {name: value for name, value in _our_columns(extra) if name not in fields})
    elif is_of_a_tool(extra, key):
        _fill(fields, _told(extra))
    for name in _NOTES:
        if not fields.get("note") and isinstance(note := extra.get(name), str) and note.strip():
            fields["note"] = extra.pop(name)
    return line is not None


def _is_ours(name: Any) -> bool:
    return isinstance(name, str) and bool(_ID.fullmatch(name))


def _fill(fields: dict[str, Any], said: dict[str, Any]) -> None:
    fields.update((name, value) for name, value in said.items() if value and not fields.get(name))


def _our_line(extra: dict[str, Any]) -> dict[str, Any] | None:
    """What the line of an export says, which is taken out."""
    for name, held in list(extra.items()):
        values = held if isinstance(held, list) else [held]
        for value in values:
            if (said := words.read_line(value)) is not None:
                left = [other for other in values if other is not value]
                if left:
                    extra[name] = left if len(left) > 1 else left[0]
                else:
                    del extra[name]
                return said
    return None


def _our_columns(extra: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What an own table in another tool's columns says; its columns are taken out."""
    told = _told(extra)
    for name in _COLUMNS:
        value = extra.pop(name, None)
        if name in CHOICES and value not in CHOICES[name]:
            value = None
        yield name, value or told.get(name)
    for name in ("included", "asreview_note", "exclusion_reason", "notes", "tags"):
        extra.pop(name, None)
    yield from ((name, value) for name, value in told.items() if name not in _COLUMNS)


def _told(extra: dict[str, Any]) -> dict[str, Any]:
    return {
        "decision": decision_in(extra),
        "votes": votes_in(extra),
        "reason": reason_in(extra),
        "note": note_in(extra),
        "labels": labels_in(extra),
    }
