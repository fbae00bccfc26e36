"""Writing decisions and corrections: only what is new, once the store is locked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from paperctl.record import Record, as_record
from paperctl.store.opinions import PERSONAL, Opinion
from paperctl.store.overlay import Overlay

if TYPE_CHECKING:
    from paperctl.store import Store, Writing


Marks = Mapping[str, Mapping[str, Any]]
"""Paper id → the values to set: decision, reason, stage, note, …"""

_OF_A_VOTE = ("decision", "reason", "stage", "alone")


def decide(
    store: Store, marks: Marks | Callable[[], Marks], did: str, records: Iterable[Record] = ()
) -> str | None:
    """See `Store.decide`."""
    with store.writing() as writing:
        if callable(marks):
            marks = marks()
        before = _before(store, marks, writing, records)
        news = {
            paper: new
            for paper, values in marks.items()
            if (new := _news(values, before[paper], store.reviewer, store.blind))
        }
        if store.blind:
            news = {paper: {**new, "blind": True} if "note" in new else new for paper, new in news.items()}
        return writing.append(store.decisions_file, {"did": did, "set": news}) if news else None


def correct_topics(store: Store, changes: Mapping[str, Mapping[str, Sequence[str]]], did: str) -> str | None:
    """See `Store.correct_topics`."""
    topics: dict[str, dict[str, bool | None]] = {
        paper: {
            **dict.fromkeys(change.get("add", ()), True),
            **dict.fromkeys(change.get("remove", ()), False),
            **dict.fromkeys(change.get("forget", ()), None),
        }
        for paper, change in changes.items()
    }
    with store.writing() as writing:
        had = {r["id"]: store.overlay.topics_of(r) for r in writing.papers_of(topics.keys()).values()}
        news: dict[str, dict[str, bool | None]] = {}
        for paper, corrected in topics.items():
            so_far = had.get(paper, {})
            if new := {
                topic: belongs for topic, belongs in corrected.items() if so_far.get(topic) is not belongs
            }:
                news[paper] = new
        return writing.append(store.corrections_file, {"did": did, "topics": news}) if news else None


def label(
    store: Store, papers: Sequence[str], labels: Mapping[str, bool], did: str
) -> tuple[str | None, Sequence[str]]:
    """See `Store.label`."""
    with store.writing() as writing:
        news: dict[str, dict[str, bool]] = {}
        chosen = set(papers)
        for record in writing.papers_of(chosen).values():
            if record["id"] in chosen:
                has = store.overlay.apply(record).get("labels") or ()
                if new := {name: on for name, on in labels.items() if (name in has) is not on}:
                    news[record["id"]] = new
        at = writing.append(store.decisions_file, {"did": did, "labels": news}) if news else None
        return at, [*news]


class _Before(NamedTuple):
    """The marks on a paper so far: those of people, and those that are one for all (status, cite key)."""

    opinion: Opinion
    common: dict[str, Any]


def _before(store: Store, marks: Marks, writing: Writing, records: Iterable[Record]) -> dict[str, _Before]:
    """The marks so far on each of these papers. Those on papers merged into it count, too, but are looked up
    only where a new mark seems to repeat an old one, or several people decide."""
    overlay = store.overlay
    found = {paper: _marks_on(overlay, {"id": paper}) for paper in marks}
    # The decision and note of a record in memory may come from the overlay.
    known: dict[str, Mapping[str, Any]] = {
        record["id"]: {**record, "note": None}
        for record in records
        if "note" not in marks.get(record["id"], ())
    }
    several = bool(overlay.reviewers - {store.reviewer})
    needed = {p for p, values in marks.items() if several or _repeats(values, found[p], store.reviewer)}
    if needed - known.keys():
        known |= {r["id"]: r for r in writing.papers_of(needed).values()}
    found.update((paper, _marks_on(overlay, known[paper])) for paper in needed & known.keys())
    return found


def _marks_on(overlay: Overlay, record: Mapping[str, object]) -> _Before:
    plain = as_record({"note": None, **record, "decision": None, "versions": [record["id"]]})
    common = {name: value for name, (_, value) in overlay.marks_of(plain).items() if name not in PERSONAL}
    return _Before(overlay.opinion(plain) or Opinion(), common)


def _own(before: _Before, by: str) -> dict[str, Any]:
    """The values that hold for a person so far."""
    opinion, own = before
    vote = opinion.final if opinion.final and opinion.final.by == by else opinion.votes.get(by)
    if by in opinion.notes:
        own = {**own, "note": opinion.notes[by]}
    return own if vote is None else {**own, **{name: getattr(vote, name) for name in _OF_A_VOTE}}


def _repeats(values: Mapping[str, object], before: _Before, by: str) -> bool:
    own = _own(before, by)
    return any(name in own and own[name] == value for name, value in values.items())


def _news(values: Mapping[str, Any], before: _Before, by: str, blind: bool) -> dict[str, Any]:
    """The values of a person's mark that are new; with a new decision all that comes with it is."""
    own = _own(before, by)
    if "note" in values:
        values = {**values, "note": before.opinion.own_note(values["note"], by)}
    new = _different(values, own)
    resolves = before.opinion.differ and not blind and values.get("decision") is not None
    if not new and not (resolves and before.opinion.final is None):
        return {}
    if "decision" not in values or not (resolves or "decision" in new or "alone" in new):
        return new
    return {**values, "resolves": True} if resolves else dict(values)


def _different(values: Mapping[str, object], own: Mapping[str, object]) -> dict[str, Any]:
    new = {name: value for name, value in values.items() if name not in own or own[name] != value}
    # `alone` means nothing by itself, only with a decision.
    return {} if new.keys() == {"alone"} and "decision" not in values else new
