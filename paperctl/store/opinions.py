"""The marks of several people on a paper, taken together.

Each has one vote, the last one; a maybe gives way to another's keep or skip. A keep against a skip is a
conflict, which counts as a maybe until one person resolves it. Each has a note of their own.

Marks without a name are of stores that knew no names: whoever decides after them replaces them. A note
without a name may also come from a dump, or from papers that were merged: next to the notes of several people
it stays, and with one person it is a part of theirs. A mark from a colleague's file replaces no other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct, field

PERSONAL = frozenset({"decision", "reason", "stage", "note", "by", "resolves", "alone", "blind"})
"""The values of a mark that belong to one person; the others are one for all."""
FULL_TEXT = "fulltext"
"""The later of the two stages: whoever decides from the full text knows more."""


class Mark(NamedTuple):
    """The values that one person set on one paper in one event: decision, reason, stage, note, …"""

    at: str
    by: str
    values: Mapping[str, Any]
    here: bool = True
    """Whether the person set it in this store, and so saw what stood there."""

    @property
    def alone(self) -> bool:
        """Whether it is for this version of a work only."""
        return bool(self.values.get("alone"))


class Vote(NamedTuple):
    """A person's decision; None where it was taken back."""

    by: str
    at: str
    decision: str | None
    reason: str | None = None
    stage: str | None = None
    alone: bool = False


class Opinion(Struct):
    """The votes on a paper by person, the vote that resolved a conflict, and the notes by person."""

    votes: dict[str, Vote] = field(default_factory=dict)
    early: dict[str, str] = field(default_factory=dict)
    """What people decided from title and abstract before they did so from the full text."""
    final: Vote | None = None
    notes: dict[str, str] = field(default_factory=dict)
    noted: str = ""
    """When the last note was written."""
    decided: str = ""
    """When the last decision was made or taken back."""

    @property
    def firm(self) -> list[Vote]:
        """The votes that count, oldest first: once somebody has read the full text, that one and those
        after it, not the decision on title and abstract; of these keeps and skips, or else the maybes."""
        votes = [vote for vote in self.votes.values() if vote.decision]
        if full := [vote.at for vote in votes if vote.stage == FULL_TEXT]:
            first = min(full)
            votes = [v for v in votes if v.stage == FULL_TEXT or (v.stage is None and v.at > first)]
        return _firm(votes)

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
        every = _firm([vote for vote in self.votes.values() if vote.decision])
        return "agreed" if len(every) > 1 and len({vote.decision for vote in every}) == 1 else None

    @property
    def outcome(self) -> Vote:
        """The decision that follows from all votes, with the last reason and stage that one of them has; the
        reason of a conflict is that of a skip."""
        if self.final:
            return self.final
        if not (votes := self.firm):
            return Vote("", self.decided, None)
        last = Vote("", votes[-1].at, "maybe") if self.differ else votes[-1]
        reasons = [
            v.reason for v in reversed(votes) if v.reason and not (self.differ and v.decision == "keep")
        ]
        stages = [vote.stage for vote in reversed(votes) if vote.stage]
        return last._replace(reason=next(iter(reasons), None), stage=next(iter(stages), None))

    @property
    def decided_by(self) -> list[str]:
        """The names of those who decided, the resolving person last."""
        names = [vote.by for vote in self.votes.values() if vote.decision and vote.by]
        return list(dict.fromkeys([*names, *([self.final.by] if self.final and self.final.by else [])]))

    @property
    def summary(self) -> str:
        """Who decided what, as text: "Ann keep, Bob skip (too old), settled by Cleo: keep"."""
        parts = [_voted(vote) for vote in self.votes.values() if vote.decision and vote.by]
        if self.final:
            parts.append(f"settled by {self.final.by or 'somebody'}: {_voted(self.final, named=False)}")
        return ", ".join(parts)

    @property
    def signed(self) -> bool:
        """Whether notes show their writers' names: where more than one person decided or wrote."""
        return len({*self.notes, *self.decided_by} - {""}) > 1 or len(self.notes) > 1

    @property
    def note(self) -> str | None:
        """All notes, each behind its writer's name if they are `signed`."""
        if not self.signed:
            return next(iter(self.notes.values()), None)
        return "\n".join(_signed(by, text) for by, text in self.notes.items()) or None

    def own_note(self, text: str | None, by: str) -> str | None:
        """Of a note that replaces the one shown, the writer's own part, without the parts of others."""
        if text is None:
            return None
        own = text
        for other, part in self.notes.items():
            if other != by and (other or self.signed):
                own = _without(own, _signed(other, part))
                own = own if self.signed else _without(own, part)
        if self.signed:
            return own.strip().removeprefix(f"{by}: ").strip() or None
        # Where no part of others was taken out, it stays as it was typed. A note equal to another person's is
        # kept for both: they mean the same.
        return text if own == text else own.strip() or text


