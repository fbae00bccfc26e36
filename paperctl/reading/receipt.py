"""The receipt of a load: what became of each line of each dump."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

Lines = tuple[int, int]


class Problem(NamedTuple):
    """What is wrong with a dump, and from which to which line; no lines where it is the whole dump."""

    message: str
    lines: Lines | None = None

    @property
    def line(self) -> int | None:
        return self.lines[0] if self.lines else None

    def as_json(self) -> dict[str, object]:
        whole: dict[str, object] = {"line": self.line, "message": self.message}
        return {**whole, "lines": list(self.lines)} if self.lines else whole


@dataclass(slots=True)
class FileReceipt:
    """What became of one dump's lines."""

    file: str
    format: str | None = None
    read: int = 0
    new: int = 0
    merged: int = 0
    unchanged: int = 0
    decisions: int = 0
    """Entries whose decision or note was taken."""
    kept_out: int = 0
    """Entries of papers that were taken out of the store; they are among the unchanged."""
    unknown: int = 0
    """Entries of a file that only fills what stored papers lack, of papers that the store has not."""
    filled: Counter[str] = field(default_factory=Counter)
    """By field, how many stored papers were given it, and how many `papers` that was."""
    skipped: list[tuple[int, int, str]] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    def skip(self, lines: Lines, reason: str) -> None:
        """Counts lines as skipped, joined to those before them that were skipped for the same reason."""
        first, last = lines
        if self.skipped and self.skipped[-1][1] + 1 == first and self.skipped[-1][2] == reason:
            first = self.skipped.pop()[0]
        self.skipped.append((first, last, reason))

    def as_json(self) -> dict[str, object]:
        return {
            "file": self.file,
            "format": self.format,
            "read": self.read,
            "new": self.new,
            "merged": self.merged,
            "unchanged": self.unchanged,
            **({"decisions": self.decisions} if self.decisions else {}),
            **({"kept_out": self.kept_out} if self.kept_out else {}),
            **({"unknown": self.unknown} if self.unknown else {}),
            **({"filled": dict(self.filled)} if self.filled else {}),
            "skipped": [{"lines": [a, b], "reason": reason} for a, b, reason in self.skipped],
            "errors": [problem.as_json() for problem in self.errors],
            **({"warnings": [problem.as_json() for problem in self.warnings]} if self.warnings else {}),
        }


@dataclass(slots=True)
class Receipt:
    """What became of a load, file by file."""

    files: list[FileReceipt] = field(default_factory=list)

    def total(self, name: str) -> int:
        return sum(getattr(file, name) for file in self.files)

    def as_json(self) -> dict[str, object]:
        counts = {name: self.total(name) for name in ("read", "new", "merged", "unchanged")}
        return {**counts, "files": [file.as_json() for file in self.files]}

    @property
    def faulty(self) -> bool:
        """Whether some of it could not be read."""
        return any(file.errors for file in self.files)
