"""Texts that hold several names, parted into single names."""

from __future__ import annotations

import re

from paperctl.normalise.names import (
    SUFFIX,
    are_initials,
)
from paperctl.record.names import Name
from paperctl.record.names import parts as parts_of_name

AND = re.compile(r"\s*,?\s+(?:and|AND|And)\s+(?:and\s+)*|\s*,?\s+&\s+")
_ENTITY = re.compile(r"&#?\w+;")
BODY = re.compile(
    r"\b(?:of|for|on|the)\b|\b(?:Inc|Ltd|LLC|GmbH|Corp|Company|Group|Consortium|Collaboration)\b"
)
SHORT = re.compile(r"((?:[a-z]{1,4} )*[A-Z][\w'’-]*[a-z])(?!AI\b)([A-Z]{1,3})")
"""A family name and the initials joined to it: "SmithJ", "McDonaldAB"; "OpenAI" is a body."""


def tex_names(text: str) -> list[str]:
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


def single_names(text: str) -> list[str]:
    """The single names of a plain string; see the module's list of conventions."""
    if not text:
        return []
    if ";" in text:
        return [name for part in text.split(";") for name in _between_semicolons(part.strip())]
    if any(word in text for word in (" and ", " & ", " AND ", " And ")):
        return _joined_by_and([part for part in AND.split(text) if part.strip()])
    if "," in text:
        return _comma_parts(text)
    return text.split("|") if " | " in text else [text]


def _between_semicolons(part: str) -> list[str]:
    """The names of a part: usually one, which may be a body with an "and" of its own."""
    if "," in part:
        return single_names(part)
    sides = [side for side in AND.split(part) if side.strip()]
    whole = len(sides) > 1 and (
        BODY.search(part) or any(" " in s and parts_of_name(s) == Name(s) for s in sides)
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
    if first := first_inverted([piece.strip() for part in parts for piece in part.split(",")]):
        return first
    return [name for part in parts for name in _comma_parts(part)]


_GIVEN_NAME = re.compile(r"[^\W\d_][\w'’-]+(?: [A-Z]\.?)*(?: (?:van|de|von|der|den|la))*|(?:[A-Z]\.[ -]?)+")


_RUN_TOGETHER = re.compile(r"[a-z]{3}(?<!\bFitz)[A-Z]|[a-z]AI$")
"""Words run together, as bodies are called ("OpenAI", "DeepMind"): three small letters before the capital
are more than the "Mc", "Mac", "De" and "Van" of people."""


def first_inverted(pieces: list[str]) -> list[str]:
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
    if all(map(SHORT.fullmatch, pieces)):
        return pieces
    if len(pieces) == 2 and _inverted(text):
        return [text]
    if len(pieces) == 3 and any(map(SUFFIX.match, pieces[1:])):
        return [text]
    if first := first_inverted(pieces):
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
