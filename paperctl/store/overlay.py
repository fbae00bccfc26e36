"""The decisions and corrections of people, as the events leave them, laid over papers when they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from msgspec import Struct, field

from paperctl.record import Record, as_record
from paperctl.record.citekeys import FIELD
from paperctl.record.ids import known_ids
from paperctl.record.marks import corrections_of
from paperctl.store.events import Event, marks_of_others, standing
from paperctl.store.judgements import Judgements
from paperctl.store.opinions import PERSONAL, Mark, Opinion, Vote, opinion_of
from paperctl.store.works import Member, Works

T = TypeVar("T")


class Overlay(Struct):
    """Decisions and corrections, applied to papers when they are read."""

    marks: dict[str, list[Mark]] = field(default_factory=dict)
    """Paper id → the marks of people on it, oldest first."""
    common: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict)
    """Paper id → "status" or "citekey" → (at, value): the marks that are one for all people."""
    topics: dict[str, dict[str, tuple[str, bool | None]]] = field(default_factory=dict)
    """Paper id → topic → (at, whether it belongs; None where that was taken back)."""
    labels: dict[str, dict[str, tuple[str, bool]]] = field(default_factory=dict)
    """Paper id → label → (at, whether the paper has it)."""
    queries: dict[str, str] = field(default_factory=dict)
    """The queries that were saved, by name."""
    removed: dict[str, list[str]] = field(default_factory=dict)
    """The papers that were taken out, by id, each with the fingerprints of its entries."""
    judgements: Judgements[str] = field(default_factory=Judgements)
    """Judgements on pairs of paper ids."""
    works: Works = field(default_factory=Works)
    reviewers: set[str] = field(default_factory=set)
    """The names of those who marked a paper."""
    blind: bool = False
    """Whether one person alone looks at their own marks: those without a name may be anybody's."""

    @classmethod
    def of(cls, events: Iterable[Event], works: Works | None = None, only: str | None = None) -> Overlay:
        """The overlay of these events; later ones win. With `only`, the marks of everybody but this person
        are left out."""
        overlay = cls(works=works or Works(), blind=only is not None)
        for event in standing(events):
            at = event["at"]
            for paper, values in event.get("set", {}).items():
                overlay.add(paper, Mark(at, values.get("by", event.get("by", "")), values), only)
            for by, paper, values in marks_of_others(event):
                overlay.add(paper, Mark(at, by, values, here=False), only)
            for paper, topics in event.get("topics", {}).items():
                overlay.topics.setdefault(paper, {}).update((t, (at, has)) for t, has in topics.items())
            for paper, labels in event.get("labels", {}).items():
                overlay.labels.setdefault(paper, {}).update(
                    (label, (at, has)) for label, has in labels.items()
                )
            _update(overlay.queries, event.get("queries", {}))
            _update(overlay.removed, event.get("removed", {}))
            for papers, others in event.get("with", ()):
                overlay.judgements.stand_with(papers, others)
            for groups in event.get("apart", ()):
                overlay.judgements.separate(groups)
            for a, b, judgement in event.get("pairs", ()):
                overlay.judgements.add(a, b, judgement)
        return overlay

    def add(self, paper: str, mark: Mark, only: str | None = None) -> None:
        """Adds a mark on a paper, which is newer than those before."""
        common = {name: (mark.at, value) for name, value in mark.values.items() if name not in PERSONAL}
        if common:
            self.common.setdefault(paper, {}).update(common)
        if len(common) == len(mark.values):
            return
        if mark.by:
            self.reviewers.add(mark.by)
        if only is None or mark.by == only:
            self.marks.setdefault(paper, []).append(mark)

    def __bool__(self) -> bool:
        return bool(self.marks or self.common or self.topics or self.labels)

    def papers(self) -> set[str]:
        """The ids of the papers that it changes, and those of their other versions."""
        own = {*self.marks, *self.common, *self.topics, *self.labels}
        return own | {name for paper in self.marks for m in self.works.of(paper) for name in m.names}

    def named(self) -> set[str]:
        """The ids of the papers of which people said anything, of one or of a pair."""
        return self.papers() | self.judgements.papers()

    @property
    def topic_names(self) -> set[str]:
        """Every topic that was given or taken by hand."""
        return {t for held in self.topics.values() for t, (_, belongs) in held.items() if belongs is not None}

    def keys(self) -> dict[str, str]:
        """The cite keys given by hand, in lower case, each with the id of its paper."""
        given = ((paper, held[FIELD][1]) for paper, held in self.common.items() if FIELD in held)
        return {key.lower(): paper for paper, key in given if isinstance(key, str)}

    def opinion(self, record: Record) -> Opinion | None:
        """The marks on a paper, on those merged into it and on the other versions of its work, together; None
        without marks. Where its own last decision is for it alone, the other versions do not count."""
        marks = self._of(known_ids(record))
        work: Sequence[Member] = self.works.of(record["id"]) if record["versions"] else ()
        if work and _decided_alone(marks):
            work = ()
        if work:
            shared = self._shared(name for m in work if m.id != record["id"] for name in m.names)
            marks = sorted([*marks, *shared], key=_at) if shared else marks
        first, note = (None, None) if self.blind else (_first_vote(record, work), record["note"])
        if not marks and first is None and not note:
            return None
        return opinion_of(marks, first, note)

    def _shared(self, papers: Iterable[str]) -> list[Mark]:
        """The marks on these versions of a work that are for the others, too."""
        return [mark for mark in self._of(papers) if not mark.alone]

    def _of(self, papers: Iterable[str]) -> list[Mark]:
        found = [self.marks[paper] for paper in papers if paper in self.marks]
        return sorted(chain.from_iterable(found), key=_at) if len(found) > 1 else found[0] if found else []

    def marks_of(self, record: Record) -> dict[str, tuple[str, Any]]:
        """The marks on a paper that hold: name → (at, value)."""
        marks = _last(self.common, record)
        found = self.opinion(record)
        if found is None:
            return marks
        if found.decided:
            marks["decision"] = found.decided, found.outcome.decision
            marks["reason"] = found.decided, found.outcome.reason
            marks["stage"] = found.decided, found.outcome.stage
        if found.noted:
            marks["note"] = found.noted, found.note
        return marks

    def topics_of(self, record: Record) -> dict[str, bool]:
        """The last correction of each topic of a paper, or of those merged into it, that still stands."""
        last = _last(self.topics, record)
        return {topic: belongs for topic, (_, belongs) in last.items() if belongs is not None}

    def labels_of(self, record: Record) -> dict[str, bool]:
        """Whether each label holds that was given to a paper or to those merged into it, or taken."""
        return {label: has for label, (_, has) in _last(self.labels, record).items()}

    @property
    def label_names(self) -> set[str]:
        """Every label that a paper has or had."""
        return {label for held in self.labels.values() for label in held}

    def apply(self, record: Record) -> Record:
        """The record with its work, the marks on it, on the papers merged into it and on its other versions,
        and the corrections of its topics."""
        record["work"] = self.works.front(record["id"]) if record["versions"] else record["id"]
        record["decided_by"] = []
        if self.blind:
            record |= as_record(dict.fromkeys(("decision", "reason", "stage", "note")))
        found = self.opinion(record) if self.marks or record["versions"] else None
        if found is not None:
            _decided(record, found)
        if self.common or self.labels:
            self._apply_common(record)
        if self.topics:
            self._apply_topics(record)
        return record

    def _apply_common(self, record: Record) -> None:
        """Sets what is one for all people: status, cite key, labels."""
        common = {name: value for name, (_, value) in _last(self.common, record).items()}
        if common.get(FIELD, "") is None:
            del common[FIELD]  # a key taken back leaves the paper with the one it had
        record.update(as_record(common))
        if labels := self.labels_of(record):
            held = [label for label in record.get("labels") or () if labels.get(label, True)]
            record["labels"] = held + [label for label, has in labels.items() if has and label not in held]

    def _apply_topics(self, record: Record) -> None:
        corrections = self.topics_of(record)
        if corrections:
            record["corrections"] = corrections_of(corrections)
        for topic, belongs in corrections.items():
            topics = record.setdefault("topics", [])
            if belongs and topic not in topics:
                topics.append(topic)
            elif not belongs and topic in topics:
                topics.remove(topic)


