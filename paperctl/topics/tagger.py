"""Scores and tags: from the cues found in a paper to its topics, and the account of how it came about.

A cue's contribution is its weight, times the title factor if the title has it, plus its weight times
1 + ln(mentions) for the abstract and keywords, times the factor that the corpus gives it (`weigh`). In the
abstract, cues count by what their sentences tell of (`sentences`). A heading of the dump that names the topic
is one strong cue more. All is divided by the part of the threshold that a text so short must reach
(`texts.fullness`); weak cues together add at most half the threshold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log
from typing import Any, Literal, NamedTuple

from paperctl.topics.field import Field
from paperctl.topics.headings import Headings
from paperctl.topics.match import Hit, Matcher
from paperctl.topics.rules import SUGGESTED, WEAK_SHARE, WEIGHTS, Kind, Rules
from paperctl.topics.sentences import PROPOSES, Sentences, factor
from paperctl.topics.texts import Texts, fullness, texts
from paperctl.topics.words import STOP, tokens

Place = Literal["title", "abstract", "section"]
_PATTERN = re.compile(r"0|\*")
_FACTORS = [factor(roles) for roles in range(8)]
_TIMES: list[float] = [0.0] + [1 + log(count) for count in range(1, 200)]
A_WORD_OF_ITS_FIELD = "a word of its field"


class Tagging(NamedTuple):
    """A paper's topics, in the order of the rules, and the score of every topic with a cue in it."""

    topics: list[str]
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """One line of an explanation: a cue, where it stood, and what it brought.

    `cue` is what a reader knows: the paper's own words where the rule is a pattern ("4 bit" for the
    rule `0 bit`, "quantized" for `quant*`), the heading where that names the topic, else the cue as its
    author wrote it, as `rule` always is. `told` says how often it counts by what its sentences tell of.
    """

    cue: str
    rule: str
    kind: Kind
    place: Place
    weight: float
    count: int
    contribution: float
    told: float = 1.0


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


class _Read(NamedTuple):
    """A paper's words, and its cues by number."""

    title: list[str]
    abstract: list[str]
    titled: dict[int, int]
    """Mentions in the title."""
    told: dict[int, int]
    """Mentions in the abstract and keywords."""
    roles: dict[int, float]
    """Of those of normal and strong cues, the sum of what their sentences make of them."""
    fullness: float


