"""Scores and tags: from the cues found in a paper to its topics, and the account of how it came about.

A cue's contribution is its weight, times the title boost if the title has it, plus 1 + ln(mentions)
times its weight for the abstract and keywords, times the factor that the corpus gives it (`weigh`).
Weak cues together are scaled down to half the threshold.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from paperctl.topics.match import Hit, Matcher
from paperctl.topics.rules import SUGGESTED, WEAK_SHARE, Kind, Rules

if TYPE_CHECKING:
    from paperctl.topics.learn import Learned

BATCH = 2_000
PARALLEL_FROM = 20_000
"""Records from which starting a second process pays."""

Place = Literal["title", "abstract"]


class Tagging(NamedTuple):
    """A paper's topics, in the order of the rules, and the score of every topic with a cue in it."""

    topics: list[str]
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """One line of an explanation: a cue, where it stood, and what it brought."""

    cue: str
    kind: Kind
    place: Place
    weight: float
    count: int
    contribution: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a paper has a topic or has it not."""

    topic: str
    given: bool
    score: float
    threshold: float
    cues: tuple[Found, ...]
    implied_by: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    def __str__(self) -> str:
        sign = "≥" if self.score >= self.threshold else "<"
        return f"{self.topic} {self.score:.1f} {sign} {self.threshold:g}"


class Tagger:
    """Rules made ready for many papers; `tag` and `explain` are the same arithmetic."""

    def __init__(self, rules: Rules, factors: Mapping[str, float] | None = None) -> None:
        self.rules = rules
        self._topics = list(rules)
        self._matcher = Matcher(rules)
        factors = factors or {}
        self._weights = [[c.weight * factors.get(c.text, 1.0) for c in t.cues] for t in self._topics]
        self._weak = [{i for i, c in enumerate(t.cues) if c.kind == "weak"} for t in self._topics]
        self._weak_limits = [t.threshold * WEAK_SHARE for t in self._topics]
        self._boosts = [t.title_boost for t in self._topics]

    def counts(self, record: Mapping[str, Any]) -> tuple[Mapping[Hit, int], Mapping[Hit, int]]:
        """Mentions of each cue in the title, and in the abstract with the keywords."""
        return place_counts(self._matcher, record)

    def founds(self, record: Mapping[str, Any]) -> dict[int, list[tuple[int, Place, int, float]]]:
        """By topic: (cue, place, mentions, contribution)."""
        found: dict[int, list[tuple[int, Place, int, float]]] = {}
        title, abstract = self.counts(record)
        for (topic, cue), count in title.items():
            gain = self._weights[topic][cue] * self._boosts[topic]
            found.setdefault(topic, []).append((cue, "title", count, gain))
        for (topic, cue), count in abstract.items():
            gain = self._weights[topic][cue] * (1 + log(count))
            found.setdefault(topic, []).append((cue, "abstract", count, gain))
        for topic, cues in found.items():
            weak = self._weak[topic]
            total = sum(gain for cue, _, _, gain in cues if cue in weak)
            if total > self._weak_limits[topic]:
                scale = self._weak_limits[topic] / total
                found[topic] = [(c, p, n, gain * scale if c in weak else gain) for c, p, n, gain in cues]
        return found

    def tag(self, record: Mapping[str, Any]) -> Tagging:
        scores: dict[str, float] = {}
        for topic, cues in self.founds(record).items():
            score = round(sum(gain for *_, gain in cues), 2)
            if score > 0:
                scores[self._topics[topic].name] = score
        given = self._given(scores)
        for name in given:
            scores.setdefault(name, 0.0)
        return Tagging(given, scores)

    def _given(self, scores: Mapping[str, float]) -> list[str]:
        topics = self.rules.topics
        given = {name for name, score in scores.items() if score >= topics[name].threshold}
        if not given:
            return []
        for name in list(given):
            given.update(self.rules.implied[name])
            for other in topics[name].suggests:
                if scores.get(other, 0.0) >= topics[other].threshold * SUGGESTED:
                    given.add(other)
        # A topic that lacks what it needs takes nothing with it: needs are checked last.
        given = {name for name in given if all(need in given for need in topics[name].needs)}
        return [name for name in topics if name in given]

    def explain(self, record: Mapping[str, Any]) -> list[Explanation]:
        tagging, founds = self.tag(record), self.founds(record)
        given = set(tagging.topics)
        said = []
        for t, topic in enumerate(self._topics):
            lines = [
                Found(
                    topic.cues[c].text, topic.cues[c].kind, place, topic.cues[c].weight, count, round(gain, 2)
                )
                for c, place, count, gain in sorted(founds.get(t, ()), key=lambda f: -f[3])
            ]
            by = tuple(n for n in tagging.topics if topic.name in self.rules.implied[n])
            if lines or topic.name in given:
                said.append(
                    Explanation(
                        topic.name,
                        topic.name in given,
                        round(sum(line.contribution for line in lines), 2),
                        topic.threshold,
                        tuple(lines),
                        by,
                        tuple(need for need in topic.needs if need not in given),
                    )
                )
        return said


def place_counts(matcher: Matcher, record: Mapping[str, Any]) -> tuple[dict[Hit, int], dict[Hit, int]]:
    """How often a matcher's cues stand in a record's title, and in its abstract with its keywords."""
    abstract = record.get("abstract") or ""
    if keywords := record.get("keywords"):
        abstract = f"{abstract}\n. " + " . ".join(map(str, keywords))
    places: tuple[dict[Hit, int], dict[Hit, int]] = ({}, {})
    for text, counts in zip((record.get("title") or "", abstract), places, strict=True):
        for hit in matcher.hits(str(text)):
            counts[hit] = counts.get(hit, 0) + 1
    return places


def tag(
    records: Iterable[Mapping[str, Any]],
    rules: Rules,
    *,
    learned: Learned | None = None,
    factors: Mapping[str, float] | None = None,
    processes: int | None = None,
) -> Iterator[Tagging]:
    """The topics of each record, in order, from its title, abstract and keywords.

    Many records (20,000) are shared out to `processes` (default: the processors there are).
    Equal record, rules, learning and factors give an equal tagging, whatever else is in the store.
    """
    rules = learned.apply(rules) if learned else rules
    records = iter(records)
    processes = processes or _processors()
    first = list(islice(records, PARALLEL_FROM)) if processes > 1 else []
    if len(first) < PARALLEL_FROM:
        tagger = Tagger(rules, factors)
        yield from map(tagger.tag, first)
        yield from map(tagger.tag, records)
    else:
        yield from _shared_out(first, records, rules, factors, processes)


def explain(
    record: Mapping[str, Any],
    rules: Rules,
    *,
    learned: Learned | None = None,
    factors: Mapping[str, float] | None = None,
) -> list[Explanation]:
    """For each topic that has a cue in the record or that the record has: score, threshold and cues."""
    return Tagger(learned.apply(rules) if learned else rules, factors).explain(record)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_worker: Tagger


def _start_worker(rules: Rules, factors: Mapping[str, float] | None) -> None:
    global _worker
    _worker = Tagger(rules, factors)


def _tag_batch(batch: list[dict[str, Any]]) -> list[Tagging]:
    return [_worker.tag(record) for record in batch]


def _shared_out(
    first: list[Mapping[str, Any]],
    rest: Iterator[Mapping[str, Any]],
    rules: Rules,
    factors: Mapping[str, float] | None,
    processes: int,
) -> Iterator[Tagging]:
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor
    from itertools import chain

    # Only what tagging reads travels to the other process.
    slim = ({k: r.get(k) for k in ("title", "abstract", "keywords")} for r in chain(first, rest))
    waiting: deque[Future[list[Tagging]]] = deque()
    with ProcessPoolExecutor(processes, initializer=_start_worker, initargs=(rules, factors)) as pool:
        while batch := list(islice(slim, BATCH)):
            waiting.append(pool.submit(_tag_batch, batch))
            if len(waiting) > 2 * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
