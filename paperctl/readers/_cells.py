"""What a cell of a table holds for several values: lists as programs write them, names run together."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

from paperctl.text.patterns import CAPITAL

_GLUE = re.compile(
    rf"(?<=[^\W\d_{CAPITAL}])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bLa)(?<!\bVan)(?=[{CAPITAL}])"
)


def parted(text: str) -> str:
    """Glued names apart: where a small letter meets a capital, but for "McKay" and "DeVries"."""
    return _GLUE.sub("; ", text)


_ARRAY = re.compile(r"\[\s*(?:'[^']*'|\"[^\"]*\")(?:\s+(?:'[^']*'|\"[^\"]*\"))+\s*\]")


def listed(value: str) -> list[object] | None:
    """The strings or objects of a list that Python, numpy or JSON has written into a cell."""
    if not (value.startswith("[") and value.endswith("]")) or len(value) > 100_000:
        return None
    if _ARRAY.fullmatch(value):
        return [one or other for one, other in re.findall(r"'([^']*)'|\"([^\"]*)\"", value)]
    try:
        found = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        found = _json_list(value)
    if not isinstance(found, list):
        return None
    return [item if isinstance(item, dict) else str(item) for item in found if item and item == item]


def _json_list(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


_INITIALS = re.compile(r"[^\W\d_](?:[\w'’.-]|\s)*\s(?:[A-Z]\.?[- ]?){1,4}$")


def split_authors(text: str) -> str | list[str]:
    """Authors apart where only commas part them: "Liu R., Adler D.G." but not "Liu, Rui".

    With `;` or ` and ` the text is left to be split there.
    """
    text = " ".join(text.split()).strip("; ")
    if "|" in text and ";" not in text and "," not in text:
        return _apart(text, "|")
    if ";" in text or " and " in text or "," not in text:
        return text
    if text.count(".") == 1:
        text = text.rstrip(".")  # PubMed ends the list with a full stop
    pieces = _apart(text, ",")
    if not pieces:
        return text
    initials = all(map(_INITIALS.match, pieces))
    full = all(" " in piece for piece in pieces) and not pieces[0][0].islower()
    return pieces if initials or full else text


def _apart(text: str, mark: str) -> list[str]:
    return [part for piece in text.split(mark) if (part := piece.strip())]
