"""How far a session of screening is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperctl.screening.estimate import Estimate
    from paperctl.screening.state import Screening


@dataclass(slots=True)
class Progress:
    """What the header shows."""

    seen: int
    of: int
    kept: int
    maybe: int
    skips: int
    """Skips since the last keep."""
    estimate: Estimate | None = None
    within: str = ""
    """The query that narrows the session, if any."""


def progress_of(state: Screening, estimate: Estimate | None, within: str) -> Progress:
    """The progress of a session whose papers are in this state, narrowed by a query."""
    sequence = state.sequence
    return Progress(
        seen=len(sequence),
        of=len(state.scope),
        kept=sum(sequence),
        maybe=len(state.maybes),
        skips=next((n for n, kept in enumerate(reversed(sequence)) if kept), len(sequence)),
        estimate=estimate,
        within=within,
    )
