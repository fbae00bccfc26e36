"""What `load` prints."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from paperctl.cli.shapes import Counts


class Skipped(TypedDict):
    """Lines that are no paper."""

    lines: tuple[int, int]
    reason: str


class Problem(TypedDict):
    """What could not be read (`errors`) or was read with a doubt (`warnings`)."""

    line: int | None
    lines: NotRequired[tuple[int, int]]
    message: str


class File(TypedDict):
    """What became of one dump: each of its lines is part of a paper, skipped, or an error."""

    file: str
    format: str | None
    read: int
    new: int
    merged: int
    unchanged: int
    decisions: NotRequired[int]
    kept_out: NotRequired[int]
    unknown: NotRequired[int]
    filled: NotRequired[Counts]
    skipped: list[Skipped]
    errors: list[Problem]
    warnings: NotRequired[list[Problem]]


class Receipt(TypedDict):
    """What a load did."""

    read: int
    new: int
    merged: int
    unchanged: int
    files: list[File]
    doubtful: int
    brought_together: int
    joined: int
    outvoted: int
