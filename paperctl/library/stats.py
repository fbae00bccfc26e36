"""Counting papers: the funnel in the terms of PRISMA 2020, topics, years, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from paperctl.library.agreement import Agreement
from paperctl.library.decided import Decided
from paperctl.record import Record, Source


def statistics(papers: Iterable[Record]) -> dict[str, Any]:
    """Counts over papers. The funnel: entries identified in dumps, duplicates removed, papers
    screened (decided on), kept, skipped, maybe. `source_types` counts entries by what their dump came from
    (database, register, other); papers that only other methods found are counted again. `reasons` counts
    skips by reason ("" without one), `full_texts` the decisions made from full texts. `dumps` has the
    funnel that slide decks state themselves. `works` counts linked versions once; a work is kept if one
    of them is. `agreement` is how far several reviewers agree, empty if there is one."""
    topics: Counter[str] = Counter()
    years: Counter[int] = Counter()
    sources: Counter[str] = Counter()
    decided = Decided()
    heat: dict[str, Counter[str]] = {}
    stated: dict[str, Any] = {}
    types: Counter[str] = Counter()
    agreement = Agreement()
    works: dict[str, str | None] = {}
    count = identified = with_code = by_other_methods = 0
    for record in papers:
        count += 1
        identified += len(record["sources"])
        with_code += bool(record["has_code"])
        topics.update(record["topics"] or ["(none)"])
        if record["year"]:
            years[record["year"]] += 1
            for topic in record["topics"]:
                heat.setdefault(topic, Counter())[str(record["year"])] += 1
        of_paper: Sequence[Source] = record["sources"]
        by_other_methods += bool(of_paper) and all(source.get("type") == "other" for source in of_paper)
        for source in of_paper:
            types[source.get("type") or "database"] += 1
            sources[source["file"]] += 1
            if "funnel" in source.get("about", {}):
                stated[source["file"]] = source["about"]["funnel"]
        decided.add(record)
        work = record.get("work") or str(count)
        if work not in works:
            agreement.add(record)
        works[work] = max(works.get(work), record["decision"], key=lambda word: _STRENGTH.get(word or "", 0))
    return {
        "papers": count,
        "funnel": {
            "identified": identified,
            "duplicates_removed": identified - count,
            "papers": count,
            "screened": decided.of("keep") + decided.of("skip"),
            "kept": decided.of("keep"),
            "skipped": decided.of("skip"),
            "maybe": decided.of("maybe"),
        },
        "works": _works(works.values()),
        "agreement": agreement.summary(),
        "with_code": with_code,
        "topics": dict(topics.most_common()),
        "years": {str(year): n for year, n in sorted(years.items())},
        **decided.by_reason_and_stage(),
        "source_types": dict(types.most_common()),
        "papers_by_other_methods": by_other_methods,
        "sources": dict(sources.most_common()),
        "topic_years": {topic: dict(sorted(by.items())) for topic, by in sorted(heat.items())},
        "dumps": stated,
    }


_STRENGTH = {"skip": 1, "maybe": 2, "keep": 3}
"""Which decision on a version counts for the work, where they differ."""


def _works(decisions: Iterable[str | None]) -> dict[str, int]:
    found = Counter(decisions)
    return {
        "works": found.total(),
        "screened": found["keep"] + found["skip"],
        "kept": found["keep"],
        "skipped": found["skip"],
        "maybe": found["maybe"],
    }