def _update(held: dict[str, T], new: Mapping[str, T | None]) -> None:
    """Sets new values by name; None deletes a name."""
    for name, value in new.items():
        if value is None:
            held.pop(name, None)
        else:
            held[name] = value


def _decided(record: Record, found: Opinion) -> None:
    outcome = found.outcome
    record["decision"], record["note"] = outcome.decision, found.note
    record["decided_by"] = found.decided_by
    if outcome.reason or "reason" in record:
        record["reason"] = outcome.reason
    if outcome.stage or "stage" in record:
        record["stage"] = outcome.stage
    if found.agreement:
        record["agreement"] = found.agreement
    votes = {by: vote.decision for by, vote in found.votes.items() if by and vote.decision}
    if found.agreement or len(votes) > 1:
        record["votes"] = votes
        if found.early:
            record["early_votes"] = found.early


def _decided_alone(own: Sequence[Mark]) -> bool:
    """Whether the last decision is for this version of a work only."""
    decisions = [mark for mark in own if "decision" in mark.values]
    return bool(decisions) and decisions[-1].alone


def _first_vote(record: Record, work: Iterable[Member]) -> Vote | None:
    """The decision that a dump holds of a paper, or of another version of its work."""
    if decision := record["decision"]:
        return Vote("", "", decision, record.get("reason"), record.get("stage"))
    return next((Vote("", "", m.decision) for m in work if m.decision), None)


def _at(mark: Mark) -> str:
    return mark.at


def _last(held: Mapping[str, Mapping[str, tuple[str, T]]], record: Record) -> dict[str, tuple[str, T]]:
    """The last values for a paper or for those merged into it, by name."""
    found: dict[str, tuple[str, T]] = {}
    for paper in known_ids(record):
        for name, timed in held.get(paper, {}).items():
            if name not in found or timed[0] > found[name][0]:
                found[name] = timed
    return found
