"""Authors of any shape as a list of names: strings of every convention, lists, objects.

Catalogues write "Last, F. and …", "Last F., …", "F. Last; …" or objects of `given` and `family`;
which it is, all names of a string tell together.
"""

from __future__ import annotations

import re
from typing import Any

from paperctl.normalise.names import (
    AFFILIATION,
    FURTHER,
    NOBODY,
    SUFFIX,
    are_initials,
    may_end_in_others,
    one_name,
    surnames_last,
    without_gaps,
    without_others,
)
from paperctl.normalise.tex import accents
from paperctl.normalise.text import clean, is_mended
from paperctl.record.items import Markup
from paperctl.record.names import INCOMPLETE, Name
from paperctl.record.names import parts as parts_of_name

_AND = re.compile(r"\s*,?\s+(?:and|AND|And)\s+(?:and\s+)*|\s*,?\s+&\s+")
_ENTITY = re.compile(r"&#?\w+;")
_NAMED = (
    "name",
    "display_name",
    "fullname",
    "full_name",
    "fullName",
    "literal",
    "text",
    "raw_author_name",
    "creator",
)
_GIVEN = ("given", "firstName", "first_name", "first", "givenName", "forename", "fore_name", "firstname")
_FAMILY = ("family", "lastName", "last_name", "last", "familyName", "surname", "lastname")
_INNER = ("author", "user", "profile", "value", "person")


