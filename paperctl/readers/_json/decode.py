"""Decoding JSON as dumps hold it: NaN, huge integers, control characters, damage in the middle.

Nothing here raises for bad input: what cannot be decoded is a `Broken` with a message that says
where and how to mend it.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

import msgspec

_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]', re.DOTALL)
MAX_DIGITS = 4000


class Broken(NamedTuple):
    """A value that could not be decoded: why, and at which character of the text."""

    why: str
    at: int


def _integer(digits: str) -> int | str:
    """An integer; one with more digits than Python converts stays a text."""
    return int(digits) if len(digits) < MAX_DIGITS else digits


_decoder = json.JSONDecoder(strict=False, parse_int=_integer, parse_constant=lambda _: None)
_fast = msgspec.json.Decoder()


def decoded(text: str) -> Any:
    """The value of a text that is one JSON value, or `Broken`."""
    try:
        return _fast.decode(text)
    except (msgspec.DecodeError, RecursionError, ValueError, UnicodeError):
        pass  # the slower decoder takes more, and says where it stopped
    found, end = decoded_at(text, blank(text, 0))
    if not isinstance(found, Broken) and blank(text, end) < len(text):
        return Broken("more text after the JSON value", end)
    return found


def decoded_at(text: str, at: int) -> tuple[object, int]:
    """The value that starts at a character, and where it ends; `Broken` ends where it starts."""
    try:
        return _decoder.raw_decode(text, at)
    except json.JSONDecodeError as fault:
        return Broken(_hint(fault, text), fault.pos), at
    except RecursionError:
        return Broken("nested too deep to be a paper; flatten or remove it", at), at
    except ValueError as fault:
        return Broken(str(fault), at), at


def blank(text: str, at: int) -> int:
    """The first character from `at` that is not white space."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _hint(fault: json.JSONDecodeError, text: str) -> str:
    near = text[fault.pos : fault.pos + 1]
    before = text[: fault.pos].rstrip()[-1:]
    if fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated string"):
        return "it breaks off in the middle: the dump was cut, or a quote is missing"
    if before == "," and near in ("}", "]"):
        return "a comma before the closing bracket; remove it"
    if near == "'":
        return "single quotes: JSON wants double ones (was this printed by Python? use json.dump)"
    if text.startswith(("True", "False", "None"), fault.pos):
        return "Python's True, False or None: JSON writes true, false, null (use json.dump)"
    if "delimiter" in fault.msg:
        return f"{fault.msg[0].lower()}{fault.msg[1:]}: a comma, colon or quote is missing or too many"
    return f"{fault.msg[0].lower()}{fault.msg[1:]}"


def end_of(text: str, at: int, limit: int) -> int | None:
    """Where the bracket that opens at `at` closes, by brackets and quotes; None: not before `limit`."""
    depth = 0
    for token in _TOKEN.finditer(text, at, limit):
        sign = token[0]
        if sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
            if depth == 0:
                return token.end()
    return None
