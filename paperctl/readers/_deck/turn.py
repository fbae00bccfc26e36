"""Numbers before the titles of a talk, which go up by one."""

from __future__ import annotations

_SKIPPED = 3
"""So many papers of a section may go without a number before one has it again."""


class Turn:
    """Which number the next paper of a section has; slides number on through a talk, or in each section."""

    def __init__(self) -> None:
        self._due = self._last = 1

    def begin(self) -> None:
        """A section begins."""
        self._due = 1

    def comes(self, count: int) -> bool:
        """Whether a number is in turn."""
        return any(0 <= count - due <= _SKIPPED for due in (self._due, self._last))

    def takes(self, count: int) -> bool:
        """Whether a number is in turn; the next follows it then."""
        if not self.comes(count):
            self._last = self._due
            return False
        self._due = self._last = count + 1
        return True
