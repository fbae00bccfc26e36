"""A query as a tree: terms joined by and, or, not. `str(node)` writes it back as query text."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from paperctl.text import late

How = Literal["begins", "phrase", "exact", "regex"]
"""How a value was asked for: `x`, `"x"`, `=x`, `~x`."""

_MARK: dict[How, str] = {"begins": "", "phrase": "", "exact": "=", "regex": "~"}
_BARE = late.pattern(r'[^\s"“„‟()\\]+')


class Term(Struct, frozen=True, eq=False):
    """One condition. `field` is "" for text anywhere; `at` and `value_at` are where it stood in the query:
    that makes no difference between two terms."""

    field: str
    how: How
    value: str
    at: tuple[int, int] = (0, 0)
    value_at: tuple[int, int] = (0, 0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and self._written == other._written

    def __hash__(self) -> int:
        return hash(self._written)

    @property
    def _written(self) -> tuple[str, How, str]:
        return self.field, self.how, self.value

    def __str__(self) -> str:
        bare = self.how != "phrase" and (self.how == "begins" or _BARE.fullmatch(self.value))
        name = f"{self.field}:" if self.field else ""
        return name + _MARK[self.how] + (self.value if bare else quoted(self.value))


class Not(Struct, frozen=True):
    part: Node

    def __str__(self) -> str:
        return f"-{self.part}" if isinstance(self.part, Term) else f"-({self.part})"


class And(Struct, frozen=True):
    """All of the parts; with none, every paper."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({p})" if isinstance(p, And | Or) else str(p) for p in self.parts)


class Or(Struct, frozen=True):
    """At least one of the parts."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " or ".join(f"({p})" if isinstance(p, Or) else str(p) for p in self.parts)


Node = Term | Not | And | Or


def quoted(value: str) -> str:
    """The value between quotes, as the query language reads it back."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
