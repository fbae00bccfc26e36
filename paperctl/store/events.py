"""The files of what people do: decisions and corrections, one line for each command.

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

`set` has the marks of papers, made by `by`; `votes` has the marks of others, by name, read from a file of
theirs; `early` has the marks that they made before those, `settled` those made after. In a mark `resolves`
ends a conflict, `alone` is for one version of a work only, `blind` says that its writer did not see the notes
that stood there, and an empty `by` is everybody's.
`apart` are groups of papers, each distinct from those of the others but for `pairs` in the same event.
`with`: wherever the papers named second were kept apart from others before, those named first are, too.
A query that is null is deleted; a paper whose `removed` is null is back.
`at` is in UTC, strictly growing within a store, and names the event. A line that cannot be read
does not count; the last one may be what a stopped writer left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Struct, field

from paperctl.store.judgements import Judgement

Event = dict[str, Any]

_OF_OTHERS = ("early", "votes", "settled")
"""Where an event has the marks of others, in the order in which they were made."""
_decode = msgspec.json.Decoder().decode


class _Mark(Struct):
    decision: Literal["keep", "skip", "maybe"] | None = None
    note: str | None = None
    reason: str | None = None
    stage: Literal["abstract", "fulltext"] | None = None
    citekey: str | None = None
    status: Literal["todo", "reading", "read"] | None = None
    by: str = ""
    resolves: bool = False
    alone: bool = False
    blind: bool = False


class _Shape(Struct):
    """What an event must be; whatever else stands in one is left alone."""

    at: Annotated[str, msgspec.Meta(pattern=r"^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
    did: str = ""
    by: str = ""
    set: dict[str, _Mark] = {}
    early: dict[str, dict[str, _Mark]] = {}
    votes: dict[str, dict[str, _Mark]] = {}
    settled: dict[str, dict[str, _Mark]] = {}
    topics: dict[str, dict[str, bool | None]] = {}
    labels: dict[str, dict[str, bool]] = {}
    queries: dict[str, str | None] = {}
    removed: dict[str, list[str] | None] = {}
    pairs: list[tuple[str, str, Judgement]] = []
    apart: list[list[list[str]]] = []
    with_: list[tuple[list[str], list[str]]] = field(default=[], name="with")
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


def papers_of(event: Event) -> set[str]:
    """The ids of the papers that an event is about."""
    apart = chain.from_iterable(chain.from_iterable(event.get("apart", ())))
    with_ = chain.from_iterable(chain.from_iterable(event.get("with", ())))
    pairs = (paper for pair in event.get("pairs", ()) for paper in pair[:2])
    named = (event.get(name, ()) for name in ("set", "topics", "labels", "removed"))
    votes = (paper for _, paper, _ in marks_of_others(event))
    return {*chain.from_iterable(named), *votes, *apart, *with_, *pairs}


def marks_of_others(event: Event) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The marks that an event has of others, in their order: person, paper, values."""
    for of in _OF_OTHERS:
        for by, papers in event.get(of, {}).items():
            yield from ((by, paper, values) for paper, values in papers.items())


def standing(events: Iterable[Event]) -> Iterator[Event]:
    """The events that still hold: neither undone nor an undo."""
    events = list(events)
    undone = {event["undoes"] for event in events if "undoes" in event}
    return (e for e in events if "undoes" not in e and e["at"] not in undone)
