"""What runs over snapshots print."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from paperctl.cli.shapes import Counts


class Rule(TypedDict):
    """How many pairs a rule decided."""

    kind: str
    rule: str
    pairs: int


class Blocks(TypedDict):
    """How many blocks a kind of key makes, and how many records are in all and in the largest."""

    kind: str
    blocks: int
    records: int
    largest: int


class Stage(TypedDict):
    """What one step of a run took."""

    stage: str
    seconds: float
    rows: NotRequired[int]
    bytes: int


class Bulk(TypedDict):
    """What a run over snapshots counted."""

    engine: str
    read: int
    papers: int
    merged: int
    works: int
    versions: int
    doubtful: int
    set_aside: int
    skipped: Counts
    rules: list[Rule]
    blocks: list[Blocks]
    stages: list[Stage]
