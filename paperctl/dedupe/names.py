"""Author lists: whether two are the same people, however the names are written.

Names come in both orders ("Lena Brandt", "Brandt Lena"), with initials ("L Brandt", "Brandt LM"), with
lists cut short ("et al."), without accents or with the accents broken. So a name is its long words,
and whatever stands beside the one two names share must not contradict it by its first letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from paperctl.dedupe import vocabulary
from paperctl.record import fold

AuthorRelation = Literal["same", "some", "none", "unknown"]

_INITIALS = 3
_SHOWN = 40


@dataclass(slots=True, frozen=True)
class Name:
    """One name: its long words, and the first letters of all its words in order of the alphabet."""

    longs: tuple[str, ...]
    letters: str


@dataclass(slots=True, frozen=True)
class AuthorMatch:
    """How two author lists stand: `shared` of the `shorter` list's names are in the other one."""

    relation: AuthorRelation
    shared: int = 0
    shorter: int = 0
    longer: int = 0


def compare(a: Sequence[str], b: Sequence[str]) -> AuthorMatch:
    """Compare two author lists; names may stand in any order and any style."""
    left, right = people(a), people(b)
    if not left or not right:
        return AuthorMatch("unknown")
    if len(left) > len(right):
        left, right = right, left
    if left == right:
        return AuthorMatch("same", len(left), len(left), len(right))
    free = list(right)
    shared = 0
    for name in left:
        for other in free:
            if _same_person(name, other):
                free.remove(other)
                shared += 1
                break
    relation: AuthorRelation = "some" if shared or _kin(left, right) else "none"
    if shared >= _MOST * len(left):
        relation = "same"
    return AuthorMatch(relation, shared, len(left), len(right))


_MOST = 0.6


def people(authors: Sequence[str]) -> tuple[Name, ...]:
    """The names of an author list, each once; placeholders ("Anonymous", "et al.") are nobody."""
    return _people(tuple(authors))


@lru_cache(maxsize=100_000)
def _people(authors: tuple[str, ...]) -> tuple[Name, ...]:
    found: dict[Name, None] = {}
    for author in authors[:_SHOWN]:
        name = _name(author)
        if name is not None:
            found[name] = None
    return tuple(found)


def _name(author: str) -> Name | None:
    shouted = author.isupper()
    longs, letters = [], []
    for raw in author.replace(".", ". ").replace("-", " ").replace(",", " ").split():
        word = fold(raw).replace(" ", "")
        if not word or word in vocabulary.PARTICLES:
            continue
        if word in vocabulary.NOBODY:
            return None
        if "?" in raw:
            continue
        if len(word) == 1 or (
            not shouted and raw.isupper() and len(word) <= _INITIALS and not raw.endswith(".")
        ):
            letters += list(word)
        else:
            longs.append(word)
            letters.append(word[0])
    if not letters:
        return None
    return Name(tuple(longs or letters), "".join(sorted(letters)))


def _same_person(a: Name, b: Name) -> bool:
    for word in a.longs:
        for other in b.longs:
            if word == other or _nearly(word, other):
                rest_a, rest_b = _without(a.letters, word[0]), _without(b.letters, other[0])
                if not rest_a or not rest_b or set(rest_a) & set(rest_b):
                    return True
    joined_a, joined_b = "".join(a.longs), "".join(b.longs)
    return len(joined_a) > _LONG_NAME and joined_a == joined_b


_LONG_NAME = 5


def _kin(left: Sequence[Name], right: Sequence[Name]) -> bool:
    """Whether the lists share a name's word at all: "Bob Gerber" may well be Robert Gerber."""
    return bool({w for n in left for w in n.longs} & {w for n in right for w in n.longs})


def _nearly(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < _LONG_NAME:
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
