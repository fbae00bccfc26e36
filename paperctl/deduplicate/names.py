"""Author lists: whether two are the same people, however the names are written.

Names come in both orders ("Lena Brandt", "Brandt Lena"), with initials ("L Brandt", "Brandt LM"), with
lists cut short ("et al."), without accents or with the accents broken. So a name is its long words,
and whatever stands next to the word that two names share must not contradict it by its first letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from paperctl.deduplicate import thresholds, vocabulary
from paperctl.text.fold import fold

AuthorRelation = Literal["same", "some", "none", "unknown"]

_UMLAUT = re.compile(r"([aou])e")  # Müller is Muller and Mueller
_BROKEN = "?"  # what an accented letter became: "Kr?mer" is a letter away from Kramer, "?zsu" begins with any


@dataclass(slots=True, frozen=True, order=True)
class Name:
    """One name: its long words, and the first letters of all its words in order of the alphabet."""

    longs: tuple[str, ...]
    letters: str


@dataclass(slots=True, frozen=True)
class AuthorMatch:
    """How two author lists stand: `shared` of the `shorter` list's names are in the other one, `sure` of them
    beyond doubt: Wei and Wen Wang, J.A. and J.B. Smith may be two people each."""

    relation: AuthorRelation
    shared: int = 0
    shorter: int = 0
    sure: int = 0

    @property
    def whole(self) -> bool:
        """Whether every name of the shorter list is in the other one."""
        return self.shared == self.shorter > 0


def compare(a: Sequence[str], b: Sequence[str]) -> AuthorMatch:
    """Compare two author lists; names may stand in any order and any style."""
    left, right = people(a), people(b)
    if not left or not right:
        return AuthorMatch("unknown")
    if (len(left), left) > (len(right), right):
        left, right = right, left
    if left == right:
        return AuthorMatch("same", len(left), len(left), len(left))
    by_word = _by_word(right)
    missing = [name for name in left if not _has_partner(name, by_word)]
    akin = any(word in by_word for name in left for word in name.longs)
    if len(missing) > (1 - thresholds.SAME_PEOPLE) * len(left):
        missing = _not_even_misspelt(missing, by_word)
    shared = len(left) - len(missing)
    relation: AuthorRelation = "some" if shared or akin else "none"
    if shared >= thresholds.SAME_PEOPLE * len(left):
        relation = "same"
    sure = sum(_beyond_doubt(n, by_word) for n in left if n not in missing)
    return AuthorMatch(relation, shared, len(left), sure)


def _by_word(people: Sequence[Name]) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = {}
    for name in people:
        for word in name.longs:
            found.setdefault(word, []).append(name)
    return found


def _has_partner(name: Name, by_word: Mapping[str, Sequence[Name]]) -> bool:
    return any(_compatible(name, o, w, w) for w in name.longs for o in by_word.get(w, ()))


def strangers(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether both lists name people and no word of any name stands in both."""
    left, right = people(a), people(b)
    return bool(left and right) and {w for n in left for w in n.longs}.isdisjoint(
        w for n in right for w in n.longs
    )


def people(authors: Sequence[str]) -> tuple[Name, ...]:
    """The names of an author list, each once; placeholders ("Anonymous", "et al.") are left out."""
    return _people(tuple(authors))


@lru_cache(maxsize=100_000)
def _people(authors: tuple[str, ...]) -> tuple[Name, ...]:
    found: dict[Name, None] = {}
    for author in authors[: thresholds.AUTHORS_READ]:
        for one in _TWO_NAMES.split(author) if " and" in author else (author,):
            name = _name(one)
            if name is not None:
                found[name] = None
    return tuple(found)


# Two names in one field, of which the second may have run into the "and": "A Winter andB Quist".
_TWO_NAMES = re.compile(r"\sand(?:\s+|(?=[A-ZÀ-Þ]))(?=\S{2}|\S\.?\s+\S)")


@lru_cache(maxsize=100_000)
def _name(author: str) -> Name | None:
    shouted = author.isupper()
    longs, letters = [], []
    for raw in _parted(author[: thresholds.NAME_READ]):
        word = _word(raw)
        if not word or word in vocabulary.DROPPED_FROM_NAMES:
            continue
        if word in vocabulary.PLACEHOLDERS:
            return None
        if word[0] == _BROKEN:
            letters.append(_BROKEN)
        elif len(word) == 1 or (not shouted and _are_initials(raw, word)):
            letters += list(word)
        else:
            longs.append(word)
            letters.append(word[0])
    if not letters:
        return None
    return Name(tuple(longs or letters), "".join(sorted(letters)))


def _parted(author: str) -> list[str]:
    """The words of a name; what ran together is parted ("WinterAB", "AdaWinter"), and the beginning of the
    next name that a list cut left behind dropped ("A Winter andB")."""
    text = author.replace(".", ". ").replace("-", " ").replace(",", " ")
    if _CAPITAL_INSIDE.search(text):
        text = _NEXT_NAME.sub("", text)
        text = _GLUED_INITIALS.sub(r"\1 \2", text)
        if len(text.split()) == 1:
            text = _GLUED_NAMES.sub(" ", text)
    return text.split()


