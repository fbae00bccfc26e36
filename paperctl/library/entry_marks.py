"""The marks that an entry of a dump holds: decision, note, reason and votes."""

from __future__ import annotations

from collections.abc import Iterable

from paperctl.reading.incoming import Incoming
from paperctl.record.fields import CHOICES
from paperctl.record.marks import listed
from paperctl.record.screening_tools import decision_in, note_in, reason_in, votes_in
from paperctl.text.fold import fold

_CALLED = {
    "note": ("note", "comment", "comments", "remark", "remarks"),
    "labels": ("labels", "my labels"),
    "stage": ("stage",),
    "status": ("reading status", "status"),
}
"""What files of decisions call a field, where they name it plainly; what the screening tools call theirs is
read in every load."""


def files_of_decisions(entries: Iterable[Incoming]) -> set[int]:
    """The receipts (by `id`) of the dumps in which entries hold decisions."""
    return {id(entry.receipt) for entry in entries if not entry.plain and decision_of(entry)}


def take_columns(entries: Iterable[Incoming]) -> None:
    """Takes the plain columns of a file that was named as one of decisions for what they are called."""
    for entry in entries:
        columns = {fold(name): held for name, held in entry.facts["extra"].items() if isinstance(held, str)}
        for name, called in _CALLED.items():
            held_text = next((columns[word] for word in called if columns.get(word, "").strip()), None)
            if held_text is None or entry.facts.get(name):
                continue
            if name == "labels":
                entry.add_mark(name, listed(held_text.replace(";", ",")))
            elif held_text in CHOICES.get(name, (held_text,)):
                entry.add_mark(name, held_text.strip())


def brings_marks(entry: Incoming) -> bool:
    """Whether a paper of this entry has a decision, a note or labels from it."""
    return not entry.plain and any(map(entry.facts.get, ("decision", "note", "labels")))


def decision_of(entry: Incoming) -> str | None:
    """The decision that an entry holds."""
    found: str | None = entry.facts.get("decision") or decision_in(entry.facts["extra"])
    return found


def note_of(entry: Incoming) -> str | None:
    """The user's note that an entry holds."""
    found: str | None = entry.facts.get("note") or note_in(entry.facts["extra"])
    return found


def reason_of(entry: Incoming) -> str | None:
    """The reason for a decision that an entry holds."""
    found: str | None = entry.facts.get("reason") or reason_in(entry.facts["extra"])
    return found


def votes_of(entry: Incoming, theirs: str) -> dict[str, str | None]:
    """Who decided what in an entry; of a file that is one person's, that person."""
    if theirs:
        return {theirs: decision_of(entry)}
    return {**(entry.facts.get("votes") or votes_in(entry.facts["extra"]))}
