"""Regular expressions from a query, kept to those that cannot run away.

Python's matcher backtracks: `(a+)+$` takes longer than a lifetime on thirty letters. So a pattern is
read before it is run, the steps that a search may need are counted, and one with too many is refused.
What follows a repeat is tried once if the next character always says whether the repeat goes on (as in
the one-unambiguous expressions of Brüggemann-Klein and Wood, 1998), else as often as it may stop.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from paperctl.query.regex_tree import regex_tree
from paperctl.text import late
from paperctl.text.fold import without_marks

LONGEST_PATTERN = 300
LONGEST_TEXT = 20_000
"""Characters of a value that a pattern is tried on."""
LONGEST_COSTLY = 2_500
"""The same for a pattern that may try each of them with each other."""

_OPEN = 1_000
"""Steps that an open repeat counts, and places where a search may begin."""
_TOO_MANY = 10 * _OPEN**2
_LEADING = late.pattern(r"^\.[*+]\??(?!\+)")

Letters = frozenset[int]
"""The characters that something can begin with: those of ASCII, and four that stand for all others."""
_ASCII = range(128)
_LETTER, _DIGIT, _BLANK, _OTHER = 128, 129, 130, 131
_BEYOND = frozenset({_LETTER, _DIGIT, _BLANK, _OTHER})
_ANY: Letters = frozenset(_ASCII) | _BEYOND
_DIGITS = frozenset({*(i for i in _ASCII if chr(i).isdigit()), _DIGIT})
_BLANKS = frozenset({*(i for i in _ASCII if chr(i).isspace()), _BLANK})
_WORDS = frozenset({*(i for i in _ASCII if chr(i).isalnum() or i == ord("_")), _LETTER, _DIGIT})
_CATEGORIES: dict[str, Letters] = {
    "CATEGORY_DIGIT": _DIGITS,
    "CATEGORY_NOT_DIGIT": _ANY - _DIGITS,
    "CATEGORY_SPACE": _BLANKS,
    "CATEGORY_NOT_SPACE": _ANY - _BLANKS,
    "CATEGORY_WORD": _WORDS,
    "CATEGORY_NOT_WORD": _ANY - _WORDS,
}


def compile_pattern(pattern: str) -> Callable[[str], bool]:
    """A search for the pattern that ignores case and accents, in time bounded for every text.

    Raises `ValueError` saying what is wrong with the pattern, or why it could take too long.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise ValueError(f"the pattern is longer than {LONGEST_PATTERN} characters")
    # A search begins anywhere, so a leading .* changes nothing but the time it takes.
    plain = _LEADING.sub("", unaccented(pattern)) or "."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as of "[[a]", which may mean something else one day
            search = re.compile(plain, re.IGNORECASE).search
            steps = _steps_to_search(regex_tree(plain))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"the pattern is not a regular expression: {error}") from None
    if steps > _TOO_MANY:
        raise ValueError(
            "the pattern could take too long: it has too many open repeats in a row; bound them, as .{0,40}"
        )
    longest = LONGEST_TEXT if steps <= 10 * _OPEN else LONGEST_COSTLY
    return lambda text: search(unaccented(text[:longest])) is not None


def unaccented(text: str) -> str:
    """The text without combining marks, letters composed of others taken apart."""
    if text.isascii():
        return text
    return without_marks(unicodedata.normalize("NFD", text))


def _steps_to_search(tree: Any) -> float:
    # What begins with a letter is tried only where that letter stands, anything else at every place.
    places = 1 if _begins_with_letter(tree) else _OPEN
    return places * _effort(list(tree), frozenset())[1]


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


def _effort(parts: Sequence[object], after: Letters) -> tuple[float, float]:
    """In how many ways the parts may match where they begin, and the steps to try them all.

    `after` is what can follow them. Raises `ValueError` for a repeat of something that itself matches
    in several ways, and for constructs whose steps cannot be counted so.
    """
    ways, steps = 1.0, 0.0
    for n, part in enumerate(parts):
        more_ways, more_steps = _effort_of(part, _first(parts[n + 1 :], after))
        ways, steps = ways * more_ways, steps + ways * more_steps
    return ways, steps


