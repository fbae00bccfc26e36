"""Abstracts that stand on several papers of the collection: then one of them proves nothing."""

from __future__ import annotations

from collections.abc import Sequence

from paperctl.deduplicate import thresholds
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.entries import Numbered
from paperctl.deduplicate.judge import Judged, Verdict
from paperctl.deduplicate.rules_other_titles import one_abstract_to_the_letter

WHY = "one abstract, which a third paper has under another title"


def doubt_shared_abstracts(records: Numbered, judged: Sequence[Judged]) -> list[Judged]:
    """The judged pairs, where those that an abstract alone makes one are maybes if a third record has it."""
    ends = {
        n for i, j, found in judged if found.evidence[-1] == one_abstract_to_the_letter.reason for n in (i, j)
    }
    shared = {
        n
        for i, j, found in judged
        if found.kind != "duplicate" and not ends.isdisjoint((i, j))
        for n in (i, j)
        if Comparison(records[i], records[j]).abstract.relation == "same"
    }
    return [
        (i, j, Verdict("maybe", min(found.score, thresholds.UNSUPPORTED_SCORE), (*found.evidence[:-1], WHY)))
        if found.evidence[-1] == one_abstract_to_the_letter.reason and not shared.isdisjoint((i, j))
        else (i, j, found)
        for i, j, found in judged
    ]