_CAPITAL_INSIDE = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]|\band\b")
_NEXT_NAME = re.compile(r"\s(?:and|&)(?:\s?[A-ZÀ-Þ]\W*|\s*)$")
_GLUED_INITIALS = re.compile(r"\b(\w{2,}[a-zà-ÿ])([A-ZÀ-Þ]{1,3})(?=\W|$)")
_GLUED_NAMES = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-Þ][a-zà-ÿ])")


@lru_cache(maxsize=100_000)
def _word(raw: str) -> str:
    """A word of a name folded, its broken letters kept."""
    if raw.isascii() and raw.isalpha():  # nearly always so
        word = raw.lower()
        return _UMLAUT.sub(r"\1", word) if "e" in word else word
    parts = raw.replace("\ufffd", _BROKEN).split(_BROKEN)
    return _BROKEN.join(_UMLAUT.sub(r"\1", fold(part).replace(" ", "")) for part in parts)


def _are_initials(raw: str, word: str) -> bool:
    return raw.isupper() and len(word) <= thresholds.INITIALS and not raw.endswith(".")


def _compatible(a: Name, b: Name, word: str, other: str) -> bool:
    """Whether the shared word is the family name of one at least, and what stands next to it does not
    contradict: "L Brandt", "Lena Brandt", but not "Lena Brosch"."""
    family, theirs = a.longs[-1], b.longs[-1]
    if word != family and other != theirs and _BROKEN not in family + theirs and not _nearly(family, theirs):
        return False
    rest_a, rest_b = _without(a.letters, word[0]), _without(b.letters, other[0])
    unknown = not rest_a or not rest_b or _BROKEN in rest_a + rest_b
    return unknown or not set(rest_a).isdisjoint(rest_b)


def _beyond_doubt(name: Name, by_word: Mapping[str, Sequence[Name]]) -> bool:
    """Whether a person of that family name, or of one a letter off, has the given name, too."""
    same = ((w, w, other) for w in name.longs for other in by_word.get(w, ()))
    near = (
        (w, o, other)
        for w in name.longs
        for o, others in by_word.items()
        if _nearly(w, o)
        for other in others
    )
    partners = [*same] or near
    return any(
        _compatible(name, other, w, o) and _one_given_name(name, other, w, o) for w, o, other in partners
    )


def _one_given_name(a: Name, b: Name, family: str, theirs: str) -> bool:
    """Whether the given names are one: written out alike, cut, or one of the two an
    initial; of two initials none may contradict."""
    given_a, given_b = [w for w in a.longs if w != family], [w for w in b.longs if w != theirs]
    if given_a and given_b:
        return any(_one_word(x, y) for x in given_a for y in given_b)
    rest_a, rest_b = _without(a.letters, family[0]), _without(b.letters, theirs[0])
    known = min(len(rest_a), len(rest_b)) > 1 and _BROKEN not in rest_a + rest_b
    return not known or set(rest_a) <= set(rest_b) or set(rest_b) <= set(rest_a)


def _one_word(x: str, y: str) -> bool:
    short, long = sorted((x, y), key=len)
    # Min and Mina, Ann and Anna are two names; a name is cut to an initial, or by a syllable ("Alex").
    cut = long.startswith(short) and (len(short) == 1 or len(long) - len(short) != 1)
    # Maria and Mario are two; a letter left out, doubled or swapped with the next is a slip.
    slip = _nearly(x, y) and (len(x) != len(y) or sorted(x) == sorted(y))
    return cut or _BROKEN in x + y or slip or _nicknames(x, y)


def _nicknames(x: str, y: str) -> bool:
    return any(x in names and y in names for names in vocabulary.NICKNAMES)


def _not_even_misspelt(missing: Sequence[Name], by_word: Mapping[str, Sequence[Name]]) -> list[Name]:
    """The names without a partner that is one but for a letter, or for where a double name is divided."""
    by_letter: dict[str, list[tuple[str, Name]]] = {}
    joined: set[str] = set()
    for word, owners in by_word.items():
        by_letter.setdefault(word[0], []).extend((word, owner) for owner in owners)
        joined.update("".join(owner.longs) for owner in owners)
    rest = []
    for name in missing:
        whole = "".join(name.longs)
        if len(whole) > thresholds.MISSPELT_NAME and whole in joined:
            continue
        near = ((w, o, n) for w in name.longs for o, n in by_letter.get(w[0], ()) if _nearly(w, o))
        if not any(_compatible(name, other, word, o) for word, o, other in near):
            rest.append(name)
    return rest


def _nearly(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < thresholds.MISSPELT_NAME:
        return False
    return OSA.distance(a, b, score_cutoff=1) <= 1


def _without(letters: str, letter: str) -> str:
    return letters.replace(letter, "", 1)


def first_key(authors: Sequence[str]) -> str:
    """The first author's family name and the first letter of what stands before it."""
    for author in authors[:2]:
        name = _name(author)
        if name is not None:
            return f"{name.longs[-1]} {_without(name.letters, name.longs[-1][0])[:1]}"
    return ""