def people(value: Any, markup: Markup, repairs: list[str]) -> list[str]:
    """Names in display order; what stands for further people ("et al.") is dropped and named. Two people
    may have one name, but a list that is given twice over counts once."""
    if not value:
        return []
    found = [name for name in _split(value, markup, repairs, 0) if name]
    while (half := len(found) // 2) > 1 and found[:half] == found[half:]:
        found = found[:half]
    return found


def mark_incomplete(extra: dict[str, Any], authors: list[str], repairs: list[str]) -> None:
    """Notes in `extra` that a dump does not name all authors; takes the note away where it names none."""
    if authors and (FURTHER in repairs or extra.get(INCOMPLETE) in (True, "true")):
        extra[INCOMPLETE] = True
    else:
        extra.pop(INCOMPLETE, None)


def _split(value: Any, markup: Markup, repairs: list[str], depth: int) -> list[str]:
    if isinstance(value, str):
        return _from_string(value, markup, repairs)
    if isinstance(value, list | tuple):
        if len(value) == 1 and isinstance(value[0], str) and ("," in value[0] or "\n" in value[0]):
            return _from_string(value[0], markup, repairs)
        names: list[str] = []
        for item in value:
            if isinstance(item, str):
                names.extend(_from_item(item, markup, repairs))
            elif depth < 4:
                names.extend(_split(item, markup, repairs, depth + 1))
        # Lists hold names as people are called, but for those of the catalogues that say so.
        catalogue = any(isinstance(item, dict) and "authtype" in item for item in value)
        return surnames_last(names) if catalogue else _dotted_last(_unglued(names))
    if isinstance(value, dict) and depth < 6:
        return _from_dict(value, markup, repairs, depth)
    return []


def _from_dict(value: dict[Any, Any], markup: Markup, repairs: list[str], depth: int) -> list[str]:
    family = _first(value, _FAMILY)
    given = _first(value, _GIVEN)
    if family and given:
        particles = (value.get("dropping-particle"), value.get("non-dropping-particle"))
        parts = (given, _middle(value), *particles, family, value.get("suffix"))
        name = " ".join(p for p in parts if isinstance(p, str) and p)
        return one_name(name.replace(",", " "), markup)
    for key in _INNER:
        if isinstance(inner := value.get(key), dict | list):
            return _split(inner, markup, repairs, depth + 1)
    whole = _first(value, _NAMED) or family or given
    return _from_item(whole, markup, repairs) if whole else []


def _middle(value: dict[Any, Any]) -> Any:
    """Middle names, of which Semantic Scholar makes a list."""
    middle = value.get("middle") or value.get("middleName")
    return " ".join(m for m in middle if isinstance(m, str)) if isinstance(middle, list) else middle


def _first(value: dict[Any, Any], names: tuple[str, ...]) -> str:
    return next((v for name in names if isinstance(v := value.get(name), str) and v.strip()), "")


def _from_item(item: str, markup: Markup, repairs: list[str]) -> list[str]:
    """One element of a list: nearly always one name."""
    if markup != "tex" and _is_letters(item):
        name = item.strip()
        return (
            [name]
            if name and name.lower() not in NOBODY and "  " not in name
            else _from_string(item, markup, repairs)
        )
    if markup != "tex":
        item = _plain_accents(item)
    if " and " in item and markup != "tex" and _is_body(item):
        return one_name(item, "plain", body=True)
    if ";" in item or " and " in item or (item.count(",") > 2 and "{" not in item):
        return _from_string(item, markup, repairs)
    return one_name(without_others(item, repairs), markup)


def _is_letters(item: str) -> bool:
    """Whether an element is nothing but plain letters, as one name mostly is."""
    return item.isascii() and item.replace(" ", "").isalpha() and " and " not in item


def _dotted_last(names: list[str]) -> list[str]:
    """Names turned round only where dots say that what stands last are initials: people joined by "and"
    are written as they are called ("Haru GB")."""
    return surnames_last(names) if all(name.endswith(".") for name in names) else names


def _is_body(item: str) -> bool:
    """Whether an " and " is within the name of a body ("Barnes and Noble", "Centre for Pumps and Valves")."""
    sides = [side.strip() for side in _AND.split(item)]
    return any(" " not in side and not side.endswith(".") for side in sides if side) or bool(
        _BODY.search(item)
    )


_BODY = re.compile(
    r"\b(?:of|for|on|the)\b|\b(?:Inc|Ltd|LLC|GmbH|Corp|Company|Group|Consortium|Collaboration)\b"
)


_GLUED = re.compile(
    r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<!\b[DL]e)(?<!\bLa)(?=(?:[A-Z]\.[ -]?)+[A-Z][\w'’-]*[a-z])"
)
"""Between names that nothing parts ("J.SmithA.Jones"), not within one shortened ("William McK. Brown",
"DeL. Cruz")."""
_SHORT = re.compile(r"((?:[a-z]{1,4} )*[A-Z][\w'’-]*[a-z])(?!AI\b)([A-Z]{1,3})")
"""A family name and the initials joined to it: "SmithJ", "McDonaldAB"; "OpenAI" is a body."""


def _parted(text: str) -> str:
    """Text with semicolons between names that nothing parts."""
    if "." in text and "," not in text and ";" not in text and _GLUED.search(text):
        return re.sub(r"\.(?=[^\W\d_]{2})", ". ", _GLUED.sub("; ", text))
    return text


def _unglued(names: list[str]) -> list[str]:
    """Names with a blank before the initials that are joined to them, if all of several are written so."""
    parts = list(map(_SHORT.fullmatch, names)) if len(names) > 1 and " " not in names[0] else []
    return [f"{part[2]} {part[1]}" for part in parts if part] if parts and all(parts) else names


def _plain_accents(text: str) -> str:
    """Text whose letters with accents are written in TeX though nothing else is: "Bal\\'azs"."""
    return re.sub(r"\{(\w)\}", r"\1", accents(text)) if "\\" in text else text


def _from_string(text: str, markup: Markup, repairs: list[str]) -> list[str]:
    if "  " in text and "\n" not in text:
        text = " ".join(text.split())
    if markup == "tex":
        return _from_tex(text, repairs)
    if (plain := _plainly_joined(text)) is not None:
        return plain
    text = _plain_accents(text)
    if not _is_clean(text):
        text = clean(_one_a_line(text), markup, "authors", repairs).translate(_WIDE_MARKS)
    text = without_gaps(" ".join(text.split()) if "  " in text else text, repairs)
    text = without_others(text, repairs)
    if "(" in text or "[" in text:
        text = AFFILIATION.sub(" ", text).replace(" ,", ",")
    text = _parted(text)
    names = _unglued([n for part in _parts(text.strip(" ,;")) for n in one_name(part, "plain")])
    as_written = " and " in text and "," not in text and ";" not in text
    return _dotted_last(names) if as_written else surnames_last(names)


def _plainly_joined(text: str) -> list[str] | None:
    """The names of "Ann Bee and C.-D. Éé": letters, dots and hyphens and nothing to mend, turn round or drop.
    That is the usual text, and takes a fifth of the time so. None for any other."""
    letters = text.replace(" ", "").replace(".", "").replace("-", "")
    if not letters.isalpha() or "  " in text or "..." in text or not (text.isascii() or is_mended(text)):
        return None
    low = text.lower()
    if (
        _GLUED.search(text)
        or "et al" in low
        or " and and " in low
        or low.count(" and ") != text.count(" and ")
        or may_end_in_others(low)
    ):
        return None
    names = text.strip().split(" and ")
    if not NOBODY.isdisjoint(names):
        return None
    turned = all(name.endswith(".") for name in names) if len(names) > 1 else not text.rstrip()[-1].islower()
    return None if turned else _unglued(names)


def _is_clean(text: str) -> bool:
    return text.isascii() and text.isprintable() and "&" not in text and "<" not in text


def _from_tex(text: str, repairs: list[str]) -> list[str]:
    """The names of a text in TeX: braces guard an " and " or a comma, so names are parted before they go."""
    text = without_others(without_gaps(" ".join(text.split()), repairs), repairs)
    parts = _tex_parts(text)
    if "{" not in text and parts and (pieces := [p.strip() for p in parts[0].split(",")])[2:]:
        listed = _first_inverted([*pieces, *parts[1:]]) if not any(map(SUFFIX.match, pieces)) else []
        parts = listed or parts
    names = [n for part in parts for n in one_name(part, "tex")]
    return surnames_last(names) if "," in text else _dotted_last(names)


_WIDE_MARKS = str.maketrans("、，；", ";,;")


def _one_a_line(text: str) -> str:
    """Names of which each stands on a line, parted by semicolons; any other text as it is."""
    lines = [line for line in text.splitlines() if line.strip()] if "\n" in text else []
    listed = len(lines) > 2 and all(" " in line.strip() and not line.rstrip().endswith(",") for line in lines)
    return ";".join(lines) if listed else text


def _tex_parts(text: str) -> list[str]:
    """Names parted at an " and ", or at a semicolon, outside braces."""
    if ";" in text and not _ENTITY.search(text) and "{" not in text:
        text = re.sub(r"\s*;\s*(?:and\s+)?", " and ", text.strip(" ;"))
    if "{" not in text:
        return re.split(r"(?:\s+and)+\s+", text, flags=re.IGNORECASE)
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"\\.|[{}]|\s+and(?=\s)", text, re.DOTALL | re.IGNORECASE):
        token = found[0]
        if token == "{":
            depth += 1
        elif token == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and not token.startswith("\\"):
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _parts(text: str) -> list[str]:
    """The single names of a plain string; see the module's list of conventions."""
    if not text:
        return []
    if ";" in text:
        return [name for part in text.split(";") for name in _between_semicolons(part.strip())]
    if any(word in text for word in (" and ", " & ", " AND ", " And ")):
        return _joined_by_and([part for part in _AND.split(text) if part.strip()])
    if "," in text:
        return _comma_parts(text)
    return text.split("|") if " | " in text else [text]


def _between_semicolons(part: str) -> list[str]:
    """The names of a part: usually one, which may be a body with an "and" of its own."""
    if "," in part:
        return _parts(part)
    sides = [side for side in _AND.split(part) if side.strip()]
    whole = len(sides) > 1 and (
        _BODY.search(part) or any(" " in s and parts_of_name(s) == Name(s) for s in sides)
    )
    return [part] if whole else sides


def _joined_by_and(parts: list[str]) -> list[str]:
    """The names of what an "and" joins: single names, or some that commas part."""
    commas = [part.count(",") for part in parts]
    most = max(commas, default=0)
    if most == 0 or (min(commas) == most == 1 and not _looks_listed(parts)):
        return parts
    if most == 1 and all(not count or _inverted(part) for part, count in zip(parts, commas, strict=True)):
        return parts
    if first := _first_inverted([piece.strip() for part in parts for piece in part.split(",")]):
        return first
    return [name for part in parts for name in _comma_parts(part)]


_GIVEN_NAME = re.compile(r"[^\W\d_][\w'’-]+(?: [A-Z]\.?)*(?: (?:van|de|von|der|den|la))*|(?:[A-Z]\.[ -]?)+")


_RUN_TOGETHER = re.compile(r"[a-z]{3}(?<!\bFitz)[A-Z]|[a-z]AI$")
"""Words run together, as bodies are called ("OpenAI", "DeepMind"): three small letters before the capital
are more than the "Mc", "Mac", "De" and "Van" of people."""


def _first_inverted(pieces: list[str]) -> list[str]:
    """The names of a list of which the first alone stands last name first, as MLA has it ("Roe, Ann, Ian
    J. Goodfellow, and Aaron Courville"); none if it is no such list."""
    pieces = [piece for piece in pieces if piece]
    others = pieces[2:]
    if len(pieces) < 3 or " " in pieces[0] or not _GIVEN_NAME.fullmatch(pieces[1]):
        return []
    if any(map(_RUN_TOGETHER.search, pieces[:2])):
        return []
    full = all(" " in name and not are_initials(name.split()[-1]) for name in others)
    return [f"{pieces[0]}, {pieces[1]}", *others] if full else []


def _looks_listed(parts: list[str]) -> bool:
    """Whether "A B, C D and E F, G H" is meant: every piece is a full name of two words."""
    pieces = [piece.strip() for part in parts for piece in part.split(",")]
    return all(" " in p and not are_initials(p.split()[-1]) for p in pieces)


def _inverted(name: str) -> bool:
    """Whether "X, Y" is one name, last name first."""
    last, _, first = (part.strip() for part in name.partition(","))
    if not first or not last:
        return True
    if are_initials(first) or SUFFIX.match(first):
        return True
    if " " not in last:
        return True
    if last.split()[0].islower():
        return True
    return " " not in first


def _given(name: str) -> str:
    """A given name without the initials behind it."""
    return re.sub(r"(?:\s+[A-Z]\.?)+$", "", name)


def _comma_parts(text: str) -> list[str]:
    pieces = [p.strip() for p in text.split(",") if p.strip()]
    if len(pieces) <= 1:
        return pieces
    if all(map(_SHORT.fullmatch, pieces)):
        return pieces
    if len(pieces) == 2 and _inverted(text):
        return [text]
    if len(pieces) == 3 and any(map(SUFFIX.match, pieces[1:])):
        return [text]
    if first := _first_inverted(pieces):
        return first
    if _come_in_pairs(pieces):
        return [f"{last}, {first}" for last, first in zip(pieces[::2], pieces[1::2], strict=True)]
    # A suffix between the names belongs to the one before it.
    found: list[str] = []
    for piece in pieces:
        if found and SUFFIX.match(piece):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def _come_in_pairs(pieces: list[str]) -> bool:
    """Whether pieces between commas are family and given names in turn."""
    lasts, firsts = pieces[::2], pieces[1::2]
    if len(lasts) != len(firsts):
        return False
    if all(map(are_initials, firsts)):
        return True
    return len(pieces) > 2 and not any(" " in name for name in (*lasts, *map(_given, firsts)))
