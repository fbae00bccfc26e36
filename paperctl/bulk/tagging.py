"""Tagging in any process: the rules travel as they are, and each process makes one tagger of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import tee

from paperctl.record import Record
from paperctl.topics import Rules
from paperctl.topics.tagger import Tagger

_ready: dict[str, Tagger] = {}
"""Making a tagger takes as long as tagging thousands of papers."""


@dataclass(frozen=True)
class BulkTagger:
    """Gives papers their topics."""

    rules: Rules

    def tag(self, records: Iterable[Record]) -> None:
        """Writes topics and scores into the records."""
        version = self.rules.version
        if version not in _ready:
            _ready[version] = Tagger(self.rules)
        tagged, records = tee(records)
        for record, tagging in zip(records, _ready[version].tag_each(tagged), strict=True):
            record["topics"], record["topic_scores"] = tagging
