"""What paperctl says when it cannot go on: one line, a hint how to mend it, and the exit status."""

from __future__ import annotations

FAILED, USAGE, PARTLY, INTERRUPTED = 1, 2, 3, 130


class PaperctlError(Exception):
    """Shown to the user as `paperctl: MESSAGE` plus the hint; `status` becomes the exit status."""

    status = FAILED

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PaperctlError):
    """An unknown field, topic or id, a bad query or a bad setting."""

    status = USAGE


class DumpError(PaperctlError):
    """A dump that cannot be read at all; entries that cannot be read are `Fault` items instead."""


class StoreError(PaperctlError):
    """The store is damaged, locked, read-only or written by a newer version."""
