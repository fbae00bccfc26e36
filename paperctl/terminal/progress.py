"""A line that says how far a long task is: on stderr, on a terminal only, gone when the task is over."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TextIO

from paperctl.terminal.colour import on_terminal
from paperctl.text.sanitise import clean
from paperctl.text.width import cut

Report = Callable[[str, float], None]
"""Called with what is being done and the share done, 0 to 1; 0 if the end is not known."""

PATIENCE = 1.0
"""Seconds before the first line: a shorter task has nothing to say."""
_EVERY = 0.1


@contextmanager
def reporting(
    quiet: bool = False, *, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
) -> Iterator[Report]:
    """Gives the function that a task reports to; draws only if `stream` (stderr) is a terminal."""
    out = stream or sys.stderr
    if quiet or not on_terminal(out):
        yield lambda label, share: None
        return
    due = clock() + PATIENCE
    drawn = False

    def report(label: str, share: float) -> None:
        nonlocal due, drawn
        now = clock()
        if now < due:
            return
        due, drawn = now + _EVERY, True
        percent = f" {min(share, 1.0):4.0%}" if share > 0 else " …"
        room = get_terminal_size().columns - 1 - len(percent)
        out.write(f"\r{cut(clean(label), room)}{percent}\x1b[K")
        out.flush()

    try:
        yield report
    finally:
        if drawn:
            out.write("\r\x1b[K")
            out.flush()
