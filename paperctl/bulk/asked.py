"""What a run is asked for, and what it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from paperctl.bulk.tagging import BulkTagger

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Asked:
    """What a command asks for."""

    inputs: Sequence[str]
    output: Path
    dedupe: bool = True
    tagger: BulkTagger | None = None
    engine: str | None = None
    master: str | None = None
    format: str = "parquet"
    memory: str | None = None
    workers: int | None = None
    force: bool = False


@dataclass
class Counted:
    """What a run counted: the receipt."""

    engine: str = ""
    read: int = 0
    papers: int = 0
    merged: int = 0
    works: int = 0
    versions: int = 0
    doubtful: int = 0
    set_aside: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    rules: list[dict[str, Any]] = field(default_factory=list)
    """How many pairs each rule decided."""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    """How many blocks there are of each kind of key, and how many records the largest has."""
    stages: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
