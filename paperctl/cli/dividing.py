"""`WORD… -- ID…`: a command line whose `--` divides two lists."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
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


def divided(
    session: Session, words: Sequence[str], verb: str, what: str, known: Callable[[str], bool] | None = None
) -> tuple[Sequence[str], list[str]]:
    """The words before `--`, each `what` it is, and the ids of the papers named behind it. Raises UsageError
    for a missing part, for ids of no paper, and for the two the wrong way round where `known` tells them."""
    if _DIVIDER not in words:
        # Not divided by a guess: a label may read as an id does.
        before = [word for word in words if known and known(word)] or words[:1]
        hint = _as_typed(verb, what, before, [word for word in words if word not in before])
        raise UsageError(f"{verb} needs -- between {what}s and ids", hint)
    at = words.index(_DIVIDER)
    before, behind = words[:at], words[at + 1 :]
    if known and before and behind and all(map(known, behind)) and not any(map(known, before)):
        raise UsageError(f"{verb}: {what}s stand before --", _as_typed(verb, what, behind, before))
    if not at:
        raise UsageError(f"{verb}: no {what} named before --")
    papers = resolve(session, behind)
    if not papers:
        raise UsageError(f"{verb}: no paper named after --")
    return before, papers


def _as_typed(verb: str, what: str, before: Sequence[str], behind: Sequence[str]) -> str:
    """The command line that has these words on the two sides of its `--`."""
    if not behind:
        return f"paperctl {verb} {what.upper()}… -- ID…"
    return shlex.join(["paperctl", *verb.split(), *before, "--", *behind])
