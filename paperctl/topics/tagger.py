"""Scores and tags: from the cues found in a paper to its topics, and the account of how it came about.

A cue's contribution is its weight, times the title factor if the title has it, plus its weight times
1 + ln(mentions) for the abstract and keywords, times the factor that the corpus gives it (`weigh`). In the
abstract, cues count by the roles of their sentences (`sentences`). A heading of the dump that names the topic
is one strong cue more. All is divided by the part of the threshold that a text so short must reach
(`texts.fullness`); weak cues together add at most half the threshold.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple

from paperctl.record import Paper
from paperctl.topics.field import Field
from paperctl.topics.gains import gains
from paperctl.topics.headings import Headings
from paperctl.topics.match import Hit, Matcher, Scan, Words
from paperctl.topics.rules import SUGGESTED, WEAK_SHARE, WEIGHTS, Kind, Rules
from paperctl.topics.sentences import Sentences
from paperctl.topics.texts import Texts, fullness, texts
from paperctl.topics.words import tokens

ARRAYS_FROM = 500
"""Papers from which on the arrays of `prefilter` pay their making,"""
NUMPY_FROM = 4_000
"""and the import of numpy, where nothing else has imported it."""
AT_ONCE = 200
"""Papers whose words are looked through in one go."""
Place = Literal["title", "abstract", "section"]
_PATTERN = re.compile(r"0|\*")
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
    author wrote it, as `rule` always is. `factor` is how often it counts by the roles of its sentences.
    """

    cue: str
    rule: str
    kind: Kind
    place: Place
    weight: float
    count: int
    contribution: float
    factor: float = 1.0


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

    words: Words
    """Of this paper and maybe of others."""
    title: Scan
    abstract: Scan
    titled: dict[int, int]
    """Mentions in the title."""
    mentioned: dict[int, int]
    """Mentions in the abstract and keywords."""
    roles: dict[int, float]
    """Of those of normal and strong cues, the sum of what their sentences make of them."""
    fullness: float


