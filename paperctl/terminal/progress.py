"""A line that says how far a long task is: on stderr, on a terminal only, gone when the task is over."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from shutil import get_terminal_size
from typing import TextIO

from paperctl.parallel.reports import Progress, no_progress
from paperctl.terminal.colour import on_terminal
from paperctl.text.sanitise import clean
from paperctl.text.width import cut

PATIENCE = 1.0
"""Seconds before the first line: a shorter task has nothing to say."""
EVERY = 0.1
_BAR, _WIDE = 20, 60
"""Columns of the bar, and of a terminal that has room for it."""
_TURNS = "|/-\\"


@contextmanager
def reporting(quiet: bool = False, *, stream: TextIO | None = None) -> Iterator[Progress]:
    """Gives the function that a task reports to; draws only if `stream` (stderr) is a terminal.

    A bar, the step, the share done of it and the time that is left of it. Where no share is known a sign
    turns, also while the task reports nothing: the command lives.
    """
    out = stream or sys.stderr
    if quiet or not on_terminal(out):
        yield no_progress
        return
    line = _Line(out)
    try:
        yield line.report
    finally:
        line.end()


class _Line:
    """The line of one task. A thread draws it, and nothing else does; the task only sets its state."""

    def __init__(self, out: TextIO) -> None:
        import threading  # most commands end before a line is due

        self._out = out
        self._state: tuple[str, float] | None = None
        self._drawn = False
        self._step, self._began, self._from, self._at = "", 0.0, 0.0, 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def report(self, label: str, share: float) -> None:
        self._state = label, share

    def end(self) -> None:
        """Takes the line away."""
        self._over.set()
        self._thread.join()
        if self._drawn:
            self._write("\r\x1b[K")

    def _run(self) -> None:
        turns, pause = cycle(_TURNS), PATIENCE
        while not self._over.wait(pause):
            pause = EVERY
            if self._state:
                self._draw(next(turns), *self._state)

    def _draw(self, turn: str, label: str, share: float) -> None:
        share = min(share, 1.0)
        how_far = f" {share:4.0%}{self._left(label, share)}" if share > 0 else f" {turn}"
        columns = get_terminal_size().columns
        bar = f"{self._bar(share)} " if share > 0 and columns >= _WIDE else ""
        room = columns - 1 - len(how_far) - len(bar)
        self._write(f"\r{bar}{cut(clean(label), room)}{how_far}\x1b[K")
        self._drawn = True

    def _bar(self, share: float) -> str:
        done, todo = "█░" if "utf" in (self._out.encoding or "utf").lower() else "#-"
        full = round(share * _BAR)
        return done * full + todo * (_BAR - full)

    def _left(self, label: str, share: float) -> str:
        """How long the rest of a step takes if it goes on as it did: a label's first word names its step."""
        step, now = label.partition(" ")[0], time.monotonic()
        if step != self._step or share < self._at:
            self._step, self._began, self._from = step, now, share
        self._at = share
        gone = now - self._began
        if gone < PATIENCE or share <= self._from:
            return ""
        seconds = round(gone / (share - self._from) * (1 - share))
        return f"  {seconds // 60}:{seconds % 60:02} left"

    def _write(self, text: str) -> None:
        """Writes past Python's buffers: a process forked meanwhile must not find their lock taken."""
        try:
            file = self._out.fileno()
        except OSError:  # no file, as in a test
            self._out.write(text)
            return
        self._out.flush()
        os.write(file, text.encode(self._out.encoding, "replace"))
