"""The files made by hand: decisions and corrections, one line for each command.

`decisions.jsonl` and `corrections.jsonl` are only ever appended to. A line is an event:

    {"at": "2026-11-21T08:00:00.000001Z", "did": "mark keep", "by": NAME, "set": {ID: {"decision": "keep"}}}
    {"at": …, "did": "load bob.csv", "by": NAME, "votes": {NAME: {ID: {"decision": "skip"}}}}
    {"at": …, "did": "label add to-discuss", "labels": {ID: {"to-discuss": true}}}
    {"at": …, "did": "tag add peft", "topics": {ID: {"peft": true}}}
    {"at": …, "did": "query save mine", "queries": {"mine": "topic:peft has:code"}}
    {"at": …, "did": "rm", "removed": {ID: [fingerprints of its entries]}}
    {"at": …, "did": "not a duplicate", "pairs": [[ID, ID, "distinct"]]}
    {"at": …, "did": "dedupe split", "apart": [[[ID], [ID, ID], [ID]]]}
    {"at": …, "did": "dedupe split", "apart": …, "with": [[[ID, ID], [ID]]]}
    {"at": …, "did": "undo mark keep", "undoes": "2026-11-21T08:00:00.000001Z"}

`by` is who did it; `votes` are what others said, by name, as a file of theirs tells. In `set`, `resolves`
ends a conflict, `alone` is meant for one version of a work only, and an empty `by` speaks for all.
`apart` are groups of papers, each distinct from those of the others but for `pairs` in the same event.
`with`: wherever the papers named second were kept apart from others before, those named first are, too.
A query that is null was taken away, and so was the word that a paper is `removed`.
`at` is in UTC, strictly growing within a store, and names the event. A line that cannot be read
does not count; the last one may be what a stopped writer left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import msgspec
from msgspec import Struct, field

from paperctl.record import Record, as_record
from paperctl.record.citekeys import FIELD
from paperctl.record.ids import known_ids
from paperctl.store.judgements import Judgement, Judgements
from paperctl.store.opinions import OF_OPINIONS, Opinion, Saying, Vote, opinion_of
from paperctl.store.works import Works

Event = dict[str, Any]
T = TypeVar("T")

_decode = msgspec.json.Decoder().decode


class _Said(Struct):
    decision: Literal["keep", "skip", "maybe"] | None = None
    note: str | None = None
    reason: str | None = None
    stage: Literal["abstract", "fulltext"] | None = None
    citekey: str | None = None
    status: Literal["todo", "reading", "read"] | None = None
    by: str = ""
    resolves: bool = False
    alone: bool = False


class _Shape(Struct):
    """What an event must be; whatever else stands in one is left alone."""

    at: Annotated[str, msgspec.Meta(pattern=r"^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
    did: str = ""
    by: str = ""
    set: dict[str, _Said] = {}
    votes: dict[str, dict[str, _Said]] = {}
    topics: dict[str, dict[str, bool | None]] = {}
    labels: dict[str, dict[str, bool]] = {}
    queries: dict[str, str | None] = {}
    removed: dict[str, list[str] | None] = {}
    pairs: list[tuple[str, str, Judgement]] = []
    apart: list[list[list[str]]] = []
    beside: list[tuple[list[str], list[str]]] = field(default=[], name="with")
    undoes: str = ""


class Damage(NamedTuple):
    """A line that is no event: a message for the user, and whether acknowledged data may be lost."""

    line: str
    serious: bool


def read_events(path: Path) -> tuple[list[Event], list[Damage]]:
    """The events of a file in their order, undone ones included, and what is damaged."""
    events: list[Event] = []
    damage: list[Damage] = []
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], []
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            events.append(read_event(line))
        except ValueError as fault:
            # The beginning of an event at the end of the file: a writer was stopped before it had answered.
            stopped = n == len(lines) and line.startswith(b'{"at":')
            why = "the beginning of a line, left by a writer that was stopped" if stopped else str(fault)
            damage.append(Damage(f"{path.name} line {n}: {why}", not stopped))
    return events, damage


def read_event(line: bytes) -> Event:
    """The event of a line. Raises ValueError for what is none."""
    try:
        event: Event = _decode(line)
        msgspec.convert(event, _Shape)
        datetime.fromisoformat(event["at"])
    except (msgspec.DecodeError, RecursionError) as fault:
        raise ValueError(str(fault)) from fault
    return event


def spoken_of(event: Event) -> set[str]:
    """The ids of the papers that an event is about."""
    apart = chain.from_iterable(chain.from_iterable(event.get("apart", ())))
    beside = chain.from_iterable(chain.from_iterable(event.get("with", ())))
    pairs = (paper for pair in event.get("pairs", ()) for paper in pair[:2])
    named = (event.get(name, ()) for name in ("set", "topics", "labels", "removed"))
    votes = chain.from_iterable(event.get("votes", {}).values())
    return {*chain.from_iterable(named), *votes, *apart, *beside, *pairs}


def standing(events: Iterable[Event]) -> Iterator[Event]:
    """The events that still hold: neither undone nor an undo."""
    events = list(events)
    undone = {event["undoes"] for event in events if "undoes" in event}
    return (e for e in events if "undoes" not in e and e["at"] not in undone)


class Overlay(Struct):
    """Decisions and corrections, applied to papers when they are read."""

    said: dict[str, list[Saying]] = field(default_factory=dict)
    """Paper id → what people decided and noted, oldest first."""
    words: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict)
    """Paper id → "status" or "citekey" → (at, value): what is one for all people."""
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
    """The names of those who said something."""

    @classmethod
    def of(cls, events: Iterable[Event], works: Works | None = None, only: str | None = None) -> Overlay:
        """The overlay that these events leave; later ones win. With `only` what others than this person said
        of papers is left out."""
        overlay = cls(works=works or Works())
        for event in standing(events):
            at = event["at"]
            for paper, said in event.get("set", {}).items():
                overlay.say(paper, Saying(at, said.get("by", event.get("by", "")), said), only)
            for by, words in event.get("votes", {}).items():
                for paper, said in words.items():
                    overlay.say(paper, Saying(at, by, said, here=False), only)
            for paper, said in event.get("topics", {}).items():
                overlay.topics.setdefault(paper, {}).update((t, (at, belongs)) for t, belongs in said.items())
            for paper, said in event.get("labels", {}).items():
                overlay.labels.setdefault(paper, {}).update((label, (at, has)) for label, has in said.items())
            _keep(overlay.queries, event.get("queries", {}))
            _keep(overlay.removed, event.get("removed", {}))
            for papers, others in event.get("with", ()):
                overlay.judgements.stand_with(papers, others)
            for groups in event.get("apart", ()):
                overlay.judgements.part(groups)
            for a, b, word in event.get("pairs", ()):
                overlay.judgements.say(a, b, word)
        return overlay

    def say(self, paper: str, saying: Saying, only: str | None = None) -> None:
        """Takes a saying on a paper over."""
        others = {name: (saying.at, word) for name, word in saying.said.items() if name not in OF_OPINIONS}
        if others:
            self.words.setdefault(paper, {}).update(others)
        if len(others) == len(saying.said):
            return
        if saying.by:
            self.reviewers.add(saying.by)
        if only is None or saying.by in ("", only):
            self.said.setdefault(paper, []).append(saying)

    def __bool__(self) -> bool:
        return bool(self.said or self.words or self.topics or self.labels)

    def papers(self) -> set[str]:
        """The ids of the papers that it says something of, and those of their other versions."""
        spoken = {*self.said, *self.words, *self.topics, *self.labels}
        return spoken | {name for paper in self.said for m in self.works.of(paper) for name in m.names}

    @property
    def topic_names(self) -> set[str]:
        """Every topic that was given or taken by hand."""
        return {t for said in self.topics.values() for t, (_, belongs) in said.items() if belongs is not None}

    def keys(self) -> dict[str, str]:
        """The cite keys given by hand, in lower case, each with the id of its paper."""
        said = ((paper, words[FIELD][1]) for paper, words in self.words.items() if FIELD in words)
        return {key.lower(): paper for paper, key in said if isinstance(key, str)}

    def opinion(self, record: Mapping[str, Any]) -> Opinion | None:
        """What was said of a paper, of those merged into it and of the other versions of its work; None if
        nothing was. Where its own last decision was meant for it alone, the other versions do not count."""
        said, first = self._of(known_ids(record)), _first_vote(record)
        work = self.works.of(record["id"]) if record["versions"] else ()
        if work and not _meant_alone(said):
            shared = self._shared(name for m in work if m.id != record["id"] for name in m.names)
            said = sorted([*said, *shared], key=_at) if shared else said
            first = first or next((Vote("", "", m.decision) for m in work if m.decision), None)
        if not said and first is None and not record["note"]:
            return None
        return opinion_of(said, first, record["note"])

    def _shared(self, papers: Iterable[str]) -> list[Saying]:
        """What was said of these versions of a work and meant for the others, too."""
        return [saying for saying in self._of(papers) if not saying.alone]

    def _of(self, papers: Iterable[str]) -> list[Saying]:
        found = [self.said[paper] for paper in papers if paper in self.said]
        return sorted(chain.from_iterable(found), key=_at) if len(found) > 1 else found[0] if found else []

    def marks_of(self, record: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
        """What people decided and noted on a paper, as far as they did: name → (at, value)."""
        marks = _last(self.words, record)
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

    def topics_of(self, record: Mapping[str, Any]) -> dict[str, bool]:
        """The last correction of each topic of a paper, or of those merged into it, that still stands."""
        last = _last(self.topics, record)
        return {topic: belongs for topic, (_, belongs) in last.items() if belongs is not None}

    def labels_of(self, record: Mapping[str, Any]) -> dict[str, bool]:
        """The last word on each label of a paper, or of those merged into it."""
        return {label: has for label, (_, has) in _last(self.labels, record).items()}

    @property
    def label_names(self) -> set[str]:
        """Every label that a paper has or had."""
        return {label for said in self.labels.values() for label in said}

    def apply(self, record: Record) -> Record:
        """The record with its work, what people said of it, of the papers merged into it and of its other
        versions, and the corrections of its topics."""
        record["work"] = self.works.front(record["id"]) if record["versions"] else record["id"]
        record["decided_by"] = []
        found = self.opinion(record) if self.said or record["versions"] else None
        if found is not None:
            _decided(record, found)
        if self.words or self.labels:
            self._apply_words(record)
        if self.topics:
            self._apply_topics(record)
        return record

    def _apply_words(self, record: Record) -> None:
        """Lays over what is one for all people: status, cite key, labels."""
        said = {name: value for name, (_, value) in _last(self.words, record).items()}
        if said.get(FIELD, "") is None:
            del said[FIELD]  # a key taken back leaves the paper with the one it had
        record.update(as_record(said))
        if labels := self.labels_of(record):
            held = [label for label in record.get("labels") or () if labels.get(label, True)]
            record["labels"] = held + [label for label, has in labels.items() if has and label not in held]

    def _apply_topics(self, record: Record) -> None:
        for topic, belongs in self.topics_of(record).items():
            topics = record.setdefault("topics", [])
            if belongs and topic not in topics:
                topics.append(topic)
            elif not belongs and topic in topics:
                topics.remove(topic)


def _keep(held: dict[str, T], said: Mapping[str, T | None]) -> None:
    """Takes over what is said, by name; None takes a name away."""
    for name, value in said.items():
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
        record["votes"] = {by: vote.decision for by, vote in found.votes.items() if by and vote.decision}


def _meant_alone(own: Sequence[Saying]) -> bool:
    decisions = [saying for saying in own if "decision" in saying.said]
    return bool(decisions) and decisions[-1].alone


def _first_vote(record: Mapping[str, Any]) -> Vote | None:
    """The decision that dumps tell of."""
    if not (decision := record["decision"]):
        return None
    return Vote("", "", decision, record.get("reason"), record.get("stage"))


def _at(saying: Saying) -> str:
    return saying.at


def _last(
    said: Mapping[str, Mapping[str, tuple[str, T]]], record: Mapping[str, Any]
) -> dict[str, tuple[str, T]]:
    """The last values for a paper or for those merged into it, by name."""
    found: dict[str, tuple[str, T]] = {}
    for paper in known_ids(record):
        for name, word in said.get(paper, {}).items():
            if name not in found or word[0] > found[name][0]:
                found[name] = word
    return found
