"""Learning from corrections: phrases of the papers a person gave a topic, as cues with weights.

The rules miss papers that are like those they find. How like a paper is says `likeness`; how far down that
order the topic reaches, the answers say (`extent`). Each answer's rank comes from a model that did not see it
(cross-fitting), and what is learned joins the rules only where the answers bear it out. Its phrases are
weighed so that a paper at the end of the topic just reaches the threshold by them alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from paperctl.errors import UsageError, nearest
from paperctl.record import Paper
from paperctl.topics.extent import extent
from paperctl.topics.learned import Learned, LearnedTopic
from paperctl.topics.likeness import Likeness
from paperctl.topics.rules import Rules, Topic
from paperctl.topics.tagging import tag

ENOUGH = 20
"""Corrections of a topic before anything is learned."""
EACH = 3
"""Of the papers that the rules do not give the topic, corrections must give it to so many, and to so many
not."""
FOLDS = 5
EVIDENCE = 2.0
"""How much better, in log-likelihood, answers must be explained by the rank than by nothing; chance alone
reaches it in about one set of answers of twenty (Wilks: twice this is chi-squared)."""


def learn(
    records: Sequence[Paper],
    corrections: Mapping[str, Mapping[int, bool]],
    rules: Rules,
    factors: Mapping[str, float] | None = None,
) -> Learned:
    """What corrections teach: `corrections[topic][index]` says whether `records[index]` has the topic.

    Confirmations count like corrections. `factors` are those that the rules are used with. Raises UsageError
    for an unknown topic.
    """
    for name in corrections:
        if name not in rules.topics:
            near = nearest(name, rules.topics)
            raise UsageError(f"unknown topic in corrections: {name}", near and f"did you mean {near}?")
    found = {
        name: LearnedTopic(False, _too_few(len(judged)), len(judged))
        for name, judged in corrections.items()
        if len(judged) < ENOUGH
    }
    if ready := [name for name in corrections if name not in found]:
        given = [set(tagging.topics) for tagging in tag(records, rules, factors=factors)]
        for name in ready:
            tagged = {i for i, topics in enumerate(given) if name in topics}
            judged = dict(sorted(corrections[name].items()))
            found[name] = _learn_topic(records, judged, tagged, rules.topics[name])
    return Learned({name: found[name] for name in corrections})


def _too_few(count: int) -> str:
    return f"{count} correction{'s' * (count != 1)}; learning starts at {ENOUGH}"


class _Answered(NamedTuple):
    """The rows of answered papers that the rules do not give the topic, and whether they have it."""

    rows: list[int]
    yes: list[bool]


def _learn_topic(
    records: Sequence[Paper], judged: Mapping[int, bool], tagged: set[int], topic: Topic
) -> LearnedTopic:
    rows = [row for row, place in enumerate(judged) if place not in tagged]
    missed = _Answered(rows, [judged[place] for place in judged if place not in tagged])
    if min(have := sum(missed.yes), len(rows) - have) < EACH:
        return LearnedTopic(
            False,
            f"of the corrected papers that the rules leave out {have} have it, {len(rows) - have} do not; "
            f"it needs {EACH} of either kind (paperctl tag review {topic.name})",
            len(judged),
        )
    likeness = Likeness(topic, records, tagged, judged)
    ranks = _ranks_unseen(likeness, [place in tagged for place in judged])
    reach, evidence = extent([ranks[row] for row in rows], missed.yes)
    found = sum(yes and ranks[row] <= reach for row, yes in zip(*missed, strict=True))
    wrong = sum(not yes and ranks[row] <= reach for row, yes in zip(*missed, strict=True))
    counts = f"of {have} papers that the rules miss it finds {found}, and {wrong} wrongly"
    cues = _cues(likeness, reach, missed.rows, topic) if evidence >= EVIDENCE and found > wrong else {}
    if not cues:
        return LearnedTopic(
            False, f"off: no phrase tells enough of the corrected papers apart ({counts})", len(judged)
        )
    return LearnedTopic(True, f"on: {counts}", len(judged), cues)


def _ranks_unseen(likeness: Likeness, tagged: Sequence[bool]) -> dict[int, float]:
    """The rank of each answered row by a model that learned from the other answers only."""
    from sklearn.model_selection import StratifiedKFold

    every = range(len(likeness.answers))
    kinds = [2 * had + yes for had, yes in zip(tagged, likeness.answers, strict=True)]
    found: dict[int, float] = {}
    for others, rows in _folds(StratifiedKFold(FOLDS, shuffle=True, random_state=0), every, kinds):
        found |= zip(rows, likeness.ranks(likeness.weights(others), rows), strict=True)
    return found


def _folds(folds: Any, every: Sequence[int], kinds: Sequence[int]) -> list[tuple[list[int], list[int]]]:
    import warnings

    with warnings.catch_warnings():  # a kind with fewer answers than folds is spread as far as it goes
        warnings.simplefilter("ignore", UserWarning)
        return [(list(map(int, a)), list(map(int, b))) for a, b in folds.split(every, kinds)]


def _cues(likeness: Likeness, reach: int, missed: Sequence[int], topic: Topic) -> dict[str, float]:
    """The phrases as cues, so weighed that the last paper within reach has just the threshold; none if that
    paper is like the topic in nothing."""
    import numpy as np

    weights = likeness.weights(range(len(likeness.answers)))
    liked = likeness.features @ weights
    order = np.sort(-liked[[*missed, *likeness.others]])
    last = -order[min(max(1, round(reach * likeness.share)), len(order)) - 1] if reach else 0.0
    if last <= 0:
        return {}
    scaled = weights * topic.threshold / last
    strongest = np.argsort(-np.abs(scaled), kind="stable")
    found = {likeness.phrases[i]: round(float(scaled[i]), 2) for i in strongest if scaled[i]}
    return {phrase: weight for phrase, weight in found.items() if weight}
