"""Cues worth adding to a topic: phrases of the papers a person tagged, with the F1 they would bring."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from paperctl.errors import UsageError
from paperctl.record import Paper
from paperctl.topics.phrases import candidates, cue_features
from paperctl.topics.rules import THRESHOLD, TITLE, WEIGHTS, Kind, Rules
from paperctl.topics.tagger import Tagger

OTHERS = 4_000
"""Papers not tagged that are looked at, evenly spread: enough to see which phrases are rare."""
TRIED = 400
LIFT: dict[Kind, float] = {"strong": 8.0, "normal": 4.0}
"""How many times more often a phrase must stand in the papers it should find than in the others."""
KINDS: tuple[Kind, ...] = ("strong", "normal", "against")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A cue to add to a list of the topic: in how many of the tagged and of the other papers it stands,
    and F1 of the topic's tags on those papers before and after."""

    cue: str
    kind: Kind
    tagged: int
    others: int
    f1_before: float
    f1_after: float


def suggest(
    topic: str,
    tagged: Collection[int],
    records: Sequence[Paper],
    rules: Rules,
    *,
    without: Collection[int] | None = None,
    limit: int = 10,
) -> list[Suggestion]:
    """The cues that would raise F1 most if added alone, best first.

    `tagged` are places of papers in `records` that have the topic, `without` of papers that have it
    not; left out, those are the other papers that the rules do not give it (4,000 at most). A topic that
    the rules do not know starts from nothing. Raises UsageError if no paper is tagged.
    """
    import numpy as np

    if not tagged:
        raise UsageError(f"no paper has the topic {topic} yet", "tag a few by hand first: paperctl tag add")
    tagger = Tagger(rules)
    if without is None:
        others = _unlike(topic, tagged, records, tagger)
    else:
        others = sorted(without)[:: max(1, len(without) // OTHERS)][:OTHERS]
    chosen = [records[i] for i in (*sorted(tagged), *others)]
    labelled = np.arange(len(chosen)) < len(tagged)

    known = rules.topics.get(topic)
    threshold, boost = (known.threshold, known.title_boost) if known else (THRESHOLD, TITLE)
    taggings = [tagger.tag(record) for record in chosen]
    scores = np.array([t.scores.get(topic, 0.0) for t in taggings])
    implied = np.array([topic in t.topics for t in taggings]) & (scores < threshold)

    words = candidates(chosen[: len(tagged)], longest=3, least=min(2, len(tagged)))[:TRIED]
    # Against cues stand in papers that have the topic wrongly, so those are read for phrases too.
    wrong = [r for r, s, w in zip(chosen, scores, labelled, strict=True) if s >= threshold and not w]
    words = list(dict.fromkeys([*words, *candidates(wrong, longest=3, least=2)[:TRIED]]))
    features = cue_features(chosen, words, boost).tocsc()

    before = _f1(labelled, (scores >= threshold) | implied)
    found = []
    for column, word in enumerate(words):
        gains = features[:, [column]].toarray().ravel()
        inside, outside = int((gains[labelled] > 0).sum()), int((gains[~labelled] > 0).sum())
        lift = (inside + 0.5) / (len(tagged) + 1) * (len(others) + 1) / (outside + 0.5)
        for kind in KINDS:
            after = _f1(labelled, (scores + WEIGHTS[kind] * gains >= threshold) | implied)
            if after > before and lift >= LIFT.get(kind, 0.0):
                found.append(Suggestion(word, kind, inside, outside, round(before, 4), round(after, 4)))
    # The gentler kind and the longer phrase win a tie: they promise less of papers not seen.
    found.sort(key=lambda s: (-s.f1_after, s.kind == "strong", -s.cue.count(" "), s.others, s.cue))
    return _without_echoes(found)[:limit]


def _unlike(topic: str, tagged: Collection[int], records: Sequence[Paper], tagger: Tagger) -> list[int]:
    """Papers that neither a person nor a rule gives the topic. Those with the topic by a rule are not
    checked: their words speak neither for nor against it."""
    others = [i for i in range(len(records)) if i not in set(tagged)]
    others = others[:: max(1, len(others) // OTHERS)][:OTHERS]
    return [i for i in others if topic not in tagger.tag(records[i]).topics]


def _without_echoes(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Each phrase once, and no phrase that only repeats a part of a better one."""
    kept: list[Suggestion] = []
    for one in found:
        # "fine tuning" and "finetuning" are one cue, so spaces do not distinguish phrases.
        inside = one.cue.replace(" ", "")
        others = [k.cue.replace(" ", "") for k in kept]
        if not any(inside in other or other in inside for other in others):
            kept.append(one)
    return kept


def _f1(labelled: Any, given: Any) -> float:
    hit = int((labelled & given).sum())
    wrong = int((labelled != given).sum())
    return 2 * hit / (2 * hit + wrong) if hit else 0.0