class Tagger:
    """Rules made ready for many papers; `tag` and `explain` are the same arithmetic."""

    def __init__(self, rules: Rules, factors: Mapping[str, float] | None = None) -> None:
        self.rules = rules
        self._topics = list(rules)
        self._matcher = Matcher(rules)
        factors = factors or {}
        topics = self._topics
        cues = [topics[t].cues[c] for t, c in self._matcher.cues]
        self._topic_of = [t for t, _ in self._matcher.cues]
        by_corpus = [
            factors.get(cue.text, 1.0) if topics[t].own else 1.0
            for t, cue in zip(self._topic_of, cues, strict=True)
        ]
        kinds: list[Kind] = ["weak" if cue.kind == "titled" else cue.kind for cue in cues]
        self._kinds = kinds
        """What kind each cue is in the abstract."""
        self._weights: list[float] = [
            (WEIGHTS["weak"] if cue.kind == "titled" else cue.weight) * usual
            for cue, usual in zip(cues, by_corpus, strict=True)
        ]
        self._boosted = [
            cue.weight * usual * topics[t].title_boost
            for t, cue, usual in zip(self._topic_of, cues, by_corpus, strict=True)
        ]
        self._weak = [kind == "weak" for kind in kinds]
        self._weak_in_title = [cue.kind == "weak" for cue in cues]
        proposed = [[topic.proposed if roles & PROPOSES else 1.0 for roles in range(8)] for topic in topics]
        self._told_as = [
            _FACTORS if cue.kind == "normal" else proposed[t] if cue.kind == "strong" else None
            for t, cue in zip(self._topic_of, cues, strict=True)
        ]
        fields = {(t.field, t.field_title): Field(t.field, t.field_title) for t in topics}
        self._fields = [fields[t.field, t.field_title] if t.field else None for t in topics]

    @cached_property
    def _headings(self) -> Headings:
        return Headings(self.rules)

    def tag(self, record: Mapping[str, Any]) -> Tagging:
        return self.tag_texts(texts(record))

    def tag_texts(self, written: Texts) -> Tagging:
        read = self._read(written)
        scores = self._scores(read, written.heading)
        given = self._given(scores)
        for name in given:
            scores.setdefault(name, 0.0)
        return Tagging(given, scores)

    def counts(self, record: Mapping[str, Any]) -> tuple[Mapping[Hit, int], Mapping[Hit, int]]:
        """Mentions of each cue in the title, and in the abstract with the keywords."""
        return place_counts(self._matcher, texts(record))

    def _read(self, written: Texts) -> _Read:
        title, abstract = tokens(written[0]), tokens(written[1])
        numbers, starts = self._matcher.scan([*title, STOP, *abstract] if abstract else title)
        titled: dict[int, int] = {}
        told: dict[int, int] = {}
        factors: dict[int, float] = {}
        told_as, before = self._told_as, len(title) + 1
        sentences: Sentences | None = None
        for number, start in zip(numbers, starts, strict=True):
            if start < before:
                titled[number] = titled.get(number, 0) + 1
                continue
            told[number] = told.get(number, 0) + 1
            if (by_role := told_as[number]) is not None:
                sentences = sentences or Sentences(abstract)
                role = by_role[sentences.roles(start - before)]
                factors[number] = factors.get(number, 0.0) + role
        return _Read(title, abstract, titled, told, factors, fullness(len(abstract)))

    def _scores(self, read: _Read, heading: str) -> dict[str, float]:
        """The score of every topic that has one, but for topics that lack a word of their field."""
        sums: dict[int, float] = {}
        weak_sums: dict[int, float] = {}
        topic_of, weak, weak_in_title = self._topic_of, self._weak, self._weak_in_title
        for number in read.titled:
            into = weak_sums if weak_in_title[number] else sums
            topic = topic_of[number]
            into[topic] = into.get(topic, 0.0) + self._boosted[number]
        for number, count in read.told.items():
            into = weak_sums if weak[number] else sums
            topic = topic_of[number]
            into[topic] = into.get(topic, 0.0) + self._gain(number, count, read.roles)
        for topic in self._headings.topics(heading) if heading else ():
            sums[topic] = sums.get(topic, 0.0) + WEIGHTS["strong"]
        scores: dict[str, float] = {}
        of_field: dict[int, bool] = {}
        for place, topic_rules in enumerate(self._topics):
            if place not in sums and place not in weak_sums:
                continue
            score = sums.get(place, 0.0) / read.fullness
            if place in weak_sums:
                score += min(weak_sums[place] / read.fullness, topic_rules.threshold * WEAK_SHARE)
            if (score := round(score, 2)) > 0 and self._of_field(place, read, heading, of_field):
                scores[topic_rules.name] = score
        return scores

    def _gain(self, number: int, count: int, roles: Mapping[int, float]) -> float:
        """What a cue brings that the abstract mentions so often."""
        times = _TIMES[count] if count < len(_TIMES) else 1 + log(count)
        told = roles[number] / count if number in roles else 1.0
        return self._weights[number] * times * told

    def _of_field(self, topic: int, read: _Read, heading: str, known: dict[int, bool]) -> bool:
        """Whether a paper has a word of the topic's field; topics of one field are asked for once."""
        field = self._fields[topic]
        if field is None:
            return True
        if id(field) not in known:
            known[id(field)] = field.has(read.title, read.abstract) or field.has(tokens(heading), ())
        return known[id(field)]

    def _given(self, scores: Mapping[str, float]) -> list[str]:
        return given(scores, self.rules)

    def explain(self, record: Mapping[str, Any]) -> list[Explanation]:
        written = texts(record)
        tagging, founds = self.tag_texts(written), self._founds(written)
        read = self._read(written)
        has = set(tagging.topics)
        said = []
        for t, topic in enumerate(self._topics):
            lines = sorted(founds.get(t, ()), key=lambda found: -found.contribution)
            by = tuple(n for n in tagging.topics if topic.name in self.rules.implied[n])
            lacks = [need for need in topic.needs if need not in has]
            if lines and not self._of_field(t, read, written.heading, {}):
                lacks.append(A_WORD_OF_ITS_FIELD)
            if lines or topic.name in has:
                score = round(sum(line.contribution for line in lines), 2)
                said.append(
                    Explanation(
                        topic.name, topic.name in has, score, topic.threshold, tuple(lines), by, tuple(lacks)
                    )
                )
        return said

    def _founds(self, written: Texts) -> dict[int, list[Found]]:
        """By topic, every cue with what it brings."""
        read = self._read(written)
        founds: dict[int, list[Found]] = {}
        places: list[tuple[Place, dict[int, int]]] = [("title", read.titled), ("abstract", read.told)]
        for place, counts in places:
            said_as = self._matcher.wordings(read.title if place == "title" else read.abstract)
            for number, count in counts.items():
                t, c = self._matcher.cues[number]
                cue = self._topics[t].cues[c]
                name = said_as.get(number, cue.text) if _PATTERN.search(cue.text) else cue.text
                told = read.roles[number] / count if place == "abstract" and number in read.roles else 1.0
                gain = self._boosted[number] if place == "title" else self._gain(number, count, read.roles)
                kind = cue.kind if place == "title" else self._kinds[number]
                weight = cue.weight if kind == cue.kind else WEIGHTS[kind]
                found = Found(
                    name, cue.text, kind, place, weight, count, gain / read.fullness, round(told, 2)
                )
                founds.setdefault(t, []).append(found)
        for t in self._headings.topics(written.heading) if written.heading else ():
            weight = WEIGHTS["strong"]
            name = self._topics[t].title
            founds.setdefault(t, []).append(
                Found(written.heading, name, "strong", "section", weight, 1, weight / read.fullness)
            )
        return {t: _rounded(found, self._topics[t].threshold * WEAK_SHARE) for t, found in founds.items()}


