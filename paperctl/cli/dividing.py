"""`WORD… -- ID…`: a command line whose `--` divides two lists."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

from paperctl.cli.ids import resolve
from paperctl.cli.session import Session
from paperctl.errors import UsageError

_DIVIDER = "\0--"


class DividedCommand(TyperCommand):
    """A command whose `--` divides two lists, which the parser would otherwise drop."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [_DIVIDER if arg == "--" else arg for arg in args])


def divided(session: Session, words: Sequence[str], verb: str, what: str) -> tuple[Sequence[str], list[str]]:
    """The words before `--`, each `what` it is, and the ids of the papers named behind it. Raises UsageError
    for a missing part and for ids of no paper."""
    if _DIVIDER not in words:
        # Not divided by a guess: a label may read as an id does.
        typed = [shlex.quote(word) for word in words]
        divided = " ".join((typed[0], "--", *typed[1:])) if len(typed) > 1 else f"{what.upper()}… -- ID…"
        raise UsageError(f"{verb} needs -- between {what}s and ids", f"paperctl {verb} {divided}")
    at = words.index(_DIVIDER)
    if not at:
        raise UsageError(f"{verb}: no {what} named before --")
    papers = resolve(session, words[at + 1 :])
    if not papers:
        raise UsageError(f"{verb}: no paper named after --")
    return words[:at], papers
