"""The small hand-made files: what a person decided and corrected, one line for each command.

`decisions.jsonl` and `corrections.jsonl` are only ever appended to. A line is an event:

    {"at": "2026-11-21T08:00:00.000001Z", "did": "mark keep", "set": {ID: {"decision": "keep"}}}
    {"at": …, "did": "tag add peft", "topics": {ID: {"peft": true}}}
    {"at": …, "did": "not a duplicate", "pairs": [[ID, ID, "distinct"]]}
    {"at": …, "did": "undo mark keep", "undoes": "2026-11-21T08:00:00.000001Z"}

`at` is in UTC, strictly growing within a store, and names the event. A last line without its line
end was never acknowledged and does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from paperctl.record import Record

Event = dict[str, Any]
Word = Literal["same", "distinct", "version"]

_decode = msgspec.json.Decoder().decode


def read_events(path: Path) -> tuple[list[Event], list[str]]:
    """The events of a file in their order, undone ones included, and a line for each damaged one."""
    events: list[Event] = []
    damage: list[str] = []
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], []
    last = len(lines)
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            event = _decode(line)
            if not isinstance(event, dict) or not isinstance(event.get("at"), str):
                raise ValueError("not an event")
            events.append(event)
        except (msgspec.DecodeError, ValueError) as fault:
            if n < last:  # the torn last line was never acknowledged
                damage.append(f"{path.name} line {n}: {fault}")
    return events, damage


def standing(events: Iterable[Event]) -> Iterator[Event]:
    """The events that still hold: neither undone nor an undo."""
    events = list(events)
    undone = {event["undoes"] for event in events if "undoes" in event}
    return (e for e in events if "undoes" not in e and e["at"] not in undone)


class Overlay(Struct):
    """What a person said, laid over the papers when they are read."""

    marks: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict)
    """Paper id → "decision" or "note" → (at, value)."""
    topics: dict[str, dict[str, bool]] = field(default_factory=dict)
    """Paper id → topic → whether it belongs."""
    pairs: dict[tuple[str, str], Word] = field(default_factory=dict)
    """Two paper ids in order → what a person called them."""

    @classmethod
    def of(cls, events: Iterable[Event]) -> Overlay:
        """The overlay that these events leave; later ones win."""
        overlay = cls()
        for event in standing(events):
            at = event["at"]
            for paper, said in _mapping(event.get("set")):
                overlay.marks.setdefault(paper, {}).update((k, (at, v)) for k, v in _mapping(said))
            for paper, said in _mapping(event.get("topics")):
                for topic, belongs in _mapping(said):
                    if belongs is None:
                        overlay.topics.get(paper, {}).pop(topic, None)
                    else:
                        overlay.topics.setdefault(paper, {})[topic] = bool(belongs)
            for a, b, word in event.get("pairs") or ():
                overlay.pairs[(a, b) if a < b else (b, a)] = word
        return overlay

    def __bool__(self) -> bool:
        return bool(self.marks or self.topics)

    @property
    def topic_names(self) -> set[str]:
        """Every topic that a person gave or took by hand."""
        return {topic for said in self.topics.values() for topic in said}

    def apply(self, record: Record) -> Record:
        """The record with what a person said of it, or of the papers that were merged into it."""
        ids = known_ids(record)
        said: dict[str, tuple[str, Any]] = {}
        for paper in ids:
            for name, (at, value) in self.marks.get(paper, {}).items():
                if name not in said or at > said[name][0]:
                    said[name] = (at, value)
        for name, (_, value) in said.items():
            record[name] = value
        for paper in ids:
            for topic, belongs in self.topics.get(paper, {}).items():
                topics = record.setdefault("topics", [])
                if belongs and topic not in topics:
                    topics.append(topic)
                elif not belongs and topic in topics:
                    topics.remove(topic)
        return record


def known_ids(record: Mapping[str, Any]) -> list[str]:
    """A paper's id and those of the papers that were merged into it: each finds it."""
    found = [record["id"]]
    found += [s["id"] for s in record.get("sources") or () if isinstance(s, dict) and s.get("id")]
    return list(dict.fromkeys(found))


def _mapping(value: Any) -> Iterable[tuple[str, Any]]:
    return value.items() if isinstance(value, dict) else ()
