"""How two titles differ, sorted by kind.

A typing slip, words added on one side, or a word exchanged for another: the last makes another paper
far more often than a slip. Numbers that differ and successors ("v2") veto.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import Indel

from paperctl.deduplicate import spelling, thresholds, title_vetoes, vocabulary
from paperctl.deduplicate.titles import Title, as_number, take_apart

TitleRelation = Literal["same", "part", "added", "near", "other", "unknown"]


@dataclass(slots=True, frozen=True)
class TitleMatch:
    """How two titles stand to each other.

    `ratio` 0..1 over letters, `veto` what speaks against one work, `only_a` and `only_b` the content
    words that one has alone, `common` the share of the shorter title's content words that both have,
    `doubt` two words that were taken for one misspelt and may be two ("hypertension / hypotension"),
    `turned` if that is the words' order or another meaning, `one_word` if the words that differ are one,
    misspelt beyond a slip, `noted` if they are only a kind of item or a year, `dated` if one has
    only a date more, as the issues of a column do, `end` if one is the beginning or the end of the other, or
    stands in it whole, `cut` if one ends in dots and goes on in the other.
    """

    relation: TitleRelation
    ratio: float
    veto: str = ""
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()
    common: float = 1.0
    doubt: str = ""
    turned: bool = False
    one_word: bool = False
    noted: bool = False
    dated: bool = False
    end: bool = False
    cut: bool = False


def alike_at_a_glance(a: str, b: str) -> bool:
    """Whether two flat titles are alike enough to look closer, or one begins or ends with the other."""
    return bool(Indel.normalized_similarity(a, b, score_cutoff=thresholds.GLANCE)) or _is_end(a, b)


def alike_at_a_glance_each(a: Sequence[str], b: Sequence[str]) -> list[bool]:
    """The same of many pairs, the titles of each in the same place of `a` and `b`: that takes a tenth of the
    time that one call for each would."""
    if not a:
        return []
    scores = process.cpdist(
        a, b, scorer=Indel.normalized_similarity, score_cutoff=thresholds.GLANCE, dtype=float
    )
    return [bool(score) or _is_end(x, y) for score, x, y in zip(scores.tolist(), a, b, strict=True)]


def _is_end(a: str, b: str) -> bool:
    """Whether one flat title is the beginning or the end of the other."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return len(short) >= thresholds.TITLE_PART and (long.startswith(short) or long.endswith(short))


def _is_inside(a: str, b: str) -> bool:
    """Whether one flat title stands whole in the other."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return len(short) >= thresholds.TITLE_INSIDE and short in long


def compare(raw_a: str, raw_b: str) -> TitleMatch:
    """How two titles stand to each other, by the readings that agree best."""
    if raw_a > raw_b:
        match = compare(raw_b, raw_a)
        return replace(match, only_a=match.only_b, only_b=match.only_a)
    a, b = take_apart(raw_a), take_apart(raw_b)
    if not a.flat or not b.flat:
        return TitleMatch("unknown", 0.0)
    best = _compare(a, b)
    if best.relation == "same" or not (a.readings or b.readings):
        return best
    for ra in (raw_a, *a.readings):
        for rb in (raw_b, *b.readings):
            match = _compare(take_apart(ra), take_apart(rb))
            if _RANK[match.relation] > _RANK[best.relation] and not match.veto:
                best = match
    return best


def surrounded(match: TitleMatch) -> TitleMatch:
    """The match of two titles that are one, where one has names, the venue or the year around it."""
    return TitleMatch("same", match.ratio, only_a=match.only_a, only_b=match.only_b)


_RANK: dict[TitleRelation, int] = {"same": 5, "part": 4, "added": 3, "near": 2, "other": 1, "unknown": 0}


def _compare(a: Title, b: Title) -> TitleMatch:
    veto = title_vetoes.of_titles(a, b)
    if a.flat == b.flat:
        return TitleMatch("same", 1.0, veto)
    ratio = Indel.normalized_similarity(a.flat, b.flat)
    if _is_cut_off(a, b) or _is_cut_off(b, a):
        return TitleMatch("part", ratio, veto, end=True, cut=True)
    if spelling.lost_ligatures(a.flat, b.flat):
        return TitleMatch("same", ratio, veto)
    return _by_words(a, b, ratio, veto)


def _by_words(a: Title, b: Title, ratio: float, veto: str) -> TitleMatch:
    """How two titles stand to each other by the words that one has alone."""
    only_a, only_b, slip = spelling.leftovers(a.words, b.words)
    label = title_vetoes.label(a.words, b.words)
    difference = title_vetoes.Difference(a, b, only_a, only_b, ratio >= thresholds.NEAR_TITLE)
    veto = veto or title_vetoes.of_difference(difference, labelled=bool(label))
    relation = _relation(difference, ratio)
    # Words of another meaning are as bad as words in another order.
    turned = "opposite" if _exchanges_affixes(slip) or _exchanges_times(only_a, only_b) else ""
    doubt = slip or label
    if relation == "same" and not doubt:
        doubt = turned = _turned_round(a.words, b.words, parted=bool(a.heads or b.heads))
    match = TitleMatch(
        relation,
        ratio,
        veto,
        _as_written(only_a, a),
        _as_written(only_b, b),
        _share_in_common(difference),
        doubt,
    )
    if relation == "other" or veto:
        return match
    return replace(
        match,
        turned=bool(turned),
        one_word=spelling.misspelt(only_a, only_b),
        noted=title_vetoes.is_note((*only_a, *only_b)),
        dated=title_vetoes.is_date(only_a or only_b) and not (only_a and only_b),
        end=_is_end(a.flat, b.flat) or _is_inside(a.flat, b.flat),
    )


def _is_cut_off(a: Title, b: Title) -> bool:
    """Whether a title that ends in dots is the beginning of the other, if only up to the middle of a word."""
    return a.cut and len(a.flat) >= thresholds.TITLE_INSIDE and b.flat.startswith(a.flat)


def _relation(d: title_vetoes.Difference, ratio: float) -> TitleRelation:
    if not d.only_a and not d.only_b:
        return "same"
    if d.b.flat in d.a.heads or d.a.flat in d.b.heads:
        return "part"
    if not d.only_a or not d.only_b:
        return "added" if ratio >= thresholds.LONGER_TITLE_SHARE else "other"
    return "near" if d.alike else "other"


def _share_in_common(d: title_vetoes.Difference) -> float:
    """The share of the shorter title's content words that both have."""
    shared = max(0, min(d.a.content - len(d.only_a), d.b.content - len(d.only_b)))
    return shared / max(1, min(d.a.content, d.b.content))


