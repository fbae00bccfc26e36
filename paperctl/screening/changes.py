"""What the keys of a session write to the store, and how that is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from paperctl.screening import pages
from paperctl.screening.state import Screening
from paperctl.store import Store

if TYPE_CHECKING:
    from paperctl.topics import Rules


class Changes:
    """The changes of one session. `mark` goes into each decision. Each method returns the message for the
    person, "" where there is none, and reads the decisions of the store anew."""

    def __init__(self, store: Store, state: Screening, rules: Rules, mark: Mapping[str, object]) -> None:
        self._store, self._state, self._rules, self._mark = store, state, rules, mark
        self._history: list[tuple[str, int]] = []
        """What was written in this session: (when, row)."""
        self._asked_undo: str | None = None
        """The change of somebody else or of an earlier session that the next undo takes back."""

    def __len__(self) -> int:
        return len(self._history)

    def forget_question(self) -> None:
        """The next undo asks again before it takes back what was not done in this session."""
        self._asked_undo = None

    def decide(self, row: int, decision: str, reason: str | None) -> str:
        """Decides on a paper, unless another window has done so since it was shown."""
        shown = self._state.decision(row)
        self.reread()
        now = self._state.decision(row)
        if now not in (shown, decision):
            return f"{now or 'undone'} by another window meanwhile; press again to overrule"
        values = {"decision": decision, **self._mark, **({"reason": reason} if reason else {})}
        record = self._state.papers[row]
        self._written(self._store.decide({record["id"]: values}, f"screen {decision}", [record]), row)
        if decision == "maybe":
            self._state.put_off(row)
        self.reread()
        return ""

    def undo(self, key: str) -> tuple[str, int | None, bool]:
        """Takes back the last change of this session, or asks (for another press of `key`) before one that
        was made elsewhere: the message, the row of its paper, and whether anything was undone."""
        before = dict(self._state.decided)
        at, row = self._history.pop() if self._history else (self._asked_undo, None)
        if at is None:
            return self._question(key), None, False
        self._asked_undo = None
        undone = self._store.undo(at)
        if undone is None:
            return "nothing is left to undo", None, False
        self.reread()
        if row is None:
            rows = before.keys() | self._state.decided.keys()
            changed = [r for r in rows if before.get(r) != self._state.decided.get(r)]
            row = changed[0] if changed else None
        return f"undone: {undone.did.removeprefix('screen ')}", row, True

    def _question(self, key: str) -> str:
        done = [e for e in self._store.log() if not e.undone and e.did.startswith("screen ")]
        if not done:
            return "nothing is left to undo"
        last = done[-1]
        self._asked_undo = last.at
        by = f" by {last.by}" if last.by else ""
        what = f"{last.did.removeprefix('screen ')}{by} of {last.at[:16].replace('T', ' ')}"
        return f"not of this session: {what}; {key} again takes it back"

    def own_note(self, row: int) -> str:
        """The note of the person at the keyboard."""
        opinion = self._state.opinion(row, self._store.overlay)
        if opinion is None or not (opinion.signed or opinion.notes.keys() - {"", self._store.reviewer}):
            return self._state.papers[row].get("note") or ""
        return opinion.notes.get(self._store.reviewer, "")

    def note(self, row: int, text: str) -> str:
        """Writes a note on a paper; an empty one takes it away."""
        paper = self._state.papers[row]["id"]
        self._written(self._store.decide({paper: {"note": text or None}}, "screen note"), row)
        self.reload(row)
        return "note saved" if text else "note removed"

    def topic_names(self, has: Sequence[str]) -> list[str]:
        """The topics that there are, and those that only this paper has."""
        return [*self._rules.names, *(name for name in has if name not in self._rules.names)]

    def topic(self, row: int, text: str) -> str:
        """Gives a paper the topic meant, or takes it away where the paper has it."""
        if not text:
            return ""
        has = self._state.papers[row]["topics"]
        found = pages.topics_meant(text, names := self.topic_names(has))
        if len(found) != 1:
            which = f"; {' or '.join(found)}?" if found else f"; there are {', '.join(names)}"
            return f"no topic called {text!r}{which}"
        verb = "remove" if found[0] in has else "add"
        paper = self._state.papers[row]["id"]
        did = f"screen topic {verb} {found[0]}"
        self._written(self._store.correct_topics({paper: {verb: found}}, did), row)
        self.reload(row)
        return f"topic {found[0]} {'removed' if verb == 'remove' else 'added'}"

    def _written(self, at: str | None, row: int) -> None:
        """Notes when something was written, None where it was so already."""
        if at is not None:
            self._history.append((at, row))

    def reread(self) -> None:
        """Takes over what the store says now."""
        self._store.refresh()
        self._state.reread(self._store.overlay)

    def reload(self, row: int) -> None:
        """Reads one paper anew: its note or topics have changed."""
        self.reread()
        paper = self._state.papers[row]["id"]
        for record in self._store.papers((paper.encode(),)):
            if record["id"] == paper:
                self._state.replace(row, record, self._store.overlay)
