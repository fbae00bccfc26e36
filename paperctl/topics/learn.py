"""Learning from corrections: a small linear model per topic that adds cues of the user's own papers.

The model is a logistic regression over n-grams, with the rules' margin as one more feature; divided
by that feature's weight, its other weights are cues like any others, which `explain` lists as learned.
Its L1 penalty keeps few words, and leaves them too weak rather than too strong. It joins the rules
only where cross-validation on the corrections says that it is better than the rules alone. Training
is deterministic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from typing import Any

from paperctl.errors import UsageError, nearest
from paperctl.topics.evaluate import f1
from paperctl.topics.learned import Learned, LearnedTopic
from paperctl.topics.match import Matcher
from paperctl.topics.rules import Cue, Rules, Topic
from paperctl.topics.tagger import Tagger, place_counts
from paperctl.topics.texts import fullness, texts
from paperctl.topics.words import STOP, plain, tokens

ENOUGH = 20
"""Corrections of a topic before a model is tried."""
EACH = 5
"""Corrections of either kind, yes and no, that it needs at least."""
FOLDS = 5
ANCHORS = 400
"""Uncorrected papers that stand for the rules' own opinion, so that a few corrections move few other tags."""
ANCHOR_SHARE = 0.25
"""What all anchors weigh together, of what the corrections do: where rules are blind, anchors are wrong."""
CANDIDATES = 1_500
CUES = 40
MARGIN_SCALE = 10.0
"""The margin enters large, so that the penalty hardly touches its weight."""
STRENGTH = 0.3
USUAL_IDF = 4.0
"""ln(1 / share of papers) from which a word counts as telling: about one paper in fifty."""
GAIN = 0.01
REPEATS = 4
"""Cross-validations; the model must gain `GAIN` on average and lose in none."""
STOP_WORDS = frozenset(
    """a also an and are art as at be been best both but by can do does each existing first for from has have
    how however in into is it its may more most much not novel of often on one only or other our over paper
    propose proposed recent show state such than that the their them there these they this through to under
    use used using via was we well were what when where whether which while who will with within without
    approach based between different experiment important improve method model new problem provide result
    significant significantly study task work e g i et al github http com code available""".split()  # noqa: SIM905
)


def learn(
    records: Sequence[Mapping[str, Any]], corrections: Mapping[str, Mapping[int, bool]], rules: Rules
) -> Learned:
    """What corrections teach: `corrections[topic][index]` says whether `records[index]` has the topic.

    Confirmations count like corrections. Raises UsageError for an unknown topic.
    """
    found = {}
    for name, judged in corrections.items():
        if name not in rules.topics:
            near = nearest(name, rules.topics)
            raise UsageError(f"unknown topic in corrections: {name}", near and f"did you mean {near}?")
        found[name] = _learn_topic(records, dict(sorted(judged.items())), rules, rules.topics[name])
    return Learned(found)


def _learn_topic(
    records: Sequence[Mapping[str, Any]], judged: Mapping[int, bool], rules: Rules, topic: Topic
) -> LearnedTopic:
    yes = sum(judged.values())
    few = min(yes, len(judged) - yes)
    if len(judged) < ENOUGH:
        return LearnedTopic(
            False,
            f"{len(judged)} correction{'s' * (len(judged) != 1)}; learning starts at {ENOUGH}",
            len(judged),
        )
    if few < EACH:
        which = "with" if yes < len(judged) - yes else "without"
        return LearnedTopic(
            False,
            f"only {few} corrected papers {which} the topic; it needs {EACH} of either kind",
            len(judged),
        )
    task = _Task(records, judged, rules, topic)
    before, afters = task.cross_validated()
    after = sum(afters) / len(afters)
    said = f"F1 held out: rules {before:.3f}, with learning {after:.3f}"
    if after < before + GAIN or min(afters) < before:
        return LearnedTopic(False, f"off: no better than the rules ({said})", len(judged), before, after)
    cues = task.fit(range(len(task.wanted)))
    if not cues:
        return LearnedTopic(
            False, f"off: no word tells the corrected papers apart ({said})", len(judged), before
        )
    return LearnedTopic(True, f"on: {said}", len(judged), round(before, 4), round(after, 4), cues)