def _effort_of(part: Any, after: Letters) -> tuple[float, float]:
    name, value = str(part[0]), part[1]
    if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT"):
        return 1, 1
    if name == "SUBPATTERN":
        return _effort(list(value[-1]), after)
    if name == "BRANCH":
        ways, steps = zip(*(_effort(list(branch), after) for branch in value[1]), strict=True)
        firsts = [_first(list(branch), after) for branch in value[1]]
        apart = len(frozenset().union(*firsts)) == sum(map(len, firsts))
        return max(ways) if apart else sum(ways), sum(steps)
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, body = int(value[0]), int(value[1]), value[2]
        again = _first(list(body), frozenset())
        stops = 1 if not again & after else 1 + min(most - least, _OPEN - 1)
        ways_within, steps_within = _effort(list(body), again | after if most > 1 else after)
        if most <= 1:
            return ways_within * stops, steps_within
        if ways_within > 1 or body.getwidth()[0] == 0:
            raise ValueError(
                "the pattern could take too long: it repeats what itself matches in several ways; "
                "repeat one letter or set, as [a-z]+"
            )
        # All rounds together pass over the text once.
        return stops, min(most * steps_within, 2 * _OPEN)
    raise ValueError(f"the pattern uses {_CALLED.get(name, name.lower())}, which a query does not take")


_CALLED = {
    "ASSERT": "a look-around",
    "ASSERT_NOT": "a look-around",
    "GROUPREF": "a back-reference",
    "GROUPREF_EXISTS": "a conditional group",
    "ATOMIC_GROUP": "an atomic group",
    "POSSESSIVE_REPEAT": "a possessive repeat",
}


def _first(parts: Sequence[Any], after: Letters) -> Letters:
    """What the parts, or what follows them where they can match nothing, can begin with."""
    found: Letters = frozenset()
    for part in parts:
        name, value = str(part[0]), part[1]
        if name == "AT":
            continue
        if name == "SUBPATTERN":
            body = value[-1]
            found |= _first(list(body), frozenset())
            optional = body.getwidth()[0] == 0
        elif name == "BRANCH":
            found = found.union(*(_first(list(branch), frozenset()) for branch in value[1]))
            optional = any(branch.getwidth()[0] == 0 for branch in value[1])
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            found |= _first(list(value[2]), frozenset())
            optional = value[0] == 0 or value[2].getwidth()[0] == 0
        else:
            found |= _letters(name, value)
            optional = False
        if not optional:
            return found
    return found | after


def _letters(name: str, value: Any) -> Letters:
    if name == "LITERAL":
        return _both_cases(value, value)
    if name == "IN":
        found: Letters = frozenset()
        for kind, item in value:
            if str(kind) == "LITERAL":
                found |= _both_cases(item, item)
            elif str(kind) == "RANGE":
                found |= _both_cases(*item)
            elif str(kind) == "CATEGORY":
                found |= _CATEGORIES.get(str(item), _ANY)
        return _ANY - found | _BEYOND if str(value[0][0]) == "NEGATE" else found
    return _ANY


def _both_cases(first: int, last: int) -> Letters:
    """The letters from `first` to `last` in either case. Some beyond ASCII are cases of i, k and s."""
    found = set()
    for letter in range(first, min(last, _ASCII[-1]) + 1):
        found |= {ord(chr(letter).lower()), ord(chr(letter).upper())}
    if found & set(b"iks"):
        found.add(_LETTER)
    if last not in _ASCII:
        one = chr(first)
        found |= _BEYOND if first < last else {_kind(one.lower()), _kind(one.upper())}
    return frozenset(found)


def _kind(letter: str) -> int:
    if letter.isascii():
        return ord(letter)
    if letter.isdecimal():
        return _DIGIT
    return _LETTER if letter.isalnum() else _BLANK if letter.isspace() else _OTHER
