"""Applying the topic rules to every stored paper again, and saying what that changed."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from paperctl.load import Tagger
from paperctl.record import Record
from paperctl.store import Store


class TopicChange(NamedTuple):
    """How many papers gained and lost a topic."""

    topic: str
    gained: int
    lost: int

    @property
    def papers(self) -> int:
        return self.gained + self.lost


def retag(store: Store, tagger: Tagger) -> tuple[int, list[TopicChange]]:
    """Tags every paper by the rules in force, as one change. Gives the number of papers, and what
    changed by topic. What a person corrected is laid over at reading and is not touched."""
    with store.writing() as writing:
        stored = writing.papers()
        papers = [(n, record) for n, record in enumerate(stored) if record is not None]
        edits: dict[int, Record | None] = {}
        gained: Counter[str] = Counter()
        lost: Counter[str] = Counter()
        for (n, record), (topics, scores) in zip(papers, tagger([r for _, r in papers]), strict=True):
            if topics != record["topics"] or scores != record["topic_scores"]:
                edits[n] = {**record, "topics": topics, "topic_scores": scores}
                gained.update(set(topics) - set(record["topics"]))
                lost.update(set(record["topics"]) - set(topics))
        writing.commit(edits, [], "tag", {"papers": len(edits)})
    return len(papers), [TopicChange(t, gained[t], lost[t]) for t in sorted({*gained, *lost})]
