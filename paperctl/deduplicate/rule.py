"""A rule: what it makes of a pair, why, and of which pairs it holds. Rules stand in tables; of a table the
first that holds decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from paperctl.deduplicate.comparison import Comparison

Kind = Literal["duplicate", "version", "maybe", "distinct"]
Holds = Callable[[Comparison], bool]


@dataclass(slots=True, frozen=True)
class Rule:
    """One rule. Its reason may quote the comparison of the titles: "veto: {title.veto}"."""

    kind: Kind
    reason: str
    holds: Holds

    def decide(self, c: Comparison) -> Decision | None:
        """What the rule makes of a pair; None if it does not hold of it."""
        if not self.holds(c):
            return None
        return self.kind, self.reason.format(title=c.title) if "{" in self.reason else self.reason


@dataclass(slots=True, frozen=True)
class Case:
    """A table of rules for the pairs of which a condition holds."""

    holds: Holds
    rules: Table

    def decide(self, c: Comparison) -> Decision | None:
        """What the table makes of a pair; None if the condition or no rule of the table holds of it."""
        return first(self.rules, c) if self.holds(c) else None


Decision = tuple[Kind, str]
"""What a pair is, and the reason."""
Table = Sequence[Rule | Case]


def rule(kind: Kind, reason: str) -> Callable[[Holds], Rule]:
    """Makes a rule of a function: whether the rule holds of a pair."""
    return lambda holds: Rule(kind, reason, holds)


def otherwise(kind: Kind, reason: str) -> Rule:
    """The last rule of a table: it holds of every pair that is left."""
    return Rule(kind, reason, lambda c: True)


def first(table: Table, c: Comparison) -> Decision | None:
    """What the first rule that holds makes of a pair."""
    for entry in table:
        if decision := entry.decide(c):
            return decision
    return None
