"""What several people said of a paper, taken together.

Each has one vote, the last one; a maybe gives way to another's keep or skip. A keep against a skip is a
conflict, which counts as a maybe until somebody resolves it. Each has a note of their own.

Sayings without a name are of stores that knew no names: whoever decides after them overrules them. A note
without a name is also a dump's, or of several papers that were merged: it stays beside those of several
people, and is a part of the note of one who is alone. What was taken from a colleague's file overrules
nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct, field

OF_OPINIONS = frozenset({"decision", "reason", "stage", "note", "by", "resolves", "alone"})
"""What a saying has that is one person's."""


class Saying(NamedTuple):
    """What one person said of one paper in one event."""

    at: str
    by: str
    said: Mapping[str, Any]
    here: bool = True
    """Whether the person said it to this store, and so knew what it says."""

    @property
    def alone(self) -> bool:
        """Whether it is meant for this version of a work only."""
        return bool(self.said.get("alone"))


class Vote(NamedTuple):
    """A person's decision; None where it was taken back."""

    by: str
    at: str
    decision: str | None
    reason: str | None = None
    stage: str | None = None
    alone: bool = False


class Opinion(Struct):
    """The votes on a paper by person, the word that resolved a conflict, and the notes by person."""

    votes: dict[str, Vote] = field(default_factory=dict)
    final: Vote | None = None
    notes: dict[str, str] = field(default_factory=dict)
    noted: str = ""
    """When the last note was written."""
    decided: str = ""
    """When the last decision was made or taken back."""

    @property
    def firm(self) -> list[Vote]:
        """The votes that count, oldest first: keeps and skips, or else the maybes."""
        votes = [vote for vote in self.votes.values() if vote.decision]
        return [vote for vote in votes if vote.decision != "maybe"] or votes

    @property
    def differ(self) -> bool:
        """Whether one person keeps what another skips."""
        return len({vote.decision for vote in self.firm}) > 1

    @property
    def agreement(self) -> str | None:
        """Whether several people agree: "agreed", "conflict", "resolved"; None while one person decided."""
        if self.final:
            return "resolved"
        if self.differ:
            return "conflict"
        return "agreed" if len(self.firm) > 1 else None

    @property
    def outcome(self) -> Vote:
        """The decision that all of it amounts to."""
        if self.final:
            return self.final
        if not (votes := self.firm):
            return Vote("", self.decided, None)
        if self.differ:
            return Vote("", votes[-1].at, "maybe")
        last = votes[-1]
        reasons = [vote.reason for vote in reversed(votes) if vote.reason]
        stages = [vote.stage for vote in reversed(votes) if vote.stage]
        return last._replace(reason=next(iter(reasons), None), stage=next(iter(stages), None))

    @property
    def decided_by(self) -> list[str]:
        """The names of those who decided, the resolving person last."""
        names = [vote.by for vote in self.votes.values() if vote.decision and vote.by]
        return list(dict.fromkeys([*names, *([self.final.by] if self.final and self.final.by else [])]))

    @property
    def told(self) -> str:
        """Who decided what, in words: "Ann keep, Bob skip (too old), settled by Cleo: keep"."""
        said = [_voted(vote) for vote in self.votes.values() if vote.decision and vote.by]
        if self.final:
            said.append(f"settled by {self.final.by or 'somebody'}: {_voted(self.final, named=False)}")
        return ", ".join(said)

    @property
    def signed(self) -> bool:
        """Whether notes bear their writers' names: where more than one person spoke."""
        return len({*self.notes, *self.decided_by} - {""}) > 1 or len(self.notes) > 1

    @property
    def note(self) -> str | None:
        """All notes, each behind its writer's name if they are `signed`."""
        if not self.signed:
            return next(iter(self.notes.values()), None)
        return "\n".join(_signed(by, text) for by, text in self.notes.items()) or None

    def own_note(self, text: str | None, by: str) -> str | None:
        """What of a note written over the one shown is the writer's own: the parts of others go."""
        if text is None:
            return None
        own = text
        for other, part in self.notes.items():
            if other != by and (other or self.signed):
                own = _without(own, _signed(other, part))
                own = own if self.signed else _without(own, part)
        if self.signed:
            return own.strip().removeprefix(f"{by}: ").strip() or None
        # Where nothing of others went, it stays as it was typed. A note that says no more than another's was
        # not written over it: both mean the same.
        return text if own == text else own.strip() or text


def _voted(vote: Vote, *, named: bool = True) -> str:
    reason = f" ({vote.reason})" if vote.reason else ""
    return f"{vote.by + ' ' if named else ''}{vote.decision}{reason}"


def _signed(by: str, text: str) -> str:
    return f"{by}: {text}" if by else text


def _without(text: str, part: str) -> str:
    """The text without the lines of a part of it, where it has them."""
    return f"\n{text}\n".replace(f"\n{part}\n", "\n", 1)[1:-1]


def opinion_of(sayings: Iterable[Saying], first: Vote | None = None, note: str | None = None) -> Opinion:
    """The opinion that sayings, oldest first, amount to; `first` and `note` are what dumps say."""
    found = Opinion()
    if first and first.decision:
        found.votes[""] = first
    if note:
        found.notes[""] = note
    for saying in sayings:
        _take_vote(found, saying)
        if "note" in saying.said:
            _take_note(found, saying)
    return found


def _take_vote(found: Opinion, saying: Saying) -> None:
    said, by = saying.said, saying.by
    if "decision" not in said:
        _amend(found, saying)
        return
    found.decided = saying.at
    if saying.here and by:
        found.votes.pop("", None)
    elif saying.here:
        found.votes.clear()
        found.final = None
    vote = Vote(by, saying.at, said["decision"], said.get("reason"), said.get("stage"), saying.alone)
    if said.get("resolves") and vote.decision:
        found.final = vote
        return
    if found.final and (vote.decision is None or vote.decision != found.final.decision):
        found.final = None
    found.votes.pop(by, None)
    found.votes[by] = vote


def _amend(found: Opinion, saying: Saying) -> None:
    """A reason or stage given after the decision."""
    new = {name: saying.said[name] for name in ("reason", "stage") if name in saying.said}
    if not new:
        return
    if found.final and found.final.by == saying.by:
        found.final = found.final._replace(**new)
    elif (vote := found.votes.get(saying.by) or found.votes.get("")) is not None:
        found.votes[vote.by] = vote._replace(**new)


def _take_note(found: Opinion, saying: Saying) -> None:
    found.noted = saying.at
    note, by = saying.said["note"] or "", saying.by
    if saying.here and not by:
        found.notes.clear()
    elif saying.here and "" in found.notes:
        if {*found.notes, *found.decided_by} <= {"", by}:
            del found.notes[""]  # the only person here wrote over the note that was shown
        else:
            note = _without(note, found.notes[""]).strip().removeprefix(f"{by}: ")
    if note:
        found.notes[by] = note
    else:
        found.notes.pop(by, None)
