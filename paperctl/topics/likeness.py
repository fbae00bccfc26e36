"""How like papers are to those that have a topic, by the phrases that distinguish the two.

A logistic regression over n-grams (weighted by inverse document frequency, L2 penalty) tells papers that have
the topic from others of the store. Its strongest weights are kept: with them a paper's likeness is a sum
over the phrases in it, as a score of the rules is over cues. Everything is deterministic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from paperctl.record import Paper
from paperctl.topics.phrases import candidates, cue_features
from paperctl.topics.rules import Topic

MOST_TAGGED = 600
MOST_OTHERS = 20_000
"""Papers without the topic that are compared, evenly spread over the store: enough to see the few like it."""
AGAINST = 2_000
"""Of these, those that stand for papers without the topic while learning."""
PHRASES = 60
YES, NO = 2.0, 4.0
"""What an answer weighs at least against a paper that only the rules judge."""
ANSWERS = 0.5
"""What all answers weigh at least against those papers: where the rules are poor, many of them are wrong."""
FEW = 30
"""Papers with the topic below which a phrase that two of them share may count; above, three must."""


class Likeness:
    """The papers that are compared on one topic: a row for each answered one, each tagged one, each other."""

    def __init__(
        self,
        topic: Topic,
        records: Sequence[Paper],
        tagged: Collection[int],
        judged: Mapping[int, bool],
    ) -> None:
        """`tagged` are the places of records that the rules give the topic, `judged` the answers by place."""
        import numpy as np

        known = {*tagged, *judged}
        unjudged = _spread([i for i in sorted(tagged) if i not in judged], MOST_TAGGED)
        rest = [i for i in range(len(records)) if i not in known]
        others = _spread(rest, MOST_OTHERS)
        self.places = [*judged, *unjudged, *others]
        """The places of the papers among the records."""
        self.answers = list(judged.values())
        self.tagged = range(len(judged), len(judged) + len(unjudged))
        self.others = range(self.tagged.stop, len(self.places))
        self.share = len(others) / max(1, len(rest))
        """What part of the other papers of the store are among `others`."""
        models = [*(i for i, yes in judged.items() if yes), *unjudged]
        least = 2 if len(models) < FEW else 3
        self.phrases = candidates([records[i] for i in models], least=least)
        chosen = [records[i] for i in self.places]
        self.features = cue_features(chosen, self.phrases, topic.title_boost)
        spread = np.asarray((self.features > 0).sum(axis=0)).ravel() + 1
        self._rarity = np.log((len(self.places) + 1) / spread)

    def weights(self, answers: Iterable[int]) -> Any:
        """The weight of each phrase, an array; 0 for most. Of the answered rows those in `answers` teach."""
        import numpy as np
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import normalize

        answers = list(answers)
        yes, no = ([a for a in answers if self.answers[a] is kind] for kind in (True, False))
        against = _spread(self.others, AGAINST)
        models, opposite = [*self.tagged, *yes], [*against, *no]
        if not (models and opposite and self.phrases):
            return np.zeros(len(self.phrases))
        trust = np.array(
            [*_shares(len(self.tagged), len(yes), YES), *_shares(len(against), len(no), NO)], dtype=float
        )
        model = LogisticRegression(max_iter=300)
        model.fit(
            normalize(self.features[models + opposite].multiply(self._rarity).tocsr()),
            [1] * len(models) + [0] * len(opposite),
            sample_weight=100 * trust,
        )
        found = model.coef_[0] * self._rarity
        found[np.argsort(-np.abs(found), kind="stable")[PHRASES:]] = 0.0
        return found

    def ranks(self, weights: object, rows: Iterable[int]) -> list[float]:
        """What place each row would have among the store's other papers, ordered from the likest (1)."""
        import numpy as np

        likeness = self.features @ weights
        likest_first = np.sort(-likeness[self.others.start :])
        return [1 + float(np.searchsorted(likest_first, -likeness[row])) / self.share for row in rows]


def _spread(items: Sequence[int], most: int) -> list[int]:
    """At most so many of the items, evenly spread."""
    return list(items[:: max(1, len(items) // most)][:most])


def _shares(plain: int, answered: int, weight: float) -> list[float]:
    """What each of the plain and then of the answered papers weighs, together 1."""
    weight = max(weight, ANSWERS * plain / max(1, answered))
    whole = plain + weight * answered
    return [1 / whole] * plain + [weight / whole] * answered
