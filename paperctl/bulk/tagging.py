"""Tagging in any process: the rules travel as they are, and each process makes one tagger of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
        tagger = _ready[version]
        for record in records:
            record["topics"], record["topic_scores"] = tagger.tag(record)
