"""Abstracts: how much of one stands in the other, also when one of them was cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Indel

from paperctl.deduplicate import thresholds
from paperctl.text.fold import fold

AbstractRelation = Literal["same", "close", "other", "unknown"]

_TAG = re.compile(r"</?[a-z]{1,6}>", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:©|\(c\) |copyright\b|all rights reserved|\[abstract from).*$", re.IGNORECASE | re.DOTALL
)
_CUT = ("…", "...", "[...]")
_NONE = re.compile(r"(?:no abstract (?:is |was )?|(?:the |an )?abstract (?:is |was )?(?:not |un))available\b")


def is_cut(raw: str) -> bool:
    """Whether an abstract looks cut: it ends in dots, or after some 190 characters in mid-sentence."""
    text = raw.rstrip()
    return text.endswith(_CUT) or (len(text) in thresholds.CUT_ABSTRACT and text[-1:] not in ".!?)\"'”")


@dataclass(slots=True, frozen=True)
class AbstractMatch:
    """`ratio` 0..1 over letters; `cut` if one is the beginning or the end of the other.

    `long` if the shorter is long enough to support a title; `figures` if they agree but each has numbers that
    the other lacks, as the years of an annual series.
    """

    relation: AbstractRelation
    ratio: float = 0.0
    cut: bool = False
    long: bool = False
    figures: bool = False


@lru_cache(maxsize=20_000)
def clean(raw: str) -> str:
    """The letters of an abstract as they are compared, at most the first 4,000."""
    text = raw[: thresholds.ABSTRACT_COMPARED]
    if "<" in text:
        text = _TAG.sub("", text)
    return fold(text[: -thresholds.CLOSING] + _CLOSING.sub("", text[-thresholds.CLOSING :]))


def compare(raw_a: str | None, raw_b: str | None) -> AbstractMatch:
    """How much two abstracts agree; unknown where one is missing or too short to say anything."""
    if not raw_a or not raw_b:
        return AbstractMatch("unknown")
    a, b = clean(raw_a), clean(raw_b)
    a, b = sorted((a, b), key=lambda text: (len(text), text))
    if len(a) < thresholds.ABSTRACT_SAYS_SOMETHING or _NONE.match(a) or _NONE.match(b):
        return AbstractMatch("unknown")
    long = len(a) >= thresholds.LONG_ABSTRACT and not (is_cut(raw_a) and is_cut(raw_b))
    if a == b:
        return AbstractMatch("same", 1.0, False, long)
    whole = Indel.normalized_similarity(a, b)
    if whole < thresholds.SAME_ABSTRACT:
        if cut := _as_cut(a, b):
            return AbstractMatch("same", cut, True, long)
        whole = max(whole, _as_reworked(a, b, whole))
    relation = _relation(whole)
    figures = relation != "other" and _other_figures(a, b)
    return AbstractMatch(relation, whole, False, long, figures)


def _relation(ratio: float) -> AbstractRelation:
    if ratio >= thresholds.SAME_ABSTRACT:
        return "same"
    return "close" if ratio >= thresholds.CLOSE_ABSTRACT else "other"


def _as_cut(a: str, b: str) -> float:
    """How much of the shorter text is the beginning or the end of the longer one; 0 if it is neither."""
    if len(a) >= thresholds.CUT_SHARE * len(b):
        return 0.0
    for part in (b[: len(a)], b[-len(a) :] if len(a) >= thresholds.LONG_ABSTRACT else ""):
        if (ratio := Indel.normalized_similarity(a, part)) >= thresholds.SAME_ABSTRACT:
            return ratio
    return 0.0


def _as_reworked(a: str, b: str, whole: float) -> float:
    """How much of the shorter text stands anywhere in the longer one."""
    if whole * (len(a) + len(b)) <= 2 * thresholds.BY_CHANCE * len(a):
        return 0.0
    contained = _contained(a, b)
    grown = len(a) < thresholds.GROWN_SHARE * len(b)
    return min(contained, thresholds.REWORKED_ABSTRACT) if grown else contained


def _other_figures(a: str, b: str) -> bool:
    """Whether each of two texts has numbers of two digits and more that the other lacks: one digit may be
    a footnote, or what is left of a formula."""
    left, right = (set(_FIGURE.findall(text)) for text in (a, b))
    return bool(left - right) and bool(right - left)


_FIGURE = re.compile(r"\b\d{2,}\b")


def _contained(a: str, b: str) -> float:
    """The share of the shorter text's three-word runs that stand in the longer one (Broder 1997)."""
    runs = _runs(a)
    if len(runs) < thresholds.RUNS:
        return 0.0
    return len(runs & _runs(b)) / len(runs)


def _runs(text: str) -> set[tuple[str, str, str]]:
    words = text.split()
    return set(zip(words, words[1:], words[2:], strict=False))
