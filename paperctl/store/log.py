"""The log: every change of a store, from its history and its events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, structs

from paperctl.store.events import papers_of

if TYPE_CHECKING:
    from paperctl.store import Store


class Logged(Struct, frozen=True):
    """One change of the store: when, what, and whether it was taken back."""

    at: str
    did: str
    summary: dict[str, Any]
    undone: bool
    kind: Literal["decisions", "corrections", "papers"]
    undoes: str | None = None
    events: tuple[str, ...] = ()
    redoes: str | None = None
    by: str = ""
    """Who did it; empty where that is not known."""

    def called(self, word: str) -> bool:
        """Whether its id begins as a person wrote it, who may have a blank before the hour."""
        return self.at.startswith(word.strip().upper().replace(" ", "T"))


def of_commands(store: Store) -> list[Logged]:
    """Every change, oldest first, undone ones and undos included. Events that a rewrite of the
    papers brought with it are one change with it."""
    every = of_files(store)
    folded = {at for e in every if e.events for at in e.events}
    undone = {e.at for e in every if e.undone}
    # What a stop left apart is shown apart.
    folded -= {at for e in every for at in e.events if (at in undone) != (e.at in undone)}
    return [e for e in every if e.at not in folded and e.undoes not in folded]


def of_files(store: Store) -> list[Logged]:
    """The same, with every event as a change of its own."""
    found: list[Logged] = []
    undone: set[str | None] = set()
    kinds: tuple[tuple[Literal["decisions", "corrections"], Path], ...] = (
        ("decisions", store.decisions_file),
        ("corrections", store.corrections_file),
    )
    for kind, path in kinds:
        events, damage = store.events_in(path)
        for what in damage:
            store.notify_once(f"{what.line}; left out (paperctl check)")
        for e in events:
            undone.add(e.get("undoes"))
            summary = {"papers": len(papers_of(e))}
            did, redoes, by = str(e.get("did", "")), e.get("redoes"), e.get("by", "")
            found.append(Logged(e["at"], did, summary, False, kind, e.get("undoes"), (), redoes, by))
    for c in store.committed():
        undone.add(c.undoes)
        found.append(Logged(c.at, c.did, c.summary, False, "papers", c.undoes, c.events, c.redoes, c.by))
    found.sort(key=lambda entry: entry.at)
    return [structs.replace(entry, undone=entry.at in undone) for entry in found]
