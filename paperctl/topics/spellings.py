"""The written words that mean a word of a cue: `plain` backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from paperctl.topics.words import plain

_IZE = re.compile(r"iz(?=(?:ations?|ed|ing|er|e)$)")
_L = re.compile(r"l(?=(?:ing|ed|er)$)")
_OR = re.compile(r"(?:behavi|col|fav|lab|neighb)o(?=r)")
_ANY_IZ, _ANY_L = re.compile("iz"), re.compile("l")


def spellings(word: str) -> set[str]:
    """Every word in lower case that `plain` makes this one: plurals, British spelling."""
    found = set()
    for stem in _british(word, _IZE, _L):
        found |= {stem, f"{stem}s", f"{stem}es"}
        if stem.endswith("y"):
            found.add(f"{stem[:-1]}ies")
    return {written for written in found if plain(written) == word}


def beginnings(beginning: str) -> set[str]:
    """Words in lower case that `plain` lets begin so begin with one of these."""
    found = set(_british(beginning, _ANY_IZ, _ANY_L))
    if beginning.endswith("y"):
        found |= {f"{stem[:-1]}ie" for stem in found}
    return found


def _british(word: str, ize: re.Pattern[str], single_l: re.Pattern[str]) -> Iterator[str]:
    """The word with `is` for `iz`, `ll` for `l` and `our` for `or`, at none, some or all of these places."""
    letters = list(word)
    changes = [(at.end() - 1, "s") for at in ize.finditer(word)]
    changes += [(at.start(), "ll") for at in single_l.finditer(word)]
    changes += [(at.end() - 1, "ou") for at in _OR.finditer(word)]
    for chosen in product((False, True), repeat=len(changes)):
        for (place, british), change in zip(changes, chosen, strict=True):
            letters[place] = british if change else word[place]
        yield "".join(letters)