def _firm(votes: list[Vote]) -> list[Vote]:
    """Keeps and skips, or else the maybes."""
    return [vote for vote in votes if vote.decision != "maybe"] or votes


def _voted(vote: Vote, *, named: bool = True) -> str:
    reason = f" ({vote.reason})" if vote.reason else ""
    return f"{vote.by + ' ' if named else ''}{vote.decision}{reason}"


def _signed(by: str, text: str) -> str:
    return f"{by}: {text}" if by else text


def _without(text: str, part: str) -> str:
    """The text without the lines of a part of it, where it has them."""
    return f"\n{text}\n".replace(f"\n{part}\n", "\n", 1)[1:-1]


def opinion_of(marks: Iterable[Mark], first: Vote | None = None, note: str | None = None) -> Opinion:
    """The opinion that follows from marks, oldest first; `first` and `note` are a dump's."""
    found = Opinion()
    if first and first.decision:
        found.votes[""] = first
    if note:
        found.notes[""] = note
    for mark in marks:
        _take_vote(found, mark)
        if "note" in mark.values:
            _take_note(found, mark)
    return found


def _take_vote(found: Opinion, mark: Mark) -> None:
    values, by = mark.values, mark.by
    if "decision" not in values:
        _amend(found, mark)
        return
    found.decided = mark.at
    if mark.here and by:
        found.votes.pop("", None)
    elif mark.here:
        found.votes.clear()
        found.final = None
    vote = Vote(by, mark.at, values["decision"], values.get("reason"), values.get("stage"), mark.alone)
    if values.get("resolves") and vote.decision:
        found.final = vote
        return
    if found.final and _reopens(vote, found.final):
        found.final = None
    before = found.votes.pop(by, None)
    if vote.stage != FULL_TEXT:
        found.early.pop(by, None)
    elif before and before.decision and before.stage != FULL_TEXT:
        found.early[by] = before.decision
    found.votes[by] = vote


def _reopens(vote: Vote, final: Vote) -> bool:
    """Whether a vote after a conflict was settled says something else than what settled it. What settled the
    abstract does not settle the full text."""
    later = vote.stage == FULL_TEXT and final.stage != FULL_TEXT
    return later or vote.decision != final.decision


def _amend(found: Opinion, mark: Mark) -> None:
    """A reason or stage given after the decision."""
    new = {name: mark.values[name] for name in ("reason", "stage") if name in mark.values}
    if not new:
        return
    if found.final and found.final.by == mark.by:
        found.final = found.final._replace(**new)
    elif (vote := found.votes.get(mark.by) or found.votes.get("")) is not None:
        found.votes[vote.by] = vote._replace(**new)


def _take_note(found: Opinion, mark: Mark) -> None:
    found.noted = mark.at
    note, by = mark.values["note"] or "", mark.by
    if mark.here and not by:
        found.notes.clear()
    elif mark.here and not mark.values.get("blind") and "" in found.notes:
        if {*found.notes, *found.decided_by} <= {"", by}:
            del found.notes[""]  # the only person here replaced the note that was shown
        else:
            note = _without(note, found.notes[""]).strip().removeprefix(f"{by}: ")
    if note:
        found.notes[by] = note
    else:
        found.notes.pop(by, None)
