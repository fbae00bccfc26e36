"""The functions of lower rooms that the screen calls, given by the command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperctl.record import Record

if TYPE_CHECKING:
    from paperctl.query import Sought


@dataclass(frozen=True)
class Callbacks:
    """Functions from what a person types or stands on to what is shown. Each may raise UsageError."""

    find: Callable[[str, str, Callable[[], bool]], list[str]]
    """Query and sort keys become ids in order; ends early, with anything, where the function says so."""
    alike: Callable[[str], list[str]]
    sought: Callable[[str], Sequence[Sought]]
    """The terms of a query."""
    cues: Callable[[Record], Sequence[Sought]]
    explained: Callable[[Record], str]
    open: Callable[[str], str]
