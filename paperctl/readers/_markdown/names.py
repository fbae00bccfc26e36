"""People as lists name them: "A. Lee, B. Roe", "Lee et al.", "Bengio, Yoshua, and Ann Roe"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperctl.readers._markdown.inline import unescaped
from paperctl.readers._text import MONTHS
from paperctl.text.particles import PARTICLES
from paperctl.text.patterns import CAPITAL

ET_AL = re.compile(
    r"^(.{0,600}?)[,;]?(?:\s+|(?<=[a-z]))(?:et\.? ?al\b\.?"
    r"|(?:and|&) (?:\d+ )?(?:others|more)|等|…|\.\.\.)[,;.]?(?:\s+|$)",
    re.IGNORECASE,
)
_NAME = re.compile(rf"(?:(?:[{CAPITAL}]\.|[{CAPITAL}][\w'’-]+|d[aeiou]|v[ao]n|der|la)[- ]*){{1,4}}")
_INITIAL = re.compile(rf"(?:^|[\s-])[{CAPITAL}]\.")
_TITLE_WORDS = (
    " the a an of for in on with and to from by via is are how what why can towards toward learning"
    " network networks model models language large deep neural data vision image video survey review"
    " benchmark dataset training generation attention transformer transformers diffusion systems system"
    " analysis method methods using based beyond study oral spotlight poster focus paper code project"
    " tech labs lab inc corp group team ai nlp college school center centre academy society press"
    " ieee acm access springer elsevier conference workshop journal proceedings university institute"
    " research google microsoft meta"
    " monday tuesday wednesday thursday friday saturday sunday added fixed changed removed"
)
_NO_NAMES = frozenset(_TITLE_WORDS.split())
_MONTH = re.compile(rf"(?:{MONTHS})", re.IGNORECASE)


_NO_NAME = re.compile(r"\([^()]*\)|(?<=[a-z])[*†‡§\d]+(?=[,\s]|$)|^[\W_]+|(?<![\s*_,;:|])[\s*_,;:|]+$")
_NO_PERSON = frozenset(("et al", "others"))
_MOST = 4_000
"""Characters of the longest list of people that an item of a list has."""
_BY = re.compile(
    r"^(?:(?:by|from|authors?:)\s+|(?:(?:see|also|cf\.?|e\.g\.),?\s+)+(?-i:(?=[^\W\d_a-z](?:['’]|[^\W\d_A-Z]))))",
    re.IGNORECASE,
)
"""What stands before people: "by", or words that point to them, "see Lee"; "See KJ" is a person."""
_BETWEEN_NAMES = re.compile(r"[,;]\s*(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+")
_FURTHER = "et al."
"""The member of a list of people that stands for those it does not name."""
_INITIALS_BEHIND = re.compile(rf"^[^\W\d_][\w'’ -]+,? (?:[{CAPITAL}]\.[ -]?){{1,3}}(?:[,;&]|\s+and\b|$)")
_INVERTED = re.compile(r"[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,2}, [^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,3}")
"""A name as BibTeX has it: "Roe, Ann B"."""
_GIVEN = re.compile(
    rf"[{CAPITAL}][\w'’-]+(?: [{CAPITAL}]\.)*(?: (?:van|de|von|der|den|la))*|(?:[{CAPITAL}]\.[ -]?)+"
)


def names_in(text: str, lone: bool = False, first: bool = False) -> list[str]:
    """The people that a piece of text lists and nothing else; none if it is no list of people.

    Two names, initials or "et al." prove one; `lone` says that the piece stands apart, so that one
    name is enough; `first` that it stands before the title, where the first name may be inverted.
    """
    text = unescaped(text).replace("**", "")
    bare, others = _without_others(_BY.sub("", _NO_NAME.sub("", text).strip()))
    if len(bare) > _MOST:
        return []
    names = _parted(bare)
    if not names:
        return []
    more = [_FURTHER] * others
    if _all_inverted(bare):
        return [*re.split(r";\s*(?:and\s+)?", bare), *more]
    if first and _stands_first(bare, names, others):
        return [bare, *more]
    if others and len(names) == 1 and _NAME.fullmatch(names[0]):
        return names + more
    if not (_are_people(names) and (lone or others or len(names) > 1 or _INITIAL.search(names[0]))):
        return []
    return _somebody(names) + more


def _stands_first(bare: str, names: Sequence[str], others: bool) -> bool:
    """Whether people are written as before a title: initials behind the first name, or it is inverted."""
    return only_names(bare) and (
        _INITIALS_BEHIND.match(bare) is not None or _first_inverted(bare, names, others)
    )


def _somebody(names: Sequence[str]) -> list[str]:
    return [name for name in names if name.lower() not in _NO_PERSON]


def _are_people(names: Sequence[str]) -> bool:
    return sum(map(is_person, names)) >= 0.7 * len(names)


def _parted(bare: str) -> list[str]:
    return [name for part in _BETWEEN_NAMES.split(bare) if re.search(r"\w", name := part.strip(" ,*_"))]


def _all_inverted(bare: str) -> bool:
    """Whether names are written as BibTeX has them."""
    parts = re.split(r";\s*(?:and\s+)?|\s+and\s+", bare)
    return len(parts) > 1 and all(map(_INVERTED.fullmatch, parts))


def _first_inverted(bare: str, names: Sequence[str], others: bool) -> bool:
    """Whether names are written as in MLA: "Bengio, Yoshua, Ian J. Goodfellow, and Aaron Courville"."""
    if len(names) < 2 or " " in names[0] or not (names[0][:1].isupper() and _GIVEN.fullmatch(names[1])):
        return False
    if not bare.startswith(f"{names[0]},"):
        return False  # "Roe & Lee" are two
    if any(name.lower() in _NO_NAMES for name in names[:2]):
        return False
    return others or len(names) == 2 or all(map(is_person, names[2:]))


def _without_others(bare: str) -> tuple[str, bool]:
    """A list of people without the "et al." behind it, and whether it has one."""
    others = ET_AL.match(bare + " ")
    bare = (others[1] if others else bare).strip(" ,;:*_")
    return (bare if _INITIAL.search(bare[-3:]) else bare.rstrip(".")), others is not None


_FAMILY = re.compile(rf"(?:(?:v[ao]n|de[rn]?|la) )*[{CAPITAL}][\w'’-]*[^\W\d_{CAPITAL}]")
_DATED_OR_DASHED = re.compile(r"\(?(?:19|20)\d\d[a-z]?(?:, ?\d{4}[a-z]?)*\)?[\W_]*$|[-–—]\s*$|[,.]\s*$")


def families_in(text: str) -> list[str]:
    """The people in front of a title who are named by their family names alone: "Roe & Lee (1991)"."""
    ends = _DATED_OR_DASHED.search(text)
    text = text[: ends.start()] if ends else text
    bare, others = _without_others(_BY.sub("", _NO_NAME.sub("", text).strip()))
    names = _parted(bare)
    if not ends or not names or (len(names) == 1 and not others and "(" not in ends[0]):
        return []
    if all(map(_MONTH.fullmatch, names)):
        return []
    families = all(_FAMILY.fullmatch(name) and name.lower() not in _NO_NAMES for name in names)
    return names + [_FURTHER] * others if families else []


_NAMES_JOINED = PARTICLES | {
    *("and", "et", "others", "und", "y", "with", "for", "on", "behalf", "of", "the"),
}
"""Small words within lists of people: "Roe, A., for the Gear Group"."""


def only_names(text: str) -> bool:
    """Whether no word but those within and between names begins in lower case: no verb, no "in"."""
    words = re.findall(r"(?<![\w'’.-])[a-z]{2,}(?![\w'’-])", _BY.sub("", text.strip()))
    return all(word in _NAMES_JOINED for word in words)


def is_person(name: str) -> bool:
    words = [word for word in name.split() if word.lower() not in PARTICLES]
    return (
        bool(words)
        and 2 <= len(name.split()) <= 6
        and all(
            word[0].isupper()
            and not any(c.isdigit() for c in word)
            and (len(word) == 1 or word.lower() not in _NO_NAMES)
            for word in words
        )
    )
