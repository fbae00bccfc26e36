"""How two titles differ, sorted by kind.

A typing slip, words added on one side, or a word exchanged for another: the last makes another paper
far more often than a slip. Numbers that differ and successors ("v2") veto.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import OSA, Indel

from paperctl.deduplicate import vocabulary
from paperctl.deduplicate.titles import LEAST_LETTERS, Title, as_number, take_apart

TitleRelation = Literal["same", "part", "added", "near", "other", "unknown"]

_YEAR = re.compile(r"(?:19|20)\d\d$")
_SERIAL = re.compile(r"(?:v|ver|version)?\d+$|(?:plus)+$")


@dataclass(slots=True, frozen=True)
class TitleMatch:
    """How two titles stand to each other.

    `ratio` 0..1 over letters, `veto` what speaks against one work, `only_a` and `only_b` the content
    words that one has alone, `common` the share of the shorter title's content words that both have,
    `doubt` two words that were taken for one misspelt and may be two ("hypertension / hypotension"),
    `turned` if that is the words' order or another meaning, `one_word` if the words that differ are one,
    misspelt beyond a slip, `noted` if they say only what kind of item it is or its year, `dated` if one has
    only a date more, as the issues of a column do, `end` if one is the beginning or the end of the other.
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


_GLANCE = 0.63


def alike_at_a_glance(a: str, b: str) -> bool:
    """Whether two flat titles are alike enough to look closer, or one begins or ends with the other."""
    if Indel.normalized_similarity(a, b, score_cutoff=_GLANCE):
        return True
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return len(short) >= LEAST_LETTERS and (long.startswith(short) or long.endswith(short))


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


_RANK: dict[TitleRelation, int] = {"same": 5, "part": 4, "added": 3, "near": 2, "other": 1, "unknown": 0}
_NEAR = 0.72


def _compare(a: Title, b: Title) -> TitleMatch:
    about = a.about ^ b.about
    veto = f"only one is {_a(min(about))}" if about else ""
    veto = veto or _sign_veto(a, b) or _quote_veto(a, b)
    if a.flat == b.flat:
        return TitleMatch("same", 1.0, veto)
    ratio = Indel.normalized_similarity(a.flat, b.flat)
    only_a, only_b, doubt = _leftovers(a.words, b.words)
    turned = "opposite" if _affixes(doubt) else ""
    label = _label(a.words, b.words)
    veto = (
        veto
        or ("" if label else _number_veto(a, b, only_a, only_b, alike=ratio >= _NEAR))
        or _negation_veto(only_a, only_b)
        or _opposite_veto(only_a, only_b)
        or _date_veto(only_a, only_b)
    )
    doubt = doubt or label
    if not only_a and not only_b:
        relation: TitleRelation = "same"
        turned = turned if doubt else _turned_round(a.words, b.words, parted=bool(a.heads or b.heads))
        doubt = doubt or turned
    elif b.flat in a.heads or a.flat in b.heads:
        relation = "part"
    elif not only_a or not only_b:
        relation = "added" if ratio >= _ADDED else "other"
    else:
        relation = "near" if ratio >= _NEAR else "other"
    shared = max(0, min(a.content - len(only_a), b.content - len(only_b)))
    common = shared / max(1, min(a.content, b.content))
    written = _as_written(only_a, a), _as_written(only_b, b)
    if relation == "other" or veto:
        return TitleMatch(relation, ratio, veto, *written, common, doubt)
    short, long = sorted((a.flat, b.flat), key=len)
    return TitleMatch(
        relation,
        ratio,
        veto,
        *written,
        common,
        doubt,
        turned=bool(turned),
        one_word=_misspelt(only_a, only_b),
        noted=_is_note((*only_a, *only_b)),
        dated=_is_date(only_a or only_b) and not (only_a and only_b),
        end=len(short) >= LEAST_LETTERS and (long.startswith(short) or long.endswith(short)),
    )


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeio" else f"a {word}"


def _as_written(words: tuple[str, ...], title: Title) -> tuple[str, ...]:
    """The words with numbers as the title has them."""
    written = {as_number(word): word for word in title.words}
    return tuple(written.get(word, word) for word in words)


_ADDED = 0.5


