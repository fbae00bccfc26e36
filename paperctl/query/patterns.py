"""Regular expressions from a query, kept to those that cannot run away.

Python's matcher backtracks: `(a+)+$` takes longer than a lifetime on thirty letters. So a pattern is
read before it is run, its ways to match a text are counted, and one with too many is refused.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from typing import Any

LONGEST_PATTERN = 300
LONGEST_TEXT = 5_000
"""Characters of a value that a pattern is tried on."""

_OPEN = 1_000
_TOO_MANY = 1_000_000
_LEADING = re.compile(r"^\.[*+]\??(?!\+)")


def compile_pattern(pattern: str) -> Callable[[str], bool]:
    """A search for the pattern that ignores case and accents, in time bounded for every text.

    Raises `ValueError` saying what is wrong with the pattern, or why it could take too long.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise ValueError(f"the pattern is longer than {LONGEST_PATTERN} characters")
    # A search begins anywhere, so a leading .* changes nothing but the time it takes.
    plain = _LEADING.sub("", unaccented(pattern)) or "."
    try:
        compiled = re.compile(plain, re.IGNORECASE)
        ways = _ways(_parsed(plain))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"the pattern is not a regular expression: {error}") from None
    if ways > _TOO_MANY:
        raise ValueError("the pattern could take too long: it has too many open repeats in a row")
    search = compiled.search
    return lambda text: search(unaccented(text[:LONGEST_TEXT])) is not None


def unaccented(text: str) -> str:
    """The text without combining marks, letters composed of others taken apart."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _parsed(pattern: str) -> Any:
    from re import _parser  # type: ignore[attr-defined]

    return _parser.parse(pattern, re.IGNORECASE)


def _ways(tree: Any) -> float:
    """How many ways the matcher may have to try at worst, an open repeat counted as a thousand.

    Raises `ValueError` for a repeat of something that itself matches in several ways, and for the
    constructs whose time cannot be bounded so.
    """
    # What begins with a letter is tried only where that letter stands, anything else at every place.
    return _product(tree) * (1 if _begins_with_letter(tree) else _OPEN)


def _begins_with_letter(tree: Any) -> bool:
    for part in tree:
        name, value = str(part[0]), part[1]
        if name == "AT" and str(value) not in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            continue
        if name == "SUBPATTERN":
            return _begins_with_letter(value[-1])
        if name == "BRANCH":
            return all(map(_begins_with_letter, value[1]))
        return name in ("LITERAL", "AT")
    return False


def _product(tree: Any) -> float:
    return math.prod(map(_ways_of, tree))


def _ways_of(part: Any) -> float:
    name, value = str(part[0]), part[1]
    if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT"):
        return 1.0
    if name == "SUBPATTERN":
        return _product(value[-1])
    if name == "BRANCH":
        ways = [_product(branch) for branch in value[1]]
        return max(ways) if _apart(value[1]) else sum(ways)
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, body = value
        within = _product(body)
        if most <= 1:
            return within + 1
        if within > 1 or body.getwidth()[0] == 0:
            raise ValueError(
                "the pattern could take too long: it repeats something that itself matches in several ways"
            )
        return min(int(most) - int(least), _OPEN - 1) + 1
    raise ValueError(f"the pattern uses {_CALLED.get(name, name.lower())}, which a query does not take")


def _apart(branches: Any) -> bool:
    """Whether at most one of the branches can match at any place: each begins with a letter of its own."""
    letters = {
        chr(branch[0][1]).lower()
        for branch in branches
        if len(branch) and str(branch[0][0]) == "LITERAL" and branch[0][1] < 128
    }
    return len(letters) == len(branches)


_CALLED = {
    "ASSERT": "a look-around",
    "ASSERT_NOT": "a look-around",
    "GROUPREF": "a back-reference",
    "GROUPREF_EXISTS": "a conditional group",
    "ATOMIC_GROUP": "an atomic group",
    "POSSESSIVE_REPEAT": "a possessive repeat",
}
