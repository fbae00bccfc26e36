"""How well tags agree with labelled papers: precision, recall, F1 per topic, and the worst misses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from paperctl.errors import UsageError
from paperctl.record import Paper
from paperctl.text.fold import fold
from paperctl.topics.rules import Rules
from paperctl.topics.tagger import Tagging

WORST = 5


@dataclass(frozen=True, slots=True)
class Miss:
    """A paper tagged wrongly: with a topic it has not, or without one it has."""

    title: str
    expected: bool
    score: float
    threshold: float
    weight: float = 1.0


@dataclass(slots=True)
class TopicScore:
    """Agreement on one topic; counts are sums of the rows' weights."""

    topic: str
    hit: float = 0.0
    false: float = 0.0
    missed: float = 0.0
    judged: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.false) if self.hit else 0.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (2 * self.hit + self.false + self.missed) if self.hit else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of every topic judged, in the order of the rules, and titles that no record has."""

    topics: list[TopicScore]
    unknown: list[str]

    @property
    def macro_f1(self) -> float:
        return sum(t.f1 for t in self.topics) / len(self.topics) if self.topics else 0.0


def evaluate(
    rows: Iterable[Mapping[str, object]],
    records: Iterable[Paper],
    taggings: Iterable[Tagging],
    rules: Rules,
    *,
    worst: int = WORST,
) -> Evaluation:
    """Agreement of the taggings with labelled rows, matched by title (or a source's title).

    A row is `{"title", "labels": {topic: 1, 0 or null}}` or `{"title", "topic", "label", "weight"}`;
    null is not scored, weight is 1 unless given. Raises UsageError for a row of another shape or a
    topic that the rules do not know.
    """
    known: dict[str, Tagging] = {}
    for record, tagging in zip(records, taggings, strict=False):
        for title in (*(s.get("title") for s in record.get("sources") or ()), record.get("title")):
            if title:
                known[fold(str(title))] = tagging
    scores: dict[str, TopicScore] = {}
    unknown: dict[str, None] = {}
    for number, row in enumerate(rows, 1):
        title = str(row.get("title") or "") if isinstance(row, Mapping) else ""
        for name, expected, weight in _judgements(row, number):
            topic = rules.resolve(name)
            score = scores.setdefault(topic, TopicScore(topic))
            tagging_or_none = known.get(fold(title))
            if tagging_or_none is None:
                unknown[title] = None
                continue
            _count(score, title, expected, weight, tagging_or_none, rules.topics[topic].threshold)
    for score in scores.values():
        score.misses.sort(key=lambda m: -abs(m.score - m.threshold) * m.weight)
        del score.misses[worst:]
    return Evaluation([scores[t] for t in rules.topics if t in scores], list(unknown))


def _judgements(row: Mapping[str, object], number: int) -> Iterator[tuple[str, bool, float]]:
    """What one row says: topic, whether the paper has it, and how much the row weighs."""
    if isinstance(row, Mapping) and row.get("title"):
        labels, weight = row.get("labels"), row.get("weight", 1)
        if labels is None and "topic" in row:
            labels = {row["topic"]: row.get("label")}
        known = (0, 1, None)
        if (
            isinstance(labels, Mapping)
            and all(label in known for label in labels.values())
            and isinstance(weight, int | float)
        ):
            for topic, label in labels.items():
                if label is not None:
                    yield str(topic), bool(label), float(weight)
            return
    raise UsageError(
        f"row {number} is not a label",
        'as in {"title": "…", "labels": {"llm": 1, "peft": 0}} or {"title": "…", "topic": "llm", "label": 1}',
    )


def _count(
    score: TopicScore, title: str, expected: bool, weight: float, tagging: Tagging, threshold: float
) -> None:
    given = score.topic in tagging.topics
    score.judged += 1
    if given and expected:
        score.hit += weight
    elif given:
        score.false += weight
    elif expected:
        score.missed += weight
    if given != expected:
        own = tagging.scores.get(score.topic, 0.0)
        score.misses.append(Miss(title, expected, own, threshold, weight))