def _leftovers(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The content words that stand in one title alone, after pairing slips of the pen and compounds, and
    a pair of words that may be no slip."""
    if len(a) >= _CUT_WORDS <= len(b) and (a[-1].startswith(b[-1]) or b[-1].startswith(a[-1])):
        a, b = a[:-1], b[:-1]
    rest_b = [as_number(w) for w in b]
    rest_a = []
    for word in map(as_number, a):
        if word in rest_b:
            rest_b.remove(word)
        else:
            rest_a.append(word)
    if "".join(rest_a) == "".join(rest_b):
        return (), (), ""
    doubt = ""
    for word in tuple(rest_a):
        for other in rest_b:
            if slip(word, other):
                rest_a.remove(word)
                rest_b.remove(other)
                doubt = doubt or ("" if misprint(word, other) else f"{word} / {other}")
                break
    if rest_a and rest_b:
        _drop_compounds(rest_a, rest_b, a, b)
        _drop_compounds(rest_b, rest_a, b, a)
    only_a, only_b = (tuple(w for w in rest if w not in vocabulary.STOP) for rest in (rest_a, rest_b))
    return only_a, only_b, doubt


_CUT_WORDS, _COMPOUND = 12, 6


def _turned_round(a: tuple[str, ...], b: tuple[str, ...], *, parted: bool) -> str:
    """What two titles of the same words turn round: the words' order, unless one has parts and one of them
    went to the other end ("Demo: …"), or small words that tell ("from" / "to", "no")."""
    small = [_telling(words) for words in (a, b)]
    only_a, only_b = set(small[0]) - set(small[1]), set(small[1]) - set(small[0])
    if "no" in only_a | only_b or (only_a and only_b):
        return " ".join(sorted(only_a) or "–") + " / " + " ".join(sorted(only_b) or "–")
    left, right = ([as_number(w) for w in words if w not in vocabulary.STOP] for words in (a, b))
    if left == right and small[0] != small[1] and sorted(small[0]) == sorted(small[1]):
        return " ".join(small[0]) + " / " + " ".join(small[1])
    if sorted(left) != sorted(right):
        return ""
    turns = (left[n:] + left[:n] for n in range(len(left) if parted else 1))
    return "" if any(turn == right for turn in turns) else "the words in another order"


def _telling(words: tuple[str, ...]) -> list[str]:
    """The small words that tell; "no" before a number is none of them."""
    following = (*words[1:], "")
    return [
        "versus" if word == "vs" else word
        for word, then in zip(words, following, strict=True)
        if word in vocabulary.TELLING and not (word == "no" and then.isdigit())
    ]


def _drop_compounds(
    rest: list[str], other: list[str], words: tuple[str, ...], other_words: tuple[str, ...]
) -> None:
    """Pairs "postoperative" with "post operative", wherever the halves stand side by side."""
    for word in [w for w in rest if len(w) >= _COMPOUND]:
        for left, right in itertools.pairwise(other_words):
            if left + right == word and (left in other or right in other):
                rest.remove(word)
                for half in (left, right):
                    if half in other:
                        other.remove(half)
                    elif half in words and half in rest:
                        rest.remove(half)
                break


_SLIP_LETTERS, _LONG_LETTERS = 5, 8
# Chinese, Japanese and Korean: a sign is a word or a syllable.
_NO_LETTERS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def slip(a: str, b: str) -> bool:
    """Whether two words are one word with a slip of the pen or another ending.

    A letter put in front makes another word (`unsupervised`, `QLoRA`, `PPLLaVA`), so the first letter
    must agree; short words have no room for slips (`LoRA`, `DoRA`); digits are never slips.
    """
    if not (a.isalpha() and b.isalpha()):
        return False
    if _plain(a) == _plain(b) and len(a) >= _SLIP_LETTERS:
        return True
    if a[0] != b[0]:
        return False
    short, long = sorted((a, b), key=len)
    if len(long) > len(short) and long.endswith(short):
        return False
    if long in (short + "s", short + "es", short + "e") and len(short) > 2:
        return True
    if len(short) < _SLIP_LETTERS:
        return False
    if OSA.distance(a, b, score_cutoff=2) <= (2 if len(short) >= _LONG_LETTERS else 1):
        return True
    shared = _beginning(a, b)
    return shared >= _SLIP_LETTERS and len(a) - shared <= 4 and len(b) - shared <= 4


def _beginning(a: str, b: str) -> int:
    """How many letters two words have in common from the first on."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


_ENDINGS = frozenset(("", "s", "es", "e", "ed", "d", "ing", "ue", "al"))


def _plain(word: str) -> str:
    """A word without what British and American spelling do differently."""
    return word.replace("ae", "e").replace("oe", "e").replace("z", "s")


def misprint(a: str, b: str) -> bool:
    """Whether two words that `slip` pairs are surely one: a letter dropped, doubled or two of them swapped,
    another ending, s for z. A letter exchanged or two slips make other words ("nitrate", "nitrite"), and
    so do letters swapped in a few ("causal", "casual")."""
    if _plain(a) == _plain(b):
        return True
    if (a in vocabulary.TWINS and b in vocabulary.TWINS) or _NO_LETTERS.search(a + b):
        return False
    if OSA.distance(a, b, score_cutoff=1) <= 1 and (len(a) != len(b) or sorted(a) == sorted(b)):
        return True
    shared = _beginning(a, b)
    return a[shared:] in _ENDINGS and b[shared:] in _ENDINGS


def _label(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """The number that one title has before the other, as the items of a book or a session do: "Chapter 7"."""
    short, long = sorted((a, b), key=len)
    label = long[: len(long) - len(short)]
    if not label or len(label) > _LABEL_WORDS or long[len(label) :] != short or len(short) < _LABELLED_WORDS:
        return ""
    numbered = vocabulary.LABELS.isdisjoint(label) is False or len(label) == 1
    return f"{' '.join(label)} / –" if numbered and _LABEL.match(label[-1]) else ""


_LABEL_WORDS, _LABELLED_WORDS = 2, 3
# Four digits may be a year: "2010 guidelines".
_LABEL = re.compile(r"[a-z]{0,3}\d{1,3}$|[ivx]{1,4}$")


def _quote_veto(a: Title, b: Title) -> str:
    """Why a title that quotes the other is an item about it: Open problem: log factor in "…"."""
    quotes = any(x.flat in y.quoted for x, y in ((a, b), (b, a)) if len(x.flat) >= LEAST_LETTERS)
    return "one quotes the other" if quotes and a.flat != b.flat else ""


def _opposite_veto(only_a: tuple[str, ...], only_b: tuple[str, ...]) -> str:
    """Why titles that exchange opposites are two studies: in vitro and in vivo."""
    pairs = [(x, y) for x in only_a for y in only_b if frozenset((x, y)) in vocabulary.OPPOSITES]
    return (
        f"opposites: {pairs[0][0]} / {pairs[0][1]}"
        if pairs and len(pairs) == len(only_a) == len(only_b)
        else ""
    )


def _affixes(doubt: str) -> bool:
    """Whether two words differ in a part that makes another word: "hypertension / hypotension"."""
    a, _, b = doubt.partition(" / ")
    return any(
        {a, b} == {a, a.replace(x, y, 1)} or {a, b} == {b, b.replace(x, y, 1)} for x, y in vocabulary.AFFIXES
    )


def _misspelt(only_a: tuple[str, ...], only_b: tuple[str, ...]) -> bool:
    """Whether one word alone differs, by a letter or two, and is no known other word."""
    if len(only_a) != 1 or len(only_b) != 1:
        return False
    a, b = only_a[0], only_b[0]
    known = a in vocabulary.TWINS and b in vocabulary.TWINS
    return not known and a.isalpha() and b.isalpha() and a[0] == b[0] and OSA.distance(a, b) <= _LETTERS_OFF


_LETTERS_OFF = 2


def _is_note(words: tuple[str, ...]) -> bool:
    """Whether words say no more than what kind of item it is, or of which year: "(demo abstract)", "2018"."""
    return all(w in vocabulary.NOTES or _YEAR.match(w) for w in words)


def _is_date(words: tuple[str, ...]) -> bool:
    """Whether words are a date with a month or a season."""
    named = [w for w in words if w in vocabulary.DATES]
    return bool(named) and all(w in vocabulary.DATES or w.isdigit() for w in words)


def _date_veto(only_a: tuple[str, ...], only_b: tuple[str, ...]) -> str:
    """Why the titles of two issues of a column are two: they differ in the month."""
    dated = _is_date(only_a) and _is_date(only_b)
    return f"dates differ: {' '.join(only_a)} / {' '.join(only_b)}" if dated else ""


def _sign_veto(a: Title, b: Title) -> str:
    """Why the signs of two titles make them two works: HER2+ and HER2-, under and over 65."""
    left, right = dict(a.signs - b.signs), dict(b.signs - a.signs)
    odd = [thing for thing in left if thing in right]
    return f"signs differ: {left[odd[0]]} / {right[odd[0]]} of {odd[0]}" if odd else ""


def _negation_veto(only_a: tuple[str, ...], only_b: tuple[str, ...]) -> str:
    odd = vocabulary.NEGATIONS.intersection((*only_a, *only_b))
    return f"only one says {min(odd)}" if odd and len(only_a) + len(only_b) <= _FEW else ""


_FEW = 2


_ROMAN = {"i", "v", "x"}


def _number_veto(a: Title, b: Title, only_a: tuple[str, ...], only_b: tuple[str, ...], *, alike: bool) -> str:
    """Why the numbers of two titles make them two works: Part I and II, v2, "2.0", other years."""
    left, right = _minus(a.numbers, b.numbers), _minus(b.numbers, a.numbers)
    if left and right:
        return f"numbers differ: {' '.join(left)} / {' '.join(right)}"
    letters, others = _minus(a.letters, b.letters), _minus(b.letters, a.letters)
    counted = (left and set(others) & _ROMAN) or (right and set(letters) & _ROMAN)
    if counted or (letters and others and alike):
        return f"letters differ: {' '.join((*left, *letters))} / {' '.join((*right, *others))}"
    for short, long in ((only_a, only_b), (only_b, only_a)):
        if any(x != y and y.startswith(x) and _SERIAL.match(y[len(x) :]) for x in short for y in long):
            return "one is a numbered successor: " + " / ".join((*short, *long))
        if not short and long and len(long) <= _SERIAL_WORDS and all(map(_is_serial, long)):
            return "one is a numbered part: " + " ".join(long)
    return ""


_SERIAL_WORDS = 3


def _is_serial(word: str) -> bool:
    if _YEAR.match(word):
        return False
    return (
        word in vocabulary.ROMAN
        or word in vocabulary.COUNTED
        or word in vocabulary.ROMAN_COUNTED
        or bool(_SERIAL.match(word))
    )


def _minus(a: tuple[str, ...], b: tuple[str, ...]) -> list[str]:
    rest = list(a)
    for n in b:
        if n in rest:
            rest.remove(n)
    return rest
