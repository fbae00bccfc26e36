"""A query as a tree: terms joined by and, or, not. `str(node)` writes it back as query text."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Literal

How = Literal["begins", "phrase", "exact", "regex"]
"""How a value was asked for: `x`, `"x"`, `=x`, `~x`."""

_MARK: dict[How, str] = {"begins": "", "phrase": "", "exact": "=", "regex": "~"}
_BARE = re.compile(r'[^\s"“„‟()\\]+')


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `field` is "" for text anywhere; `at` and `value_at` are where it stood in the query."""

    field: str
    how: How
    value: str
    at: tuple[int, int] = dataclasses.field(default=(0, 0), compare=False)
    value_at: tuple[int, int] = dataclasses.field(default=(0, 0), compare=False)

    def __str__(self) -> str:
        bare = self.how != "phrase" and (self.how == "begins" or _BARE.fullmatch(self.value))
        name = f"{self.field}:" if self.field else ""
        return name + _MARK[self.how] + (self.value if bare else quoted(self.value))


@dataclass(frozen=True, slots=True)
class Not:
    part: Node

    def __str__(self) -> str:
        return f"-{self.part}" if isinstance(self.part, Term) else f"-({self.part})"


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; with none, every paper."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({p})" if isinstance(p, And | Or) else str(p) for p in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " or ".join(f"({p})" if isinstance(p, Or) else str(p) for p in self.parts)


Node = Term | Not | And | Or


def quoted(value: str) -> str:
    """The value between quotes, as the query language reads it back."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
