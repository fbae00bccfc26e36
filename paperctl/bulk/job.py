"""What a run is to do, and its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from paperctl.bulk.tagging import BulkTagger


@dataclass(frozen=True)
class Job:
    """The options of a run."""

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
class RunReceipt:
    """What a run read, merged and wrote, in numbers."""

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
