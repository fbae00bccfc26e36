"""People's marks on a paper, in an entry of paperctl's own exports or of another tool's."""

from __future__ import annotations

from collections.abc import Iterator

from paperctl.record import marks
from paperctl.record.fields import CHOICES
from paperctl.record.ids import is_id
from paperctl.record.items import Object, Raw, by_fact
from paperctl.record.screening_tools import decision_in, is_of_a_tool, labels_in, note_in, reason_in, votes_in

_COLUMNS = tuple(name for name in marks.NAMES if name not in ("reason", "note"))
_NOTES = ("annote", "annotation", "research_notes")
"""Fields of BibTeX and EndNote for the notes of whoever keeps the library."""


def take_marks(fields: Raw, extra: Object, key: str | None) -> bool:
    """Moves marks from an entry's `extra` to its `fields`, which take precedence; True where a line of
    paperctl's own held them. Decisions count that paperctl or a screening tool wrote; a column of any other
    dump may mean something else."""
    line = _our_line(extra)
    _fill(fields, line or {})
    if _is_ours(extra.get("ref")):  # Covidence's own name for its column of ids
        extra.setdefault("paperctl_id", extra.pop("ref"))
    notes = extra.get("notes")
    by_rayyan = isinstance(notes, str) and notes.startswith(("RAYYAN-", "USER-NOTES:"))
    if _is_ours(extra.get("paperctl_id")) or (by_rayyan and _is_ours(key)):
        # The marks of an own record, even none, take precedence over a dump's columns of the same names.
        _fill(fields, {name: value for name, value in _our_columns(extra) if name not in fields})
    elif is_of_a_tool(extra, key):
        _fill(fields, _in_columns(extra))
    for name in _NOTES:
        if not fields.get("note") and isinstance(note := extra.get(name), str) and note.strip():
            fields["note"] = extra.pop(name)
    return line is not None


def _is_ours(name: object) -> bool:
    return isinstance(name, str) and is_id(name)


def _fill(fields: Raw, marks: Object) -> None:
    by_fact(fields).update((name, value) for name, value in marks.items() if value and not fields.get(name))


def _our_line(extra: Object) -> Object | None:
    """The marks of an export's own line, which is taken out."""
    for name, held in list(extra.items()):
        if type(held) is str and marks.OPENING not in held:  # nearly always so
            continue
        values = held if isinstance(held, list) else [held]
        for value in values:
            if (found := marks.read_line(value)) is not None:
                left = [other for other in values if other is not value]
                if left:
                    extra[name] = left if len(left) > 1 else left[0]
                else:
                    del extra[name]
                return found
    return None


def _our_columns(extra: Object) -> Iterator[tuple[str, object]]:
    """The marks of an own table in another tool's columns; its columns are taken out."""
    found = _in_columns(extra)
    for name in _COLUMNS:
        value = extra.pop(name, None)
        if name in CHOICES and value not in CHOICES[name]:
            value = None
        yield name, value or found.get(name)
    for name in ("included", "asreview_note", "exclusion_reason", "notes", "tags"):
        extra.pop(name, None)
    yield from ((name, value) for name, value in found.items() if name not in _COLUMNS)


def _in_columns(extra: Object) -> Object:
    """The marks in the columns of other tools."""
    return {
        "decision": decision_in(extra),
        "votes": votes_in(extra),
        "reason": reason_in(extra),
        "note": note_in(extra),
        "labels": labels_in(extra),
    }
