"""Phrases of papers that could be cues, and how much each would add to a paper's score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import Any

from paperctl.record import Paper
from paperctl.topics.match import Matcher
from paperctl.topics.rules import Cue, Rules, Topic
from paperctl.topics.tagger import place_counts
from paperctl.topics.texts import fullness, texts
from paperctl.topics.words import STOP, plain, tokens

CANDIDATES = 1_500
STOP_WORDS = frozenset(
    """a also an and are art as at be been best both but by can do does each existing first for from has have
    how however in into is it its may more most much not novel of often on one only or other our over paper
    propose proposed recent show state such than that the their them there these they this through to under
    use used using via was we well were what when where whether which while who will with within without
    approach based between different experiment important improve method model new problem provide result
    significant significantly study task work e g i et al github http com code available""".split()  # noqa: SIM905
)


def candidates(records: Sequence[Paper], longest: int = 2, least: int = 3) -> list[str]:
    """N-grams of at least `least` of the records, most widespread first, as cues can be written."""
    seen: Counter[str] = Counter()
    for record in records:
        seen.update(_grams(record, longest))
    kept = [gram for gram, n in seen.items() if least <= n]
    kept.sort(key=lambda gram: (-seen[gram], gram))
    return kept[:CANDIDATES]


def _grams(record: Paper, longest: int) -> set[str]:
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


def cue_features(records: Sequence[Paper], words: Sequence[str], boost: float) -> Any:
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
