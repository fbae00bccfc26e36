"""Taking changes back, and doing them again.

Undoing a change of papers writes back the lines that it took out; undoing a decision or a correction
appends an event that names it. Both are changes of their own. A change that is done again is a new change
that names the undo it answers (`redoes`); any other change of the store ends what can be done again.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from paperctl.errors import StoreError
from paperctl.store import files, history, log
from paperctl.store.events import Event

if TYPE_CHECKING:
    from paperctl.store import Logged, Store, Writing


def undo(store: Store, at: str | None = None, *, only_if_last: bool = False) -> Logged | None:
    """See `Store.undo`.

    Raises StoreError when papers.jsonl was changed by other hands since, because the way back would not fit.
    """
    with store.writing() as writing:
        writing.settle()
        standing = [e for e in store.log() if not e.undone and not e.undoes]
        left = [e for e in (standing[-1:] if only_if_last else standing) if at in (None, e.at)]
        if not left:
            return None
        last = left[-1]
        if last.kind == "papers":
            _rewrite_back(writing, last, f"undo {last.did}", {}, undoes=last.at)
        else:
            writing.append(*_taking_back(store, [last.at])[0])
        return last


def redo(store: Store) -> Logged | None:
    """Does again what was undone last, if nothing was changed since but by `undo` and `redo`; gives it,
    None if there is nothing to do again. Raises StoreError as `undo` does."""
    with store.writing() as writing:
        writing.settle()
        changes = store.log()
        undone = next(iter(redoable(changes)), None)
        if undone is None:
            return None
        again = next(entry for entry in changes if entry.at == undone.undoes)
        if undone.kind == "papers":
            did = undone.did.removeprefix("undo ")
            _rewrite_back(writing, undone, did, again.summary, redoes=undone.at)
        else:
            path, event = _event_named(store, undone.undoes)
            writing.append(path, {**event, "redoes": undone.at})
        return again


def redoable(changes: Collection[Logged]) -> list[Logged]:
    """The undos that `redo` answers one after another, the last first: those not answered yet, with only
    undos and redos behind them."""
    answered = {entry.redoes for entry in changes}
    since = takewhile(lambda entry: entry.undoes or entry.redoes, reversed([*changes]))
    return [entry for entry in since if entry.undoes and entry.at not in answered]


def _rewrite_back(
    writing: Writing,
    last: Logged,
    did: str,
    summary: dict[str, object],
    *,
    undoes: str | None = None,
    redoes: str | None = None,
) -> None:
    """Takes a change of papers back, and the events that came with it; `did` and `summary` are what the log
    says of that."""
    store = writing.store
    changes = history.changes(store.folder)
    change = next(c for c in changes if c.at == last.at)
    if (now := files.stamp(store.papers_file)) != change.after:
        by = "by a later command" if now == changes[-1].after else "outside paperctl since"
        verb, what = ("undo" if undoes else "redo"), did.removeprefix("undo ")
        raise StoreError(
            f"cannot {verb} “{what}”: papers.jsonl was changed {by}",
            f"what it replaced stands in {change.path}",
        )
    if undoes:
        events = _taking_back(store, last.events)
    else:  # the events that the undo took back
        names = [e.undoes for e in log.of_files(store) if e.at in last.events]
        events = [_event_named(store, name) for name in names]
    writing.rewrite(history.way_back(change), did, summary, undoes=undoes, redoes=redoes, events=events)


def _taking_back(store: Store, ats: Collection[str]) -> list[tuple[Path, Event]]:
    """The events, with their files, that undo those of the events named by `ats` that still stand."""
    file = {"decisions": store.decisions_file, "corrections": store.corrections_file}
    return [
        (file[event.kind], {"did": f"undo {event.did}", "undoes": event.at})
        for event in log.of_files(store)
        if event.kind != "papers" and event.at in ats and not event.undone
    ]


def _event_named(store: Store, at: str | None) -> tuple[Path, Event]:
    """The event that was written at a time, without it, and its file."""
    for path in (store.decisions_file, store.corrections_file):
        for event in store.events_in(path)[0]:
            if event["at"] == at:
                return path, {name: value for name, value in event.items() if name != "at"}
    raise StoreError(f"the change of {at} is no longer in the store")
