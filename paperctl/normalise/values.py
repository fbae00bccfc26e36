"""Years, keywords, and values of any shape made fit for JSON."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from paperctl.normalise.repairs import note
from paperctl.normalise.text import clean, plain_string
from paperctl.record.items import Markup

MAX_DEPTH = 12
_BIG = 1 << 63
_YEAR = re.compile(r"(?<![\d.])(1[5-9]\d\d|20\d\d|2100)(?!\d)")


_DAY = re.compile(r"(?<![\d.])\d{1,2}\.\s?\d{1,2}\.\s?(1[5-9]\d\d|20\d\d)(?!\d)")
_SHORT_DAY = re.compile(
    r"(?:\d{1,2}[-/ ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ](\d\d)", re.I
)
_POWER = re.compile(r"[12]\.?\d{0,3}[eE]\+?0?3")


def _of_spreadsheet(value: str) -> int | None:
    """The year of `15-Mar-16` or `2.014E+03`, as spreadsheets rewrite dates and years."""
    if day := _SHORT_DAY.fullmatch(value):
        short = int(day[1])
        return (1900 if short > 50 else 2000) + short
    return year_of(round(float(value))) if _POWER.fullmatch(value) else None


def year_of(value: Any) -> int | None:
    """The first year from 1500 to 2100 that a number, a date or a text names; else None."""
    if type(value) is int:
        return value if 1500 <= value <= 2100 else None
    if isinstance(value, str):
        if len(value) == 4 and value.isascii() and value.isdigit():
            return year_of(int(value))
        found = _YEAR.search(value[:200]) or _DAY.search(value[:200])
        return int(found[1]) if found else _of_spreadsheet(value.strip())
    if isinstance(value, float):
        return year_of(int(value)) if math.isfinite(value) else None
    if isinstance(value, dt.date):
        return year_of(value.year)
    if isinstance(value, list | tuple) and value:
        return year_of(value[0])
    if isinstance(value, dict):
        for name in ("value", "year", "date-parts", "raw", "literal"):
            if name in value and not isinstance(value[name], dict):
                nested = value[name]
                while isinstance(nested, list | tuple) and len(nested) > 0:
                    nested = nested[0]
                return year_of(nested) if not isinstance(nested, list | tuple) else None
    return None


def json_clean(value: Any, repairs: list[str], depth: int = 0) -> Any:
    """A value as JSON can hold it everywhere: no NaN, no integer past 64 bits, no control
    characters, no dates, bounded depth."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return plain_string(value)
    if isinstance(value, int):
        if -_BIG <= value < _BIG:
            return int(value)
        return str(value) if value.bit_length() < 10_000 else f"(an integer of {value.bit_length()} bits)"
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if depth >= MAX_DEPTH:
        note(repairs, "a value nested too deep was cut")
        return "(nested too deep)"
    if isinstance(value, dict):
        return {
            plain_string(k) if isinstance(k, str) else str(k)[:200]: json_clean(v, repairs, depth + 1)
            for k, v in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [json_clean(v, repairs, depth + 1) for v in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray):
        return plain_string(bytes(value).decode("utf-8", "replace"))
    return plain_string(str(value))


_KEYWORD_NAMES = ("display_name", "name", "term", "tag", "keyword", "label", "subject", "category", "value")


def keywords(value: Any, markup: Markup) -> list[str]:
    """Keywords of any shape as a list, without doubles (case aside), in their order."""
    if not value:
        return []
    found: dict[str, str] = {}
    for part in _parts(value):
        word = clean(part, markup, "keywords", []).strip(
            "* "
        )  # MeSH and Emtree star what is the main subject
        if word:
            found.setdefault(word.casefold(), word)
    words = list(found.values())
    if len(words) == 1 and "," in words[0]:
        return keywords(words[0], "plain") if words != [value] else words
    return words


def _parts(value: Any) -> list[Any]:
    if isinstance(value, str):
        for mark in (";", "|", " · ", "\n", ","):
            if mark in value:
                return value.split(mark)
        return [value]
    if isinstance(value, dict):
        for name in _KEYWORD_NAMES:
            if name in value:
                inner = value[name]
                return _parts(inner) if isinstance(inner, str | list) else []
        return _parts([key for key, weight in value.items() if weight])
    if isinstance(value, list | tuple | set | frozenset):
        found: list[Any] = []
        for item in value:
            if isinstance(item, str):
                found.extend(item.split(";"))
            elif isinstance(item, dict):
                found.extend(_parts(item))
            elif isinstance(item, int | float):
                found.append(item)
        return found
    return [value]
