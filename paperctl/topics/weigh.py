"""TF-IDF over the loaded papers: cues that every second paper has say less than rare ones.

The factors are a snapshot that the caller keeps. Tags depend on the paper, the rules and the
snapshot only, so loading a hundred papers changes no tag of another; a new snapshot may.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log
from typing import Any

from paperctl.record import Paper
from paperctl.topics.rules import Rules
from paperctl.topics.tagger import Tagger

USUAL = 0.02
"""A cue that one paper in fifty has keeps its weight."""
PRIOR = 5_000
"""Papers' worth of belief that a cue is usual: a small store hardly moves a weight."""
LOWEST = 0.8


def weigh(records: Iterable[Paper], rules: Rules) -> dict[str, float]:
    """The factor of each normal and weak cue of the user's own topics, for `tag(…, factors=…)`; plain data.

    Inverse document frequencies are scikit-learn's (smoothed, natural logarithm) over the cues as
    vocabulary, relative to a usual cue's, drawn towards 1 by `PRIOR` and never below 0.8. They only
    lower weights: a rare phrase is no better evidence than its author holds. Strong cues and those
    against a topic are definitions, and keep theirs; so do the topics of packs, whose weights were
    measured on labelled papers: lowering them by a corpus agreed with those papers less.
    """
    rules = Rules({topic.name: topic for topic in rules if topic.own})
    tagger = Tagger(rules)
    topics = list(rules)
    terms = sorted({c.text for t in topics for c in t.cues if c.kind in {"normal", "weak"}})
    if not terms or records == []:
        return {}
    from sklearn.feature_extraction.text import TfidfVectorizer

    def cues(record: Paper) -> list[str]:
        return [topics[t].cues[c].text for counts in tagger.counts(record) for t, c in counts]

    class Counted:
        """The records, counted as they pass: the vectoriser keeps the frequencies and not the number."""

        papers = 0

        def __iter__(self) -> Any:
            for record in records:
                self.papers += 1
                yield record

    counted = Counted()
    vectorizer = TfidfVectorizer(analyzer=cues, vocabulary=terms, lowercase=False)
    try:
        vectorizer.fit(counted)
    except ValueError:  # no papers at all
        return {}
    usual = log(1 / USUAL) + 1
    trust = counted.papers / (counted.papers + PRIOR)
    return {
        term: round(max(LOWEST, min(1.0, 1 + trust * (float(idf) / usual - 1))), 4)
        for term, idf in zip(terms, vectorizer.idf_, strict=True)
    }
