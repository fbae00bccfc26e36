"""Entries about papers that the store has already and that come from no search: paperctl's own exports,
read back, and files of decisions.

Their decisions and notes are taken where the store has none. They are no sources: counting them would
move the numbers of a review ("records identified") without a search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from paperctl.library.cast_votes import Cast, Marks, cast_of
from paperctl.library.entry_marks import decision_of, note_of, reason_of, votes_of
from paperctl.reading.incoming import Incoming
from paperctl.reading.receipt import FileReceipt, Problem
from paperctl.record import Record, by_name
from paperctl.record.ids import is_id, known_ids
from paperctl.record.marks import CAST, corrected
from paperctl.store.lazy import LazyPapers
from paperctl.store.opinions import Opinion
from paperctl.store.overlay import Overlay

_SHOWN = 3


def split_by_our_ids(
    stored: LazyPapers, incoming: Iterable[Incoming]
) -> tuple[list[Incoming], list[tuple[int, Incoming]]]:
    """The entries without an id of a stored paper, and those with one, each with the paper's place."""
    entries = list(incoming)
    named = {id(entry): found for entry in entries if (found := _ids_in(entry))}
    if not named:
        return entries, []
    known = {name for names in named.values() for name in names}
    places: dict[str, int] = {}
    for n in stored.with_ids(known):
        for name in known_ids(stored[n]):
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
    incoming: Sequence[Incoming], removed: Mapping[str, Sequence[str]], stored: LazyPapers
) -> Sequence[Incoming]:
    """The entries but for those of papers that were taken out and are not back; these count as unchanged."""
    if not removed:
        return incoming
    back = stored.all_ids()
    gone = {paper for paper in removed if paper not in back}
    prints = {entry for paper in gone for entry in removed[paper]}
    kept = []
    for entry in incoming:
        if entry.entry in prints or not gone.isdisjoint(_ids_in(entry)):
            entry.receipt.unchanged += 1
            entry.receipt.kept_out += 1
        else:
            kept.append(entry)
    return kept


def _ids_in(entry: Incoming) -> list[str]:
    if entry.plain:
        return []
    # Covidence's own name for its column of ids is Ref.
    names = (entry.key, entry.facts.get("paperctl_id"), entry.facts["extra"].get("ref"))
    return [name for name in names if isinstance(name, str) and is_id(name)]


def id_in(entry: Incoming, taken: Container[str]) -> str | None:
    """The id that an own export gave an entry, where it is free: the paper keeps it in another store. Numbers
    alone may be anybody's keys."""
    given, key = entry.facts.get("paperctl_id"), entry.key
    names = (given, None if isinstance(key, str) and key.isdigit() else key)
    return next((n for n in names if isinstance(n, str) and is_id(n) and n not in taken), None)


@dataclass(slots=True)
class Taken:
    """What is taken from entries about stored papers: the marks of papers, and for each dump (by `id` of its
    receipt) how many entries had something new and which decisions conflict."""

    marks: dict[str, dict[str, object]] = field(default_factory=dict)
    labels: dict[str, dict[str, bool]] = field(default_factory=dict)
    topics: dict[str, dict[str, bool]] = field(default_factory=dict)
    """The corrections of topics, by paper."""
    counts: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    conflicts: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    cast: dict[str, dict[str, dict[str, dict[str, object]]]] = field(default_factory=dict)
    """The marks of other reviewers: by when they count (see `Cast`), name and paper."""
    disputes: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """For each dump the decisions of others that differ from those in the store."""

    def papers(self) -> set[str]:
        """The papers on which words of people are taken."""
        cast = (people for held in self.cast.values() for people in held.values())
        return {*self.marks, *self.labels, *self.topics}.union(*cast)

    def add(self, when: str, marks: Marks, paper: str) -> None:
        """Takes the marks of people on a paper."""
        for by, mark in marks.items():
            self.cast.setdefault(when, {}).setdefault(by, {})[paper] = mark


