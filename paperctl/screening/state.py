"""Which paper comes next, and what was decided so far: the state of screening, without a terminal.

Decisions themselves live in the store; this state is rebuilt from them whenever they are read, so
that two people (or one with two windows) see each other's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperctl.record import Record
from paperctl.record.ids import known_ids
from paperctl.store.opinions import Opinion
from paperctl.store.overlay import Overlay

if TYPE_CHECKING:
    from paperctl.query import Query

_FINAL = ("keep", "skip")
MAYBE_RETURNS = 30
"""A maybe comes back after this many other decisions, and after twice as many each further time."""


class Pick(NamedTuple):
    """The paper to show, and why this one."""

    row: int
    why: Literal["best", "random", "maybe", "decided"]


class Screening:
    """The papers of one session. Rows are indexes of `papers`; `order` has those in scope, best first."""

    def __init__(
        self,
        papers: list[Record],
        overlay: Overlay,
        order: Sequence[int],
        audit: float = 0.05,
        behind: Collection[int] = (),
        stage: str | None = None,
    ) -> None:
        """`papers` come with `overlay` laid over; `order` may be changed later, but not its rows. The rows
        `behind` are versions of works of which another version is shown. At the `stage` of full texts only
        what was decided from these is decided.

        `audit` is the share of papers picked at random: without them what the ranker overlooks
        could not be estimated.
        """
        self.papers = papers
        self.order = order
        self.scope = frozenset(order)
        self.audit = audit
        self.within: frozenset[int] | None = None
        """Rows that a search narrows the session to."""
        self.decided: dict[int, tuple[str, str]] = {}
        """Row → (when, decision), of the decisions that stand."""
        self._rows = {paper: row for row, record in enumerate(papers) for paper in known_ids(record)}
        self._behind = frozenset(behind)
        self._full_text = stage == "fulltext"
        self._deciding = {name: self._rows[name] for name in self._rows if self._rows[name] not in behind}
        """The row that a decision on an id is about."""
        for row in order:
            for member in overlay.works.of(papers[row]["id"]) if behind and papers[row]["versions"] else ():
                self._deciding.update(dict.fromkeys(member.names, row))
        self._imported: dict[int, str] = {}
        for row in range(len(papers)):
            self._note_imported(row, overlay)
        self._wait: dict[int, tuple[int, int]] = {}
        """Row of a maybe → (decisions there were when it was put off, times it was put off)."""
        # By a digest of the id: the same draw in the next session and in another window.
        self.lottery = sorted(order, key=lambda row: hashlib.sha256(papers[row]["id"].encode()).digest())
        self.reread(overlay)
        self._wait = dict.fromkeys(self.maybes, (self.count, 1))

    def reread(self, overlay: Overlay) -> None:
        """Takes over what the store says now."""
        found = {row: ("", decision) for row, decision in self._imported.items()}
        for row in {self._deciding[paper] for paper in overlay.marks if paper in self._deciding}:
            opinion = self.opinion(row, overlay)
            if opinion and opinion.decided:
                last = opinion.outcome
                here = not self._full_text or last.stage == "fulltext"
                found[row] = last.at or opinion.decided, (last.decision or "") if here else ""
        self.decided = {row: (at, word) for row, (at, word) in found.items() if word}

    def rank(self, row: int) -> tuple[int, int] | None:
        """The place of a paper among those without a decision, and how many these are; None for others."""
        fresh = [r for r in self.order if r not in self.decided]
        return (fresh.index(row) + 1, len(fresh)) if row in fresh else None

    def narrow(self, query: Query | None) -> tuple[int, int]:
        """Narrows the session to the papers that match, unless all of these are decided: gives how many of
        them are open, and how many match. None takes the narrowing away."""
        if query is None:
            self.within = None
            return len(self.scope), len(self.scope)
        rows = frozenset(row for row in self.scope if query.matches(self.papers[row]))
        left = sum(1 for row in rows if self.decision(row) in (None, "maybe"))
        if left:
            self.within = rows
        return left, len(rows)

    def opinion(self, row: int, overlay: Overlay) -> Opinion | None:
        """The votes and notes on a paper."""
        return overlay.opinion({**self.papers[row], "decision": self._imported.get(row), "note": None})

    def replace(self, row: int, record: Record, overlay: Overlay) -> None:
        """Takes over a paper as the store has it now; `overlay` is laid over it already."""
        self.papers[row] = record
        self._note_imported(row, overlay)
        self.reread(overlay)

    def _note_imported(self, row: int, overlay: Overlay) -> None:
        """Notes the decision of a dump: the one of a paper without a decision of a person."""
        record = self.papers[row]
        if record.get("decision") and row not in self._behind and not self._full_text:
            opinion = overlay.opinion({**record, "decision": None, "note": None})
            if opinion is None or not opinion.decided:
                self._imported[row] = str(record["decision"])

    def row(self, paper: str) -> int | None:
        """The row of an id, or of an id that was merged into a paper."""
        return self._rows.get(paper)

    def decision(self, row: int) -> str | None:
        """The decision on a paper that stands, if any."""
        return self.decided[row][1] if row in self.decided else None

    def put_off(self, row: int) -> None:
        """Lets a maybe wait its turn."""
        self._wait[row] = (self.count, self._wait.get(row, (0, 0))[1] + 1)

    def replay(self, row: int, decision: str) -> None:
        """Takes a decision as made now without asking the store."""
        self.decided[row] = (f"{len(self.decided):09}", decision)

    # ---- the next paper -----------------------------------------------------------------------

    def next(self) -> Pick | None:
        """The paper to show next, None if nothing is left: a maybe whose time has come, a random
        paper when it is one's turn, else the best that is open."""
        waiting = [row for row in self.maybes if self._admitted(row)]
        for row in waiting:
            since, times = self._wait.get(row, (0, 1))
            if self.count - since >= MAYBE_RETURNS * 2 ** (times - 1):
                return Pick(row, "maybe")
        if len(self.sample) + 1 <= self.audit * self.count:
            for row in self.lottery:
                if row not in self.decided and self._admitted(row):
                    return Pick(row, "random")
        for row in self.order:
            if row not in self.decided and self._admitted(row):
                return Pick(row, "best")
        return Pick(waiting[0], "maybe") if waiting else None

    def next_row(self) -> int | None:
        """The row of the paper to show next, None if nothing is left."""
        pick = self.next()
        return pick.row if pick else None

    def _admitted(self, row: int) -> bool:
        return self.within is None or row in self.within

    # ---- what the decisions amount to ---------------------------------------------------------

    @property
    def training(self) -> dict[int, bool]:
        """What the ranker learns from: row → kept. A maybe teaches nothing."""
        return {row: word == "keep" for row, (_, word) in self.decided.items() if word in _FINAL}

    @property
    def maybes(self) -> list[int]:
        """The maybes in scope, longest undecided first."""
        found = [
            (at, row) for row, (at, word) in self.decided.items() if word == "maybe" and row in self.scope
        ]
        return [row for _, row in sorted(found)]

    @property
    def sequence(self) -> list[bool]:
        """Kept or not, of the papers in scope, in the order they were decided."""
        found = [mark for row, mark in self.decided.items() if row in self.scope and mark[1] in _FINAL]
        return [word == "keep" for _, word in sorted(found)]

    @property
    def sample(self) -> list[bool]:
        """Kept or not, of the papers drawn first: a random sample of the scope, decided without a gap."""
        drawn = takewhile(lambda row: self.decision(row) in _FINAL, self.lottery)
        return [self.decision(row) == "keep" for row in drawn]

    @property
    def last_decided(self) -> list[int]:
        """The rows in scope that are decided on, the last one first."""
        rows = (row for row in self.decided if row in self.scope)
        return sorted(rows, key=lambda row: self.decided[row][0], reverse=True)

    @property
    def count(self) -> int:
        """Number of papers in scope that are kept or skipped."""
        return sum(1 for row, (_, word) in self.decided.items() if word in _FINAL and row in self.scope)
