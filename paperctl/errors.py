"""What paperctl says when it cannot go on: one line, a hint how to mend it, and the exit status."""

from __future__ import annotations

from collections.abc import Iterable

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


class NotADump(DumpError):
    """A file that has nothing to do with papers: an error where it was named, a skip where its folder was."""


class StoreError(PaperctlError):
    """The store is damaged, locked, read-only or written by a newer version."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, whatever their case, if any is near."""
    from difflib import get_close_matches

    names = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), names, 1, 0.5)
    return names[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean NAME?)`, to be put behind an unknown word, or nothing if no name is near."""
    near = nearest(word, known)
    return f" (did you mean {near}?)" if near else ""
