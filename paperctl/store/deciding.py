"""What of a person's words on papers is new, and whether it resolves a conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from paperctl.record import Record
from paperctl.store.events import Overlay
from paperctl.store.opinions import OF_OPINIONS, Opinion

if TYPE_CHECKING:
    from paperctl.store import Store, Writing


Marks = Mapping[str, Mapping[str, Any]]
"""Paper id → what is said of it."""

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
            for paper, said in marks.items()
            if (new := _news(said, before[paper], store.reviewer, store.blind))
        }
        return writing.append(store.decisions_file, {"did": did, "set": news}) if news else None


class _Before(NamedTuple):
    """What people decided and noted on a paper, and what is one for all of them: status, cite key."""

    opinion: Opinion
    words: dict[str, Any]


def _before(store: Store, marks: Marks, writing: Writing, records: Iterable[Record]) -> dict[str, _Before]:
    """What was said before of each of these papers. What was said of papers merged into it counts, too, but
    is looked up only where the new word seems to repeat the old one, or several people decide."""
    overlay = store.overlay
    found = {paper: _said(overlay, {"id": paper}) for paper in marks}
    # The decision and note of a record in memory may be some that were laid over it.
    known: dict[str, Mapping[str, Any]] = {
        record["id"]: {**record, "note": None}
        for record in records
        if "note" not in marks.get(record["id"], ())
    }
    several = bool(overlay.reviewers - {store.reviewer})
    wanted = {p for p, said in marks.items() if several or _repeats(said, found[p], store.reviewer)}
    if wanted - known.keys():
        known |= {r["id"]: r for r in writing.papers_with(wanted).values()}
    found.update((paper, _said(overlay, known[paper])) for paper in wanted & known.keys())
    return found


def _said(overlay: Overlay, record: Mapping[str, Any]) -> _Before:
    plain = {"note": None, **record, "decision": None, "versions": [record["id"]]}
    words = {name: value for name, (_, value) in overlay.marks_of(plain).items() if name not in OF_OPINIONS}
    return _Before(overlay.opinion(plain) or Opinion(), words)


def _own(before: _Before, by: str) -> dict[str, Any]:
    """What a person said of a paper so far."""
    opinion, said = before
    vote = opinion.final if opinion.final and opinion.final.by == by else opinion.votes.get(by)
    if by in opinion.notes:
        said = {**said, "note": opinion.notes[by]}
    return said if vote is None else {**said, **{name: getattr(vote, name) for name in _OF_A_VOTE}}


def _repeats(said: Mapping[str, Any], before: _Before, by: str) -> bool:
    own = _own(before, by)
    return any(name in own and own[name] == value for name, value in said.items())


def _news(said: Mapping[str, Any], before: _Before, by: str, blind: bool) -> dict[str, Any]:
    """What of a person's saying is new; with a new decision all that goes with it is."""
    had = _own(before, by)
    if "note" in said:
        said = {**said, "note": before.opinion.own_note(said["note"], by)}
    new = _unheard(said, had)
    resolves = before.opinion.differ and not blind and said.get("decision") is not None
    if not new and not (resolves and before.opinion.final is None):
        return {}
    if "decision" not in said or not (resolves or "decision" in new or "alone" in new):
        return new
    return {**said, "resolves": True} if resolves else dict(said)


def _unheard(said: Mapping[str, Any], had: Mapping[str, Any]) -> dict[str, Any]:
    new = {name: value for name, value in said.items() if name not in had or had[name] != value}
    # Being meant for one version is nothing by itself, only with a decision.
    return {} if new.keys() == {"alone"} and "decision" not in said else new
