"""Entries about papers that the store has already and that come from no search: paperctl's own exports,
read back, and files of decisions.

Their decisions and notes are taken where the store has none. They are no sources: counting them would
move the numbers of a review ("records identified") without a search.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from paperctl.reading.read import Incoming
from paperctl.reading.receipt import FileReceipt, Problem
from paperctl.record import Record
from paperctl.record.ids import ID_LENGTH
from paperctl.record.labels import decision_in, note_in, reason_in
from paperctl.store.events import Overlay, known_ids
from paperctl.store.lazy import LazyPapers

_ID = re.compile(rf"[0-9a-f]{{{ID_LENGTH}}}")
_SHOWN = 3


def with_our_ids(
    shelf: LazyPapers, incoming: Iterable[Incoming]
) -> tuple[list[Incoming], list[tuple[int, Incoming]]]:
    """The entries without an id of a stored paper, and those with one, each with the paper's place."""
    entries = list(incoming)
    named = {id(entry): found for entry in entries if (found := _our_ids(entry))}
    if not named:
        return entries, []
    wanted = {name for names in named.values() for name in names}
    places: dict[str, int] = {}
    for n in shelf.with_ids(wanted):
        for name in known_ids(shelf[n]):
            places.setdefault(name, n)
    rest: list[Incoming] = []
    ours: list[tuple[int, Incoming]] = []
    for entry in entries:
        place = next((places[name] for name in named.get(id(entry), ()) if name in places), None)
        if place is None:
            rest.append(entry)
        else:
            ours.append((place, entry))
    return rest, ours


def kept_in(
    incoming: Sequence[Incoming], removed: Mapping[str, Sequence[str]], shelf: LazyPapers
) -> Sequence[Incoming]:
    """The entries but for those of papers that were taken out and are not back; these count as unchanged."""
    if not removed:
        return incoming
    back = shelf.all_ids()
    gone = {paper for paper in removed if paper not in back}
    prints = {entry for paper in gone for entry in removed[paper]}
    kept = []
    for entry in incoming:
        if entry.source.get("entry") in prints or not gone.isdisjoint(_our_ids(entry)):
            entry.receipt.unchanged += 1
            entry.receipt.kept_out += 1
        else:
            kept.append(entry)
    return kept


def _our_ids(entry: Incoming) -> list[str]:
    # Covidence's own name for its column of ids is Ref.
    names = (entry.source.get("key"), entry.facts.get("paperctl_id"), entry.facts["extra"].get("ref"))
    return [name for name in names if isinstance(name, str) and _ID.fullmatch(name)]


def files_of_decisions(entries: Iterable[Incoming]) -> set[int]:
    """The receipts (by `id`) of the dumps in which entries hold decisions."""
    return {id(entry.receipt) for entry in entries if decision_of(entry)}


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


@dataclass(slots=True)
class Words:
    """What is to be written of the papers, and per dump how much was taken and where it differs."""

    marks: dict[str, dict[str, Any]] = field(default_factory=dict)
    labels: dict[str, dict[str, bool]] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    differ: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def words_on(said: Sequence[tuple[Record, Incoming]], overlay: Overlay) -> Words:
    """The decisions and notes of entries on stored papers.

    A decision is taken where the paper has none, a note where it adds to what there is. Where the
    decisions differ, neither is taken: the note belongs to the other decision.
    """
    words = Words()
    for record, entry in said:
        now = {name: value for name, (_, value) in overlay.marks_of(record).items()}
        had = {"decision": record["decision"], "note": record["note"], "status": record.get("status"), **now}
        had.update(words.marks.get(record["id"], {}))
        new = _news(had, decision_of(entry), note_of(entry))
        if new and "decision" in new:
            told = {"reason": reason_of(entry), "stage": entry.facts.get("stage")}
            new.update((name, value) for name, value in told.items() if value)
        if new is not None and not had["status"] and (status := entry.facts.get("status")):
            new["status"] = status
        labels = _new_labels(record, entry, overlay)
        if labels:
            words.labels.setdefault(record["id"], {}).update(labels)
        if new is None:
            words.differ[id(entry.receipt)].append(f"{record['id']} {had['decision']}/{decision_of(entry)}")
            continue
        words.taken[id(entry.receipt)] += bool(new or labels)
        if new:
            words.marks.setdefault(record["id"], {}).update(new)
    return words


def _new_labels(record: Record, entry: Incoming, overlay: Overlay) -> dict[str, bool]:
    """The labels of an entry that nobody gave to its paper yet, or took off it."""
    said = {*(record.get("labels") or ()), *overlay.labels_of(record)}
    return {label: True for label in entry.facts.get("labels", ()) if label not in said}


def _news(had: Mapping[str, Any], decision: str | None, note: str | None) -> dict[str, Any] | None:
    """What is new in a decision and a note; None where the decision is another one."""
    if decision and had["decision"] and decision != had["decision"]:
        return None
    new: dict[str, Any] = {}
    if decision and not had["decision"]:
        new["decision"] = decision
    if note and note not in (had["note"] or ""):
        new["note"] = f"{had['note']}\n{note}" if had["note"] else note
    return new


def tell(words: Words, receipts: Iterable[FileReceipt]) -> None:
    """Writes into the receipts what was taken, and which decisions differ."""
    for receipt in receipts:
        receipt.decisions += words.taken.get(id(receipt), 0)
        differ = words.differ.get(id(receipt), [])
        if differ:
            more = f" and {len(differ) - _SHOWN:,} more" if len(differ) > _SHOWN else ""
            said = (
                f"{len(differ):,} decision{'s' * (len(differ) != 1)} not taken, ours stand (ours/theirs): "
                f"{', '.join(differ[:_SHOWN])}{more}"
            )
            receipt.warnings.append(Problem(said))
