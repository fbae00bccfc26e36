"""Tagging many records, shared out to processes where that pays."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice, tee
from typing import TYPE_CHECKING, Any

from paperctl.topics.learned import Learned
from paperctl.topics.rules import Rules
from paperctl.topics.tagger import Explanation, Tagger, Tagging, given
from paperctl.topics.texts import Texts, texts

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PARALLEL_FROM = 20_000
"""Records from which starting a second process pays, and that are shared out at a time."""
LEAST_SHARE = 2_000
AT_ONCE = 200
"""Papers whose words are looked through in one go."""


def tag(
    records: Iterable[Mapping[str, Any]],
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
    processes = (processes or _processors()) if hasattr(os, "fork") else 1
    tagger = Tagger(rules, factors)
    first = list(islice(records, PARALLEL_FROM)) if processes > 1 else []
    if len(first) < PARALLEL_FROM:
        while some := [*map(texts, first), *map(texts, islice(records, AT_ONCE))]:
            yield from tagger.tag_all(some)
            first = []
    else:
        yield from _shared_out(first, records, tagger, processes)


def tag_again(
    records: Iterable[Mapping[str, Any]],
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
    record: Mapping[str, Any],
    rules: Rules,
    *,
    learned: Learned | None = None,
    factors: Mapping[str, float] | None = None,
) -> list[Explanation]:
    """For each topic that has a cue in the record or that the record has: score, threshold and cues."""
    return Tagger(learned.apply(rules) if learned else rules, factors).explain(record)


def _tagged(tagger: Tagger, papers: Sequence[Texts]) -> Iterator[Tagging]:
    for start in range(0, len(papers), AT_ONCE):
        yield from tagger.tag_all(papers[start : start + AT_ONCE])


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shared_out(
    first: list[Mapping[str, Any]], rest: Iterator[Mapping[str, Any]], tagger: Tagger, processes: int
) -> Iterator[Tagging]:
    """Tags in rounds: this process takes one share, forked ones the others.

    A forked process has its share in memory already. Sending texts to a pool through pipes cost more
    than it gained, most of all on a busy machine.
    """
    while first:
        written = list(map(texts, first))
        share = max(-(-len(written) // processes), LEAST_SHARE)
        mine, *others = [written[i : i + share] for i in range(0, len(written), share)]
        helpers = [_Helper(tagger, part) for part in others]
        try:
            done = list(_tagged(tagger, mine))
            for helper in helpers:
                done += helper.taggings()
        finally:
            for helper in helpers:
                helper.end()
        yield from done
        first = list(islice(rest, PARALLEL_FROM))


class _Helper:
    """A forked process that tags its share and sends back what it found."""

    def __init__(self, tagger: Tagger, share: list[Texts]) -> None:
        from multiprocessing import get_context

        self._tagger, self._share = tagger, share
        context = get_context("fork")
        self._answer, answer = context.Pipe(duplex=False)
        self._process = context.Process(target=_help, args=(tagger, share, answer), daemon=True)
        with suppress(OSError):  # no more processes allowed: the answer then ends at once
            self._process.start()
        answer.close()

    def taggings(self) -> Iterable[Tagging]:
        try:
            return map(Tagging._make, self._answer.recv())
        except EOFError:  # not started, or killed for want of memory
            return _tagged(self._tagger, self._share)

    def end(self) -> None:
        if self._process.pid:
            self._process.kill()
            self._process.join()
        self._answer.close()


def _help(tagger: Tagger, share: list[Texts], answer: Connection) -> None:
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and ends this process
    gc.disable()  # collecting would copy the memory shared with the parent
    # Plain tuples travel in a third of the time that named ones take.
    answer.send([(tagging.topics, tagging.scores) for tagging in _tagged(tagger, share)])