def decisions_on(
    pairs: Sequence[tuple[Record, Incoming]], overlay: Overlay, me: str = "", theirs: str = ""
) -> Taken:
    """The decisions and notes of entries on stored papers, given with the paper of each entry.

    Marks with a name are taken as that person's; those of `me` only where I have marked nothing here.
    `theirs` is the person whose marks the entries are. A decision without a name is taken where the paper has
    none, a note where it adds to what there is. Where the decisions differ, neither is taken: the note
    belongs to the other decision.
    """
    taken = Taken()
    for record, entry in pairs:
        votes = votes_of(entry, theirs)
        if labels := _new_labels(record, entry, overlay):
            taken.labels.setdefault(record["id"], {}).update(labels)
        if topics := new_corrections(record, entry, overlay):
            taken.topics.setdefault(record["id"], {}).update(topics)
        if votes.keys() - {me}:
            _take_votes(taken, record, entry, votes, overlay, me)
        else:
            _take_unsigned(taken, record, entry, overlay, bool(labels or topics))
    return taken


def _take_unsigned(taken: Taken, record: Record, entry: Incoming, overlay: Overlay, also: bool) -> None:
    """Takes marks without a name where they add to what there is."""
    now = {name: value for name, (_, value) in overlay.marks_of(record).items()}
    had = {"decision": record["decision"], "note": record["note"], "status": record.get("status"), **now}
    had.update(taken.marks.get(record["id"], {}))
    decision = decision_of(entry)
    new = _news(had, decision, note_of(entry))
    if new is None:
        taken.conflicts[id(entry.receipt)].append(f"{record['id']} {had['decision']}/{decision}")
        return
    if decision and "decision" in new:
        new.update(_vote(entry, decision))
    if not had["status"] and (status := entry.facts.get("status")):
        new["status"] = status
    taken.counts[id(entry.receipt)] += bool(new or also)
    if new:
        taken.marks.setdefault(record["id"], {}).update(new)


def _take_votes(
    taken: Taken,
    record: Record,
    entry: Incoming,
    votes: Mapping[str, str | None],
    overlay: Overlay,
    me: str,
) -> None:
    """Takes the marks of named people, each as their own; their own marks here take precedence."""
    before, paper, receipt = overlay.opinion({**record}) or Opinion(), record["id"], id(entry.receipt)
    notes, cast = _notes(note_of(entry) or "", votes), _cast(entry, votes)
    people = _people(votes, notes, {me} & {*before.votes, *before.notes} - {""})
    refused = _refused(cast, before, people)
    taken.conflicts[receipt] += [f"{paper} {had}/{votes[by]}" for by, had in refused.items()]
    given = _new_marks(cast, notes, before, [by for by in people if by not in refused])
    taken.add("early", cast.early_of(given), paper)
    taken.add("votes", given, paper)
    taken.counts[receipt] += bool(given)
    if cast.settled and not refused and not before.final and before.votes.keys() <= votes.keys():
        taken.add("settled", cast.settled, paper)
    elif _disputes(given, before):
        taken.disputes[receipt].append(paper)


def _refused(cast: Cast, before: Opinion, people: Iterable[str]) -> dict[str, str]:
    """What those of these people decided here who decide otherwise in an entry."""
    had = {by: vote.decision for by, vote in before.votes.items() if vote.decision and by in cast.votes}
    return {by: had[by] for by in people if by in had and had[by] != cast.votes[by]["decision"]}


def _disputes(given: Marks, before: Opinion) -> bool:
    """Whether new votes leave a keep against a skip."""
    new = {mark["decision"] for mark in given.values() if "decision" in mark}
    return bool(new) and new.union(vote.decision for vote in before.firm) >= {"keep", "skip"}


def _new_marks(cast: Cast, notes: Mapping[str, str], before: Opinion, people: Iterable[str]) -> Marks:
    """What these people say that the store has not: their votes where they have none, their notes."""
    found: Marks = {}
    for by in people:
        voted = by in before.votes and before.votes[by].decision
        vote = {} if voted else cast.votes.get(by, {})
        if marks := vote | _new_note(notes.get(by, ""), before.notes.get(by, ""), by):
            found[by] = marks
    return found