def _as_written(words: tuple[str, ...], title: Title) -> tuple[str, ...]:
    """The words with numbers as the title has them."""
    written = {as_number(word): word for word in title.words}
    return tuple(written.get(word, word) for word in words)


def _exchanges_affixes(doubt: str) -> bool:
    """Whether two words differ in a part that makes another word: "hypertension / hypotension"."""
    a, _, b = doubt.partition(" / ")
    return bool(doubt) and any(
        {a, b} == {a, a.replace(x, y, 1)} or {a, b} == {b, b.replace(x, y, 1)} for x, y in vocabulary.AFFIXES
    )


def _exchanges_times(only_a: tuple[str, ...], only_b: tuple[str, ...]) -> bool:
    """Whether two titles differ in when: "before surgery", "after surgery"."""
    return len(only_a) == len(only_b) == 1 and vocabulary.TIMES.issuperset((*only_a, *only_b))


def _turned_round(a: tuple[str, ...], b: tuple[str, ...], *, parted: bool) -> str:
    """What two titles of the same words turn round: the words' order, unless one has parts and one of them
    went to the other end ("Demo: …"), or small words that change the meaning ("from" / "to", "no")."""
    small_a, small_b = _telling(a), _telling(b)
    only_a, only_b = set(small_a) - set(small_b), set(small_b) - set(small_a)
    if "no" in only_a | only_b or (only_a and only_b):
        return " ".join(sorted(only_a) or "–") + " / " + " ".join(sorted(only_b) or "–")
    left, right = ([as_number(w) for w in words if w not in vocabulary.STOP] for words in (a, b))
    if left == right and small_a != small_b and sorted(small_a) == sorted(small_b):
        return " ".join(small_a) + " / " + " ".join(small_b)
    return "the words in another order" if _in_another_order(left, right, parted=parted) else ""


def _in_another_order(left: list[str], right: list[str], *, parted: bool) -> bool:
    if sorted(left) != sorted(right):
        return False
    turns = (left[n:] + left[:n] for n in range(len(left) if parted else 1))
    return not any(turn == right for turn in turns)


def _telling(words: tuple[str, ...]) -> list[str]:
    """The small words that change a meaning; "no" before a number is none of them."""
    following = (*words[1:], "")
    return [
        "versus" if word == "vs" else word
        for word, then in zip(words, following, strict=True)
        if word in vocabulary.TELLING and not (word == "no" and then.isdigit())
    ]