def _rounded(found: list[Found], most: float) -> list[Found]:
    """The lines with contributions as people read them, those of weak cues scaled down to `most` together."""
    weak = sum(line.contribution for line in found if line.kind == "weak")
    scale = min(1.0, most / weak) if weak else 1.0
    return [
        replace(line, contribution=round(line.contribution * (scale if line.kind == "weak" else 1.0), 2))
        for line in found
    ]


def given(scores: Mapping[str, float], rules: Rules) -> list[str]:
    """The topics that a paper of these scores has, in the order of the rules."""
    topics = rules.topics
    has = {name for name, score in scores.items() if name in topics and score >= topics[name].threshold}
    if not has:
        return []
    for name in list(has):
        has.update(rules.implied[name])
        for other in topics[name].suggests:
            if scores.get(other, 0.0) >= topics[other].threshold * SUGGESTED:
                has.add(other)
    # A topic that lacks what it needs takes nothing with it: needs are checked last.
    has = {name for name in has if all(need in has for need in topics[name].needs)}
    return [name for name in topics if name in has]


def place_counts(matcher: Matcher, written: Texts) -> tuple[dict[Hit, int], dict[Hit, int]]:
    """How often a matcher's cues stand in a title, and in an abstract with its keywords."""
    return _counted(matcher, tokens(written.title)), _counted(matcher, tokens(written.abstract))


def _counted(matcher: Matcher, words: Sequence[str]) -> dict[Hit, int]:
    counts: dict[Hit, int] = {}
    for number in matcher.scan(words).numbers:
        cue = matcher.cues[number]
        counts[cue] = counts.get(cue, 0) + 1
    return counts
