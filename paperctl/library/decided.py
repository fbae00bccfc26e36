"""Counting decisions: at which stage, and for which reasons papers were skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from paperctl.record import Record
from paperctl.store.overlay import Overlay


class Decided:
    """Counts of decisions. "" stands for a skip without a reason."""

    def __init__(self) -> None:
        self._decisions: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._full_texts: Counter[str] = Counter()
        self._full_text_reasons: Counter[str] = Counter()

    def add(self, record: Record) -> None:
        """Counts a paper."""
        decision = record["decision"]
        if not decision:
            return
        reason = record.get("reason") or ""
        self._decisions[decision] += 1
        if decision == "skip":
            self._reasons[reason] += 1
        if record.get("stage") == "fulltext":
            self._full_texts[decision] += 1
            if decision == "skip":
                self._full_text_reasons[reason] += 1

    def of(self, decision: str) -> int:
        """How many papers have a decision."""
        return self._decisions[decision]

    def by_reason_and_stage(self) -> dict[str, dict[str, int]]:
        """Skips by reason; decisions made from full texts, and the skips among them by reason."""
        return {
            "reasons": ranked(self._reasons),
            "full_texts": ranked(self._full_texts),
            "full_text_reasons": ranked(self._full_text_reasons),
        }


def ranked(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts, the highest first; names with the same count in their order."""
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def decided_in_order(papers: Iterable[Record], overlay: Overlay) -> list[bool]:
    """Whether each paper that is decided on (keep or skip) is kept, the one decided first first. Decisions
    that came with a dump have no time and are left out."""
    marks = (overlay.marks_of(record).get("decision") for record in papers)
    decided = sorted(mark for mark in marks if mark and mark[1] in ("keep", "skip"))
    return [decision == "keep" for _, decision in decided]
