"""What paperctl says when it cannot go on: one line, a hint how to mend it, a code and the exit status."""

from __future__ import annotations

from collections.abc import Iterable

FAILED, USAGE, PARTLY, INTERRUPTED = 1, 2, 3, 130

CODES = {
    "failed": "something else; the message says what",
    "usage": "an unknown flag or value, or flags that exclude each other",
    "no-such-command": "no command has this name",
    "no-such-paper": "an id that names no paper",
    "several-papers": "an id that names more than one paper",
    "no-such-field": "no field of a paper has this name",
    "no-such-topic": "no topic has this name",
    "no-such-format": "no format has this name",
    "no-such-query": "no query was saved under this name",
    "bad-query": "a query that cannot be read",
    "bad-config": "a config file or topic rule that cannot be read",
    "missing-extra": "a part of paperctl that is installed on demand",
    "no-terminal": "a command for people, where there is no terminal",
    "unreadable": "a dump of which nothing could be read",
    "partly-read": "a dump of which some entries could not be read; the receipt says which",
    "store": "the store is damaged, or written by a newer version",
    "store-busy": "another process is writing to the store",
    "system": "the operating system refused: no such file, no space, no right",
    "interrupted": "Ctrl-C or a signal",
    "internal": "a fault of paperctl",
}
"""What `error.code` says with `--json`, and its meaning. Scripts rely on them: none is renamed."""


class PaperctlError(Exception):
    """Shown to the user as `paperctl: MESSAGE` plus the hint; `status` becomes the exit status, `code` (of
    `CODES`) what scripts read."""

    status = FAILED
    code = "failed"

    def __init__(self, message: str, hint: str | None = None, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.code

    def one_line(self) -> str:
        """The first line of the message, and the hint: what a status line shows."""
        return "; ".join(filter(None, (self.message.split("\n", 1)[0], self.hint)))

    def with_hint(self) -> str:
        """The whole message and the hint."""
        return f"{self.message}; {self.hint}" if self.hint else self.message

    def as_json(self) -> dict[str, object]:
        """The error as `--json` prints it on stderr."""
        return error_as_json(self.code, self.message, self.hint, self.status)


class UsageError(PaperctlError):
    """An unknown field, topic or id, a bad query or a bad setting."""

    status = USAGE
    code = "usage"


class NoTerminal(UsageError):
    """A command for people, started where there is no terminal."""

    code = "no-terminal"


class DumpError(PaperctlError):
    """A dump that cannot be read at all; entries that cannot be read are `Fault` items instead."""

    code = "unreadable"


class NotADump(DumpError):
    """A file that has nothing to do with papers: an error where it was named, a skip where its folder was."""


class MissingExtra(PaperctlError):
    """A library that one of the extras installs is not there."""

    code = "missing-extra"

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the {extra} extra", f"pip install 'paperctl-triage[{extra}]'")


class StoreError(PaperctlError):
    """The store is damaged, locked, read-only or written by a newer version."""

    code = "store"


def error_as_json(code: str, message: str, hint: str | None, status: int) -> dict[str, object]:
    """An error in the shape that `paperctl schema error` describes."""
    return {"error": {"code": code, "message": message, "hint": hint, "status": status}}


def nearest(word: str, known: Iterable[str], least: float = 0.5) -> str | None:
    """The known word most like this one, whatever their case, if any is near: `least` of both are the same
    letters in the same order."""
    from difflib import get_close_matches

    names = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), names, 1, least)
    return names[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str], least: float = 0.5) -> str:
    """` (did you mean NAME?)`, to be put behind an unknown word, or nothing if no name is near."""
    near = nearest(word, known, least)
    return f" (did you mean {near}?)" if near else ""