class Tagger:
    """Rules made ready for many papers; `tag` and `explain` are the same arithmetic."""

    def __init__(self, rules: Rules, factors: Mapping[str, float] | None = None) -> None:
        self.rules = rules
        self._tagged = 0
        self._topics = list(rules)
        self._matcher = Matcher(rules)
        self._gains = gains(rules, self._matcher.cues, factors or {})
        topics = self._topics
        fields = {(t.field, t.field_title): Field(t.field, t.field_title) for t in topics}
        self._fields = [fields[t.field, t.field_title] if t.field else None for t in topics]

    @cached_property
    def _headings(self) -> Headings:
        return Headings(self.rules)

    def tag(self, record: Paper) -> Tagging:
        return next(self.tag_all([texts(record)]))

    def tag_each(self, records: Iterable[Paper]) -> Iterator[Tagging]:
        """The topics of each record, in order."""
        papers = map(texts, records)
        while some := list(islice(papers, AT_ONCE)):
            yield from self.tag_all(some)

    def tag_all(self, papers: Sequence[Texts]) -> Iterator[Tagging]:
        """The topics of each paper; many at once take less time than one by one."""
        self._tagged += len(papers)
        many = self._tagged > (ARRAYS_FROM if "numpy" in sys.modules else NUMPY_FROM)
        words = self._matcher.words([text for paper in papers for text in paper[:2]], many=many)
        scans = self._matcher.scans(words)
        for written, title, abstract in zip(papers, scans, scans, strict=True):
            scores: dict[str, float] = {}
            topics: list[str] = []
            if title.numbers or abstract.numbers or written.heading:
                scores = self._scores(self._read(words, title, abstract), written.heading)
                topics = given(scores, self.rules)
                for name in topics:
                    scores.setdefault(name, 0.0)
            yield Tagging(topics, scores)

    def counts(self, record: Paper) -> tuple[Mapping[Hit, int], Mapping[Hit, int]]:
        """Mentions of each cue in the title, and in the abstract with the keywords."""
        return place_counts(self._matcher, texts(record))

    def _read(self, words: Words, title: Scan, abstract: Scan) -> _Read:
        mentioned: dict[int, int] = {}
        roles: dict[int, float] = {}
        sentences: Sentences | None = None
        for number, start in zip(abstract.numbers, abstract.starts, strict=True):
            mentioned[number] = mentioned.get(number, 0) + 1
            if (by_role := self._gains[number].role_factors) is not None:
                sentences = sentences or Sentences(words, abstract.begin, abstract.end)
                role = by_role[sentences.roles(start)]
                roles[number] = roles.get(number, 0.0) + role
        length = abstract.end - abstract.begin
        return _Read(words, title, abstract, _counted(title.numbers), mentioned, roles, fullness(length))

    def _scores(self, read: _Read, heading: str) -> dict[str, float]:
        """The score of every topic that has one, but for topics that lack a word of their field."""
        sums: dict[int, float] = {}
        weak_sums: dict[int, float] = {}
        for number in read.titled:
            gain = self._gains[number]
            into = weak_sums if gain.weak_in_title else sums
            into[gain.topic] = into.get(gain.topic, 0.0) + gain.titled
        for number, count in read.mentioned.items():
            gain = self._gains[number]
            into = weak_sums if gain.weak else sums
            into[gain.topic] = into.get(gain.topic, 0.0) + gain.in_abstract(number, count, read.roles)
        for topic in self._headings.topics(heading) if heading else ():
            sums[topic] = sums.get(topic, 0.0) + WEIGHTS["strong"]
        scores: dict[str, float] = {}
        of_field: dict[int, bool] = {}
        for place in sorted(sums.keys() | weak_sums.keys()):
            topic_rules = self._topics[place]
            score = sums.get(place, 0.0) / read.fullness
            if place in weak_sums:
                score += min(weak_sums[place] / read.fullness, topic_rules.threshold * WEAK_SHARE)
            if (score := round(score, 2)) > 0 and self._of_field(place, read, heading, of_field):
                scores[topic_rules.name] = score
        return scores

    def _of_field(self, topic: int, read: _Read, heading: str, known: dict[int, bool]) -> bool:
        """Whether a paper has a word of the topic's field; topics of one field are asked for once."""
        field = self._fields[topic]
        if field is None:
            return True
        if id(field) not in known:
            parts = (read.title, read.abstract)
            title, abstract = (read.words.of_field(part.begin, part.end) for part in parts)
            known[id(field)] = field.has(title, abstract) or field.has(tokens(heading), ())
        return known[id(field)]

    def explain(self, record: Paper) -> list[Explanation]:
        written = texts(record)
        (tagging,) = self.tag_all([written])
        words = self._matcher.words(written[:2])
        read = self._read(words, *self._matcher.scans(words))
        founds = self._founds(written, read)
        has = set(tagging.topics)
        explanations = []
        for t, topic in enumerate(self._topics):
            lines = sorted(founds.get(t, ()), key=lambda found: -found.contribution)
            by = tuple(n for n in tagging.topics if topic.name in self.rules.implied[n])
            lacks = [need for need in topic.needs if need not in has]
            if lines and not self._of_field(t, read, written.heading, {}):
                lacks.append(A_WORD_OF_ITS_FIELD)
            if lines or topic.name in has:
                score = round(sum(line.contribution for line in lines), 2)
                explanations.append(
                    Explanation(
                        topic.name, topic.name in has, score, topic.threshold, tuple(lines), by, tuple(lacks)
                    )
                )
        return explanations

    def _founds(self, written: Texts, read: _Read) -> dict[int, list[Found]]:
        """By topic, every cue with what it brings."""
        founds: dict[int, list[Found]] = {}
        places: list[tuple[Place, dict[int, int], Scan]] = [
            ("title", read.titled, read.title),
            ("abstract", read.mentioned, read.abstract),
        ]
        for place, counts, part in places:
            as_written = self._matcher.wordings(read.words[part.begin : part.end])
            for number, count in counts.items():
                t, c = self._matcher.cues[number]
                cue = self._topics[t].cues[c]
                name = as_written.get(number, cue.text) if _PATTERN.search(cue.text) else cue.text
                factor = read.roles[number] / count if place == "abstract" and number in read.roles else 1.0
                brings = self._gains[number]
                gain = brings.titled if place == "title" else brings.in_abstract(number, count, read.roles)
                kind = cue.kind if place == "title" else brings.kind
                weight = cue.weight if kind == cue.kind else WEIGHTS[kind]
                found = Found(
                    name, cue.text, kind, place, weight, count, gain / read.fullness, round(factor, 2)
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
    title, abstract = (
        {matcher.cues[number]: count for number, count in _counted(scan.numbers).items()}
        for scan in matcher.scans(matcher.words(written[:2]))
    )
    return title, abstract


def _counted(numbers: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    return counts
