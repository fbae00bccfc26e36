"""What is wrong with topic rules, for its author: where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paperctl.errors import nearest

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in topic rules: where (keys from the top, list places from 0), what, and how to mend it."""

    path: Path
    message: str
    hint: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        at = f"line {self.line}: " if self.line else ""
        return f"{at}{self.message}" + (f" ({self.hint})" if self.hint else "")


def unknown(path: Path, what: str, word: str, known: Iterable[str]) -> Problem:
    """The problem of a word that is none of the known ones, with the nearest of these."""
    known = list(known)
    near = nearest(word, known)
    return Problem(
        path, f"{what}: {word}", f"did you mean `{near}`?" if near else f"known: {', '.join(known)}"
    )


def described(value: object) -> str:
    """A value of the wrong kind, in the words of someone who writes YAML."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a mapping (quote a phrase that has a colon)"
    if isinstance(value, list):
        return "a list"
    return f"`{str(value)[:40]}`"
