"""What in two titles speaks against one work: numbers, letters, signs, opposites, an item about the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from paperctl.deduplicate import thresholds, vocabulary
from paperctl.deduplicate.titles import Title

_YEAR = re.compile(r"(?:19|20)\d\d$")
_SERIAL = re.compile(r"(?:v|ver|version)?\d+$|(?:plus)+$")
# Four digits may be a year: "2010 guidelines".
_LABEL = re.compile(r"[a-z]{0,3}\d{1,3}$|[ivx]{1,4}$")
_ROMAN = {"i", "v", "x"}


class Difference(NamedTuple):
    """Two titles that differ: the content words that each has alone, and whether the rest is `alike`."""

    a: Title
    b: Title
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    alike: bool


# ---- vetoes of any two titles ------------------------------------------------------------------


def _one_is_about(a: Title, b: Title) -> str:
    """The erratum of a paper, the reply to it, the review of a book."""
    about = a.about ^ b.about
    return f"only one is {_with_article(min(about))}" if about else ""


def _with_article(word: str) -> str:
    return f"an {word}" if word[0] in "aeio" else f"a {word}"


def _signs(a: Title, b: Title) -> str:
    """HER2+ and HER2-, under and over 65."""
    left, right = dict(a.signs - b.signs), dict(b.signs - a.signs)
    odd = [thing for thing in left if thing in right]
    return f"signs differ: {left[odd[0]]} / {right[odd[0]]} of {odd[0]}" if odd else ""


def _quotation(a: Title, b: Title) -> str:
    """A title that quotes the other is an item about it: Open problem: log factor in "…"."""
    if a.flat == b.flat:
        return ""
    quotes = any(x.flat in y.quoted for x, y in ((a, b), (b, a)) if len(x.flat) >= thresholds.TITLE_PART)
    return "one quotes the other" if quotes else ""


_OF_ANY: tuple[Callable[[Title, Title], str], ...] = (_one_is_about, _signs, _quotation)


def of_titles(a: Title, b: Title) -> str:
    """Why two titles, alike or not, are of two works; empty if nothing does."""
    return next((why for veto in _OF_ANY if (why := veto(a, b))), "")


# ---- vetoes by the words that differ -----------------------------------------------------------


def label(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """The number that one title has before the other, as the items of a book or a session do: "Chapter 7"."""
    short, long = sorted((a, b), key=len)
    found = long[: len(long) - len(short)]
    if not 0 < len(found) <= thresholds.LABEL_WORDS or len(short) < thresholds.LABELLED_WORDS:
        return ""
    numbered = len(found) == 1 or not vocabulary.LABELS.isdisjoint(found)
    return (
        f"{' '.join(found)} / –"
        if numbered and long[len(found) :] == short and _LABEL.match(found[-1])
        else ""
    )


def _numbers(d: Difference) -> str:
    """Part I and II, "2.0", other years."""
    left, right = _minus(d.a.numbers, d.b.numbers), _minus(d.b.numbers, d.a.numbers)
    return f"numbers differ: {' '.join(left)} / {' '.join(right)}" if left and right else ""


def _letters(d: Difference) -> str:
    """Vitamin A and D, interferon alpha and beta; part I and part 2."""
    left, right = _minus(d.a.numbers, d.b.numbers), _minus(d.b.numbers, d.a.numbers)
    letters, others = _minus(d.a.letters, d.b.letters), _minus(d.b.letters, d.a.letters)
    counted = (left and _ROMAN.intersection(others)) or (right and _ROMAN.intersection(letters))
    if not counted and not (letters and others and d.alike):
        return ""
    return f"letters differ: {' '.join((*left, *letters))} / {' '.join((*right, *others))}"


def _successor(d: Difference) -> str:
    """FiT and FiTv2, Net and Net++; a title and its part II."""
    for short, long in ((d.only_a, d.only_b), (d.only_b, d.only_a)):
        if any(y.startswith(x) and _counts_on(x, y) for x in short for y in long):
            return "one is a numbered successor: " + " / ".join((*short, *long))
        if not short and 0 < len(long) <= thresholds.SERIAL_WORDS and all(map(_is_serial, long)):
            return "one is a numbered part: " + " ".join(long)
    return ""


def _counts_on(word: str, longer: str) -> bool:
    """Whether a word that begins another is counted on by it."""
    return word != longer and bool(_SERIAL.match(longer[len(word) :]))


def _is_serial(word: str) -> bool:
    if _YEAR.match(word):
        return False
    counting = (vocabulary.ROMAN, vocabulary.COUNTED, vocabulary.ROMAN_COUNTED)
    return any(word in words for words in counting) or bool(_SERIAL.match(word))


def _minus(a: tuple[str, ...], b: tuple[str, ...]) -> list[str]:
    rest = list(a)
    for n in b:
        if n in rest:
            rest.remove(n)
    return rest


def _negation(d: Difference) -> str:
    """With and without, linear and non linear."""
    odd = vocabulary.NEGATIONS.intersection((*d.only_a, *d.only_b))
    few = len(d.only_a) + len(d.only_b) <= thresholds.NEGATED_WORDS
    return f"only one says {min(odd)}" if odd and few else ""


def _opposites(d: Difference) -> str:
    """Titles that exchange opposites are two studies: in vitro and in vivo."""
    pairs = [(x, y) for x in d.only_a for y in d.only_b if frozenset((x, y)) in vocabulary.OPPOSITES]
    exchanged = pairs and len(pairs) == len(d.only_a) == len(d.only_b)
    return f"opposites: {pairs[0][0]} / {pairs[0][1]}" if exchanged else ""


def _dates(d: Difference) -> str:
    """The titles of two issues of a column differ in the month."""
    dated = is_date(d.only_a) and is_date(d.only_b)
    return f"dates differ: {' '.join(d.only_a)} / {' '.join(d.only_b)}" if dated else ""


_OF_NUMBERS: tuple[Callable[[Difference], str], ...] = (_numbers, _letters, _successor)
_OF_WORDS: tuple[Callable[[Difference], str], ...] = (_negation, _opposites, _dates)


def of_difference(d: Difference, *, labelled: bool) -> str:
    """Why the words that two titles differ in make them two works; the number of a label does not count."""
    table = _OF_WORDS if labelled else (*_OF_NUMBERS, *_OF_WORDS)
    return next((why for veto in table if (why := veto(d))), "")


def is_note(words: tuple[str, ...]) -> bool:
    """Whether words only name a kind of item or a year: "(demo abstract)", "2018"."""
    return all(w in vocabulary.NOTES or _YEAR.match(w) for w in words)


def is_date(words: tuple[str, ...]) -> bool:
    """Whether words are a date with a month or a season."""
    named = [w for w in words if w in vocabulary.DATES]
    return bool(named) and all(w in vocabulary.DATES or w.isdigit() for w in words)
