"""Counting papers: the funnel in the terms of PRISMA 2020, topics, years, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from paperctl.library.agreement import Agreement
from paperctl.library.decided import Decided, ranked
from paperctl.library.finding import indexed
from paperctl.parallel.reports import Notify, Progress
from paperctl.record import Record
from paperctl.record.tallies import APART, Tally, tallies_of
from paperctl.store import Store

if TYPE_CHECKING:
    from paperctl.index.indexed import Indexed


def statistics(papers: Iterable[Record]) -> dict[str, Any]:
    """Counts over papers. The funnel: entries identified in dumps, duplicates removed, papers
    screened (decided on), kept, skipped, maybe. `source_types` counts entries by what their dump came from
    (database, register, other); papers that only other methods found are counted again. `reasons` counts
    skips by reason ("" without one), `full_texts` the decisions made from full texts. `dumps` has the
    funnel that slide decks state themselves. `works` counts linked versions once; a work is kept if one
    of them is. `agreement` is how far several reviewers agree, empty if there is one. Of equal counts the
    names are in their order."""
    counts: Counter[Tally] = Counter()
    spoken = _SpokenOf()
    works: set[str] = set()
    for record in papers:
        counts.update(tallies_of(record))
        spoken.add(record)
        works.add(record.get("work") or record["id"])
    return _summary(counts, spoken, len(works))


def of_store(store: Store, report: Progress, notify: Notify) -> dict[str, Any]:
    """The same of all papers of a store: of a large one its index knows all but what people say."""
    with indexed(store, report, notify) as index:
        found = index.answered(lambda papers: of_index(papers, store)) if index is not None else None
    return found or statistics(store.papers())


def of_index(index: Indexed, store: Store) -> dict[str, Any] | None:
    """The same from an index; None where looking through all papers is as quick, or only that tells."""
    counts = index.tallies()
    papers = counts["papers", ""]
    raw = index.spoken_of(max(_FEW, papers // 10))
    if raw is None or index.twice:
        return None
    spoken = _SpokenOf()
    for record in raw:
        counts.subtract(tallies_of(record))
        spoken.add(store.overlay.apply(record))
        counts.update(tallies_of(record))
    return _summary(+counts, spoken, papers - sum(len(work) - 1 for work in store.works.all()))


_FEW = 2_000
"""Papers that are read one by one in any case; of many more, reading all in their order is quicker."""


class _SpokenOf:
    """Counts of what people or dumps say of papers."""

    def __init__(self) -> None:
        self.decided = Decided()
        self.agreement = Agreement()
        self.works: dict[str, str | None] = {}
        self.stated: dict[str, Any] = {}

    def add(self, record: Record) -> None:
        for source in record["sources"]:
            if "funnel" in source.get("about", {}):
                self.stated[source["file"]] = source["about"]["funnel"]
        decision = record["decision"]
        self.decided.add(record)
        work = record.get("work") or record["id"]
        if work not in self.works:
            self.agreement.add(record)
        self.works[work] = max(self.works.get(work), decision, key=lambda word: _STRENGTH.get(word or "", 0))


def _summary(counts: Mapping[Tally, int], spoken: _SpokenOf, works: int) -> dict[str, Any]:
    by_kind: dict[str, Counter[str]] = {}
    for (kind, name), count in counts.items():
        by_kind.setdefault(kind, Counter())[name] = count

    def of(kind: str) -> Counter[str]:
        return by_kind.get(kind, Counter())

    papers, identified, decided = of("papers").total(), of("type").total(), spoken.decided
    heat: dict[str, dict[str, int]] = {}
    for name, count in sorted(of("topic year").items()):
        topic, _, year = name.rpartition(APART)
        heat.setdefault(topic, {})[year] = count
    return {
        "papers": papers,
        "funnel": {
            "identified": identified,
            "duplicates_removed": identified - papers,
            "papers": papers,
            "screened": decided.of("keep") + decided.of("skip"),
            "kept": decided.of("keep"),
            "skipped": decided.of("skip"),
            "maybe": decided.of("maybe"),
        },
        "works": _works(spoken.works.values(), works),
        "agreement": spoken.agreement.summary(),
        "with_code": of("code").total(),
        "topics": ranked(of("topic")),
        "years": dict(sorted(of("year").items(), key=lambda pair: float(pair[0]))),
        **decided.by_reason_and_stage(),
        "source_types": ranked(of("type")),
        "papers_by_other_methods": of("other").total(),
        "sources": ranked(of("source")),
        "topic_years": heat,
        "dumps": spoken.stated,
    }


_STRENGTH = {"skip": 1, "maybe": 2, "keep": 3}
"""Which decision on a version counts for the work, where they differ."""


def _works(decisions: Iterable[str | None], works: int) -> dict[str, int]:
    found = Counter(decisions)
    return {
        "works": works,
        "screened": found["keep"] + found["skip"],
        "kept": found["keep"],
        "skipped": found["skip"],
        "maybe": found["maybe"],
    }
