"""Two words, or the words of two titles: which are one but for a slip of the pen, an ending or a hyphen."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from rapidfuzz.distance import OSA

from paperctl.deduplicate import thresholds, vocabulary
from paperctl.deduplicate.titles import as_number

# Chinese, Japanese and Korean: a sign is a word or a syllable.
_NO_LETTERS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDINGS = frozenset(("", "s", "es", "e", "ed", "d", "ing", "ue", "al"))


def slip(a: str, b: str) -> bool:
    """Whether two words are one word with a slip of the pen or another ending.

    A letter put in front makes another word (`unsupervised`, `QLoRA`, `PPLLaVA`), so the first letter
    must agree; short words have no room for slips (`LoRA`, `DoRA`); digits are never slips.
    """
    if a[0] != b[0] and (a[0] not in _EXCHANGED or b[0] not in _EXCHANGED):
        return False
    if not (a.isalpha() and b.isalpha()):
        return False
    if len(a) >= thresholds.SLIP and _plain(a) == _plain(b):
        return True
    if a[0] != b[0]:
        return False
    short, long = sorted((a, b), key=len)
    if len(long) > len(short) and long.endswith(short):
        return False
    if long in (short + "s", short + "es", short + "e") and len(short) > 2:
        return True
    return len(short) >= thresholds.SLIP and (_few_letters_off(short, long) or _other_ending(a, b))


def _few_letters_off(short: str, long: str) -> bool:
    return OSA.distance(short, long, score_cutoff=2) <= (2 if len(short) >= thresholds.SLIPS else 1)


def _other_ending(a: str, b: str) -> bool:
    shared = _beginning(a, b)
    return shared >= thresholds.SLIP and max(len(a), len(b)) - shared <= thresholds.ENDING


def _beginning(a: str, b: str) -> int:
    """How many letters two words have in common from the first on."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


_EXCHANGED = frozenset("aeosz")
"""The letters that a word may begin with in one spelling of English and not in another."""


def _plain(word: str) -> str:
    """A word without what British and American spelling do differently."""
    return word.replace("ae", "e").replace("oe", "e").replace("z", "s")


_LIGATURES = re.compile(r"f(?:f?[il]|f)?")
_LIGATURE = re.compile(r"f[fil]")


def lost_ligatures(a: str, b: str) -> bool:
    """Whether two flat titles differ only in that one lost "ff", "fi" and "fl", as the text of a PDF does."""
    short, long = sorted((a, b), key=len)
    if len(short) < thresholds.LIGATURES_LOST or _LIGATURE.search(short) or not _LIGATURE.search(long):
        return False
    return _LIGATURES.sub("", short) == _LIGATURES.sub("", long)


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


def misspelt(only_a: tuple[str, ...], only_b: tuple[str, ...]) -> bool:
    """Whether one word alone differs, by a letter or two, and is no known other word."""
    if len(only_a) != 1 or len(only_b) != 1:
        return False
    a, b = only_a[0], only_b[0]
    known = a in vocabulary.TWINS and b in vocabulary.TWINS
    letters = a.isalpha() and b.isalpha() and a[0] == b[0]
    return not known and letters and OSA.distance(a, b) <= thresholds.MISSPELT_LETTERS


class Leftovers(NamedTuple):
    """What stands in one of two titles alone: content words, and two words that were paired as one misspelt
    and may be two ("hypertension / hypotension")."""

    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    doubt: str


def leftovers(a: tuple[str, ...], b: tuple[str, ...]) -> Leftovers:
    """The words of two titles that stand in one alone, after pairing slips of the pen and compounds."""
    if len(a) >= thresholds.CUT_TITLE_WORDS <= len(b) and _one_is_cut(a[-1], b[-1]):
        a, b = a[:-1], b[:-1]
    rest_a, rest_b = _without_common(a, b)
    if "".join(rest_a) == "".join(rest_b):
        return Leftovers((), (), "")
    doubt = _pair_slips(rest_a, rest_b)
    if rest_a and rest_b:
        _drop_compounds(rest_a, rest_b, a, b)
        _drop_compounds(rest_b, rest_a, b, a)
    only_a, only_b = (tuple(w for w in rest if w not in vocabulary.STOP) for rest in (rest_a, rest_b))
    return Leftovers(only_a, only_b, doubt)


def _one_is_cut(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _without_common(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[list[str], list[str]]:
    rest_a, rest_b = [], [as_number(w) for w in b]
    for word in map(as_number, a):
        if word in rest_b:
            rest_b.remove(word)
        else:
            rest_a.append(word)
    return rest_a, rest_b


def _pair_slips(rest_a: list[str], rest_b: list[str]) -> str:
    """Drops the words that are one but for a slip, and gives the first pair of which that is not sure."""
    doubt = ""
    for word in tuple(rest_a):
        other = next((other for other in rest_b if slip(word, other)), None)
        if other is not None:
            rest_a.remove(word)
            rest_b.remove(other)
            doubt = doubt or ("" if misprint(word, other) else f"{word} / {other}")
    return doubt


def _drop_compounds(
    rest: list[str], other: list[str], words: tuple[str, ...], other_words: tuple[str, ...]
) -> None:
    """Drops "postoperative" against "post operative", wherever the halves stand side by side."""
    joined = {"".join(halves) for halves in itertools.pairwise(other_words)}
    for word in [w for w in rest if len(w) >= thresholds.COMPOUND and w in joined]:
        for halves in itertools.pairwise(other_words):
            if "".join(halves) == word and not set(halves).isdisjoint(other):
                rest.remove(word)
                for half in halves:
                    if half in other:
                        other.remove(half)
                    elif half in words and half in rest:
                        rest.remove(half)
                break
