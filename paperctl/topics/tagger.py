"""Scores and tags: from the cues found in a paper to its topics, and the account of how it came about.

A cue's contribution is its weight, times the title boost if the title has it, plus 1 + ln(mentions)
times its weight for the abstract and keywords, times the factor that the corpus gives it (`weigh`).
Weak cues together are scaled down to half the threshold.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from paperctl.topics.learned import Learned
from paperctl.topics.match import Hit, Matcher
from paperctl.topics.rules import SUGGESTED, WEAK_SHARE, Kind, Rules

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PARALLEL_FROM = 20_000
"""Records from which starting a second process pays, and that are shared out at a time."""
LEAST_SHARE = 2_000

Place = Literal["title", "abstract"]
PLACES: tuple[Place, Place] = ("title", "abstract")
Texts = tuple[str, str]
"""A paper as tagging reads it, one text for each place."""
_PATTERN = re.compile(r"0|\*")


class Tagging(NamedTuple):
    """A paper's topics, in the order of the rules, and the score of every topic with a cue in it."""

    topics: list[str]
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """One line of an explanation: a cue, where it stood, and what it brought.

    `cue` is what a reader knows: the paper's own words where the rule is a pattern ("4 bit" for the
    rule `0 bit`, "quantized" for `quant*`), else the cue as its author wrote it, as `rule` always is.
    """

    cue: str
    rule: str
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
        self._weights = [
            [c.weight * (factors.get(c.text, 1.0) if t.own else 1.0) for c in t.cues] for t in self._topics
        ]
        self._weak = [{i for i, c in enumerate(t.cues) if c.kind == "weak"} for t in self._topics]
        self._weak_limits = [t.threshold * WEAK_SHARE for t in self._topics]
        self._boosts = [t.title_boost for t in self._topics]

    def counts(self, record: Mapping[str, Any]) -> tuple[Mapping[Hit, int], Mapping[Hit, int]]:
        """Mentions of each cue in the title, and in the abstract with the keywords."""
        return place_counts(self._matcher, texts(record))

    def founds(self, written: Texts) -> dict[int, list[tuple[int, Place, int, float]]]:
        """By topic: (cue, place, mentions, contribution)."""
        found: dict[int, list[tuple[int, Place, int, float]]] = {}
        title, abstract = place_counts(self._matcher, written)
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
        return self.tag_texts(texts(record))

    def tag_texts(self, written: Texts) -> Tagging:
        scores: dict[str, float] = {}
        for topic, cues in self.founds(written).items():
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
        written = texts(record)
        tagging, founds = self.tag_texts(written), self.founds(written)
        said_as = dict(zip(PLACES, map(self._matcher.wordings, written), strict=True))
        given = set(tagging.topics)
        said = []
        for t, topic in enumerate(self._topics):
            lines = [
                Found(
                    said_as[place].get((t, c), cue.text) if _PATTERN.search(cue.text) else cue.text,
                    cue.text,
                    cue.kind,
                    place,
                    cue.weight,
                    count,
                    round(gain, 2),
                )
                for c, place, count, gain in sorted(founds.get(t, ()), key=lambda f: -f[3])
                for cue in [topic.cues[c]]
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


def texts(record: Mapping[str, Any]) -> Texts:
    """What tagging reads of a record: its title, and its abstract with the keywords."""
    abstract = record.get("abstract") or ""
    if keywords := record.get("keywords"):
        abstract = f"{abstract}\n. " + " . ".join(map(str, keywords))
    return str(record.get("title") or ""), str(abstract)


def place_counts(matcher: Matcher, written: Texts) -> tuple[dict[Hit, int], dict[Hit, int]]:
    """How often a matcher's cues stand in a title, and in an abstract with its keywords."""
    places: tuple[dict[Hit, int], dict[Hit, int]] = ({}, {})
    for text, counts in zip(written, places, strict=True):
        for hit in matcher.hits(text):
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
        yield from map(tagger.tag, first)
        yield from map(tagger.tag, records)
    else:
        yield from _shared_out(first, records, tagger, processes)


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
            done = list(map(tagger.tag_texts, mine))
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
            return map(self._tagger.tag_texts, self._share)

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
    answer.send([(tagging.topics, tagging.scores) for tagging in map(tagger.tag_texts, share)])
