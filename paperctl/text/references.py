"""Numeric character references that name halves of UTF-16 pairs, as broken exporters write emoji."""

from __future__ import annotations

import re

_HALF = r"&#(?:0*5[5-7]\d{3}|[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2});"
_HALVES = re.compile(rf"(?:{_HALF})+")


def joined_halves(text: str) -> str:
    """`&#55357;&#56832;` as the one character that it means; a half alone as U+FFFD.

    No parser of XML or HTML can hold half of a pair: lxml raises where it meets one.
    """
    return _HALVES.sub(_joined, text) if "&#" in text else text


def _joined(found: re.Match[str]) -> str:
    """Runs of halves joined; other numbers, which the pattern also lets through, stay references."""
    parts: list[str] = []
    halves: list[int] = []
    for number in found[0][2:-1].split(";&#"):
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        if 0xD800 <= code <= 0xDFFF:
            halves.append(code)
        else:
            parts += [_text(halves), f"&#{number};"]
            halves = []
    return "".join([*parts, _text(halves)])


def _text(halves: list[int]) -> str:
    return b"".join(half.to_bytes(2, "little") for half in halves).decode("utf-16-le", "replace")
