"""Tagging many records, shared out to processes where that pays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice, tee

from paperctl.parallel.processes import in_parallel, workers
from paperctl.record import Paper
from paperctl.topics.learned import Learned
from paperctl.topics.rules import Rules
from paperctl.topics.tagger import Explanation, Tagger, Tagging, given

PARALLEL_FROM = 20_000
"""Records from which starting a second process pays, and that are shared out at a time."""


def tag(
    records: Iterable[Paper],
    rules: Rules,
    *,
    learned: Learned | None = None,
    factors: Mapping[str, float] | None = None,
    processes: int | None = None,
) -> Iterator[Tagging]:
    """The topics of each record, in order, from its title, abstract and keywords.

    Many records (20,000) are shared out to `processes` (default: the processors there are, where a
    process can fork).
    Equal record, rules, learning and factors give an equal tagging, whatever else is in the store.
    """
    rules = learned.apply(rules) if learned else rules
    records = iter(records)
    processes = processes or workers(PARALLEL_FROM)
    tagger = Tagger(rules, factors)
    first = list(islice(records, PARALLEL_FROM)) if processes > 1 else []
    if len(first) < PARALLEL_FROM:
        yield from tagger.tag_each(chain(first, records))
    else:
        yield from _shared_out(first, records, tagger, processes)


def tag_again(
    records: Iterable[Paper],
    rules: Rules,
    changed: Collection[str],
    *,
    learned: Learned | None = None,
    factors: Mapping[str, float] | None = None,
) -> Iterator[Tagging]:
    """The topics of records that these rules tagged before only these topics `changed`: as `tag` gives them,
    but only of these topics are the cues looked for."""
    rules = learned.apply(rules) if learned else rules
    some = Rules({topic.name: topic for topic in rules if topic.name in changed})
    kept = [topic.name for topic in rules if topic.name not in changed]
    tagged, records = tee(records)
    for record, tagging in zip(tagged, tag(records, some, factors=factors), strict=True):
        before = record["topic_scores"]
        # A topic that was only implied has the score 0.
        known = tagging.scores | {name: score for name in kept if (score := before.get(name))}
        scores = {topic.name: score for topic in rules if (score := known.get(topic.name))}
        topics = given(scores, rules)
        yield Tagging(topics, scores | dict.fromkeys((t for t in topics if t not in scores), 0.0))


def explain(
    record: Paper,
    rules: Rules,
    *,
    learned: Learned | None = None,
    factors: Mapping[str, float] | None = None,
) -> list[Explanation]:
    """For each topic that has a cue in the record or that the record has: score, threshold and cues."""
    return Tagger(learned.apply(rules) if learned else rules, factors).explain(record)


def _shared_out(
    first: list[Paper], rest: Iterator[Paper], tagger: Tagger, processes: int
) -> Iterator[Tagging]:
    """Tags in rounds, each shared out to processes."""
    while first:

        def share(start: int, stop: int, some: list[Paper] = first) -> list[tuple[object, ...]]:
            return [tuple(tagging) for tagging in tagger.tag_each(some[start:stop])]

        for done in list(in_parallel(share, len(first), processes)):
            yield from map(Tagging._make, done)
        first = list(islice(rest, PARALLEL_FROM))