class _Task:
    """One topic's training set: corrected papers, then anchors; features are candidate cues."""

    def __init__(
        self, records: Sequence[Mapping[str, Any]], judged: Mapping[int, bool], rules: Rules, topic: Topic
    ) -> None:
        import numpy as np

        rest = [i for i in range(len(records)) if i not in judged]
        anchors = rest[:: max(1, len(rest) // ANCHORS)][:ANCHORS]
        chosen = [records[i] for i in (*judged, *anchors)]
        tagger = Tagger(rules)
        # The margin is the topic's own; a topic that another one implies is left to that one.
        margins = [tagger.tag(r).scores.get(topic.name, 0.0) - topic.threshold for r in chosen]
        self.judged = len(judged)
        self.wanted = [*judged.values(), *(m >= 0 for m in margins[self.judged :])]
        weight = ANCHOR_SHARE * self.judged / max(1, len(anchors))
        self.weights = np.array([1.0] * self.judged + [weight] * len(anchors))
        self.margins = np.array(margins)
        self.words = candidates(chosen[: self.judged])
        self.features = cue_features(chosen, self.words, topic.title_boost)
        # A word that many papers have must earn its weight: its column is scaled down while fitting.
        spread = np.asarray((self.features > 0).mean(axis=0)).ravel()
        self.scale = np.minimum(1.0, np.log(1 / np.maximum(spread, 1e-4)) / USUAL_IDF)

    def fit(self, rows: Sequence[int] | range) -> dict[str, float]:
        """Weights of the cues that the given rows teach, on the scale of the rules' weights."""
        from scipy.sparse import csr_matrix, hstack
        from sklearn.linear_model import LogisticRegression

        rows = list(rows)
        wanted = [self.wanted[i] for i in rows]
        if len(set(wanted)) < 2 or not self.words:
            return {}
        margin = csr_matrix(self.margins[rows].reshape(-1, 1) * MARGIN_SCALE)
        matrix = hstack([margin, self.features[rows].multiply(self.scale)]).tocsr()
        model = LogisticRegression(
            C=STRENGTH, l1_ratio=1, solver="liblinear", fit_intercept=False, random_state=0, max_iter=500
        )
        model.fit(matrix, wanted, sample_weight=self.weights[rows])
        own, others = model.coef_[0, 0] * MARGIN_SCALE, model.coef_[0, 1:]
        if own <= 0.01:
            return {}
        ranked = sorted(zip(self.words, others * self.scale, strict=True), key=lambda w: (-abs(w[1]), w[0]))
        return {word: round(float(w / own), 2) for word, w in ranked[:CUES] if abs(w / own) >= 0.05}

    def cross_validated(self) -> tuple[float, list[float]]:
        """F1 of the rules alone, and of rules and model in each repeat, on papers the model has not seen."""
        import numpy as np
        from sklearn.model_selection import StratifiedKFold

        columns = {word: i for i, word in enumerate(self.words)}
        weights = list(self.weights)
        afters = []
        for seed in range(REPEATS):
            given = np.zeros(len(self.wanted), dtype=bool)
            folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
            for train, test in folds.split(self.wanted, self._strata()):
                added = np.zeros(len(self.words))
                for word, value in self.fit(train).items():
                    added[columns[word]] = value
                given[test] = self.margins[test] + self.features[test] @ added >= 0
            afters.append(f1(self.wanted, list(given), weights))
        return f1(self.wanted, list(self.margins >= 0), weights), afters

    def _strata(self) -> list[int]:
        """Corrections of either kind and anchors, spread alike over the folds."""
        return [int(wanted) if i < self.judged else 2 for i, wanted in enumerate(self.wanted)]


def candidates(records: Sequence[Mapping[str, Any]], longest: int = 2, least: int = 3) -> list[str]:
    """N-grams of at least `least` of the records, most widespread first, as cues can be written."""
    seen: Counter[str] = Counter()
    for record in records:
        seen.update(_grams(record, longest))
    kept = [gram for gram, n in seen.items() if least <= n]
    kept.sort(key=lambda gram: (-seen[gram], gram))
    return kept[:CANDIDATES]


def _grams(record: Mapping[str, Any], longest: int) -> set[str]:
    found = set()
    text = f"{record.get('title') or ''}. \n{record.get('abstract') or ''}"
    words = [STOP if word == STOP else plain(word) for word in tokens(text)]
    for start in range(len(words)):
        for stop in range(start + 1, min(start + longest, len(words)) + 1):
            gram = words[start:stop]
            if gram[-1] == STOP or len(gram[-1]) > 30:
                break
            if gram[0] in STOP_WORDS or gram[-1] in STOP_WORDS or not any(w.isalpha() for w in gram):
                continue
            if len(gram) > 1 or len(gram[0]) > 2:
                found.add(" ".join(gram))
    return found


def cue_features(records: Sequence[Mapping[str, Any]], words: Sequence[str], boost: float) -> Any:
    """What a cue of weight 1 would contribute: a sparse matrix, records by words."""
    from scipy.sparse import csr_matrix

    topic = Topic("learned", "learned", tuple(Cue(word, "learned", 1.0) for word in words))
    matcher = Matcher(Rules({"learned": topic}))
    rows, columns, values = [], [], []
    for i, record in enumerate(records):
        written = texts(record)
        title, abstract = place_counts(matcher, written)
        gains = {cue: boost for (_, cue) in title}
        for (_, cue), count in abstract.items():
            gains[cue] = gains.get(cue, 0.0) + 1 + log(count)
        share = fullness(len(tokens(written.abstract)))
        rows += [i] * len(gains)
        columns += list(gains)
        values += [gain / share for gain in gains.values()]
    return csr_matrix((values, (rows, columns)), shape=(len(records), len(words)))