def _cast(entry: Incoming, votes: Mapping[str, str | None]) -> Cast:
    """What these people decided in an entry, as marks."""
    made = {name: vote for name, vote in votes.items() if vote}
    facts = by_name(entry.facts)
    stated = {"votes": made, "reason": reason_of(entry), "stage": facts.get("stage")}
    if facts.get("votes") == votes:
        stated |= {name: facts.get(name) for name in CAST}
    return cast_of(stated, decision_of(entry))


def _people(votes: Iterable[str], notes: Iterable[str], but: Container[str]) -> list[str]:
    """Those who voted or wrote a note, in their order."""
    return [name for name in dict.fromkeys((*votes, *notes)) if name not in but]


def _new_note(note: str, had: str, by: str) -> dict[str, object]:
    """What is new in a person's note; without a name it comes below the one there is."""
    if note in had:
        return {}
    return {"note": note if by or not had else f"{had}\n{note}"}


def _notes(note: str, people: Iterable[str]) -> dict[str, str]:
    """A note by person, as several people's notes stand in one: "Ann: good", a line of Bob's behind "Bob: ".
    Lines without a name are of "", or of the only person there is."""
    names = [*people]
    if len(names) == 1:
        return {names[0]: note} if note else {}
    found: dict[str, list[str]] = {}
    by = ""
    for line in note.splitlines():
        signed = next((name for name in names if name and line.startswith(f"{name}: ")), None)
        by = by if signed is None else signed
        found.setdefault(by, []).append(line if signed is None else line.removeprefix(f"{signed}: "))
    return {name: "\n".join(lines) for name, lines in found.items()}


def _vote(entry: Incoming, decision: str) -> dict[str, object]:
    values = {"decision": decision, "reason": reason_of(entry), "stage": entry.facts.get("stage")}
    return {name: value for name, value in values.items() if value}


def _new_labels(record: Record, entry: Incoming, overlay: Overlay) -> dict[str, bool]:
    """The labels of an entry that were never given to its paper, nor taken off it."""
    known = {*(record.get("labels") or ()), *overlay.labels_of(record)}
    return {label: True for label in entry.facts.get("labels", ()) if label not in known}


def new_corrections(record: Record, entry: Incoming, overlay: Overlay) -> dict[str, bool]:
    """The corrections of topics in an entry, but for topics that were corrected here."""
    known = overlay.topics_of(record) if overlay.topics else {}
    found = corrected(entry.facts.get("corrections", ()))
    return {topic: belongs for topic, belongs in found.items() if topic not in known}


def _news(had: Mapping[str, Any], decision: str | None, note: str | None) -> dict[str, object] | None:
    """What is new in a decision and a note; None where the decision is another one."""
    if decision and had["decision"] and decision != had["decision"]:
        return None
    new: dict[str, object] = {}
    if decision and not had["decision"]:
        new["decision"] = decision
    if note and note not in (had["note"] or ""):
        new["note"] = f"{had['note']}\n{note}" if had["note"] else note
    return new


def note_in_receipts(taken: Taken, receipts: Iterable[FileReceipt]) -> None:
    """Writes into the receipts how many decisions were taken, and which conflict."""
    for receipt in receipts:
        receipt.decisions += taken.counts.get(id(receipt), 0)
        if disputes := taken.disputes.get(id(receipt), []):
            more = f" and {len(disputes) - _SHOWN:,} more" if len(disputes) > _SHOWN else ""
            conflict = f"{len(disputes):,} conflict{'s' * (len(disputes) != 1)} with what others decided"
            which = f"{', '.join(disputes[:_SHOWN])}{more}"
            receipt.warnings.append(Problem(f"{conflict} ({which}): paperctl screen decision:conflict"))
        conflicts = taken.conflicts.get(id(receipt), [])
        if conflicts:
            more = f" and {len(conflicts) - _SHOWN:,} more" if len(conflicts) > _SHOWN else ""
            warning = (
                f"{len(conflicts):,} decision{'s' * (len(conflicts) != 1)} not taken, ours stand "
                f"(ours/theirs): "
                f"{', '.join(conflicts[:_SHOWN])}{more}"
            )
            receipt.warnings.append(Problem(warning))
