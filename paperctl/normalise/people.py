"""Authors of any shape as a list of names: strings of every convention, lists, objects.

Catalogues write "Last, F. and …", "Last F., …", "F. Last; …" or objects of `given` and `family`;
which it is, all names of a string show together.
"""

from __future__ import annotations

import re
from typing import Any

from paperctl.normalise.name_lists import AND, BODY, SHORT, first_inverted, single_names, tex_names
from paperctl.normalise.names import (
    AFFILIATION,
    FURTHER,
    NO_PERSON,
    SUFFIX,
    in_braces,
    may_end_in_others,
    one_name,
    surnames_last,
    without_gaps,
    without_others,
)
from paperctl.normalise.tex import accents
from paperctl.normalise.text import clean, is_mended, plain_string
from paperctl.record.items import Markup, Object
from paperctl.record.names import BODIES, INCOMPLETE
from paperctl.record.names import parts as parts_of_name

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


def people(value: object, markup: Markup, repairs: list[str]) -> list[str]:
    """Names in display order; what stands for further people ("et al.") is dropped and named. Two people
    may have one name, but a list that is given twice over counts once."""
    if not value:
        return []
    found = [name for name in _split(value, markup, repairs, 0) if name]
    while (half := len(found) // 2) > 1 and found[:half] == found[half:]:
        found = found[:half]
    return found


def mark_incomplete(extra: Object, authors: list[str], repairs: list[str]) -> None:
    """Notes in `extra` that a dump does not name all authors; takes the note away where it names none."""
    if authors and (FURTHER in repairs or extra.get(INCOMPLETE) in (True, "true")):
        extra[INCOMPLETE] = True
    else:
        extra.pop(INCOMPLETE, None)


def mark_bodies(extra: Object, authors: list[str], value: object, markup: Markup) -> None:
    """Notes in `extra` which authors a dump marks as bodies though they read as people: in braces in TeX,
    whole where other names have parts in CSL, by `extra` itself in a list or a text parted by semicolons."""
    known = extra.pop(BODIES, None)
    named = {*(known.split("; ") if isinstance(known, str) else known if isinstance(known, list) else ())}
    named.update(_bodies(value, markup))
    if bodies := [name for name in authors if name in named and parts_of_name(name).given]:
        extra[BODIES] = bodies


def _bodies(value: object, markup: Markup) -> list[str]:
    if isinstance(value, str):
        braced = tex_names(value) if markup == "tex" and "{" in value else []
        return [name for text in braced if in_braces(text.strip()) for name in one_name(text, "tex")]
    items = (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()
    whole = (item.get("literal") for item in items if not _first(item, _FAMILY))
    return [name for text in whole if isinstance(text, str) for name in one_name(text, "plain", body=True)]


def _split(value: object, markup: Markup, repairs: list[str], depth: int) -> list[str]:
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
            if name and name.lower() not in NO_PERSON and "  " not in name
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
    sides = [side.strip() for side in AND.split(item)]
    return any(" " not in side and not side.endswith(".") for side in sides if side) or bool(
        BODY.search(item)
    )


_GLUED = re.compile(
    r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<!\b[DL]e)(?<!\bLa)(?=(?:[A-Z]\.[ -]?)+[A-Z][\w'’-]*[a-z])"
)
"""Between names that nothing parts ("J.SmithA.Jones"), not within one shortened ("William McK. Brown",
"DeL. Cruz")."""


def _are_glued(text: str) -> bool:
    """Whether nothing parts the names of a text."""
    return "." in text and bool(_GLUED.search(text))


def _parted(text: str) -> str:
    """Text with semicolons between names that nothing parts."""
    if "," not in text and ";" not in text and _are_glued(text):
        return re.sub(r"\.(?=[^\W\d_]{2})", ". ", _GLUED.sub("; ", text))
    return text


def _unglued(names: list[str]) -> list[str]:
    """Names with a blank before the initials that are joined to them, if all of several are written so."""
    parts = list(map(SHORT.fullmatch, names)) if len(names) > 1 and " " not in names[0] else []
    return [f"{part[2]} {part[1]}" for part in parts if part] if parts and all(parts) else names


def _plain_accents(text: str) -> str:
    """Text whose letters with accents are written in TeX though nothing else is: "Bal\\'azs"."""
    return re.sub(r"\{(\w)\}", r"\1", accents(plain_string(text))) if "\\" in text else text


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
    names = _unglued([n for part in single_names(text.strip(" ,;")) for n in one_name(part, "plain")])
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
        _are_glued(text)
        or "et al" in low
        or " and and " in low
        or low.count(" and ") != text.count(" and ")
        or may_end_in_others(low)
    ):
        return None
    names = text.strip().split(" and ")
    if not NO_PERSON.isdisjoint(names):
        return None
    turned = all(name.endswith(".") for name in names) if len(names) > 1 else not text.rstrip()[-1].islower()
    return None if turned else _unglued(names)


def _is_clean(text: str) -> bool:
    return text.isascii() and text.isprintable() and "&" not in text and "<" not in text


def _from_tex(text: str, repairs: list[str]) -> list[str]:
    """The names of a text in TeX: braces guard an " and " or a comma, so names are parted before they go."""
    text = without_others(without_gaps(" ".join(text.split()), repairs), repairs)
    parts = tex_names(text)
    if "{" not in text and parts and (pieces := [p.strip() for p in parts[0].split(",")])[2:]:
        listed = first_inverted([*pieces, *parts[1:]]) if not any(map(SUFFIX.match, pieces)) else []
        parts = listed or parts
    names = [n for part in parts for n in one_name(part, "tex")]
    return surnames_last(names) if "," in text else _dotted_last(names)


_WIDE_MARKS = str.maketrans("、，；", ";,;")


def _one_a_line(text: str) -> str:
    """Names of which each stands on a line, parted by semicolons; any other text as it is."""
    lines = [line for line in text.splitlines() if line.strip()] if "\n" in text else []
    listed = len(lines) > 2 and all(" " in line.strip() and not line.rstrip().endswith(",") for line in lines)
    return ";".join(lines) if listed else text
