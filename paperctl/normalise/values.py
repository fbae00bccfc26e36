"""Years, keywords, and values of any shape made fit for JSON."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from paperctl.normalise.repairs import note
from paperctl.normalise.text import clean, plain_string
from paperctl.record import FACTS
from paperctl.record.fields import FIELDS
from paperctl.record.items import Markup
from paperctl.text.numbers import as_number

MAX_DEPTH = 12
_BIG = 1 << 63
_YEAR = re.compile(r"(?<![\d.])(1[5-9]\d\d|20\d\d|2100)(?!\d)")


_DAY = re.compile(r"(?<![\d.])\d{1,2}\.\s?\d{1,2}\.\s?(1[5-9]\d\d|20\d\d)(?!\d)")
_SHORT_DAY = re.compile(
    r"(?:\d{1,2}[-/ ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ](\d\d)", re.I
)
_COMPACT = re.compile(r"(1[5-9]\d\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
"""A day without marks between its parts, as MEDLINE has it."""
_POWER = re.compile(r"[12]\.?\d{0,3}[eE]\+?0?3")


def _of_spreadsheet(value: str) -> int | None:
    """The year of `15-Mar-16` or `2.014E+03`, as spreadsheets rewrite dates and years."""
    if day := _SHORT_DAY.fullmatch(value):
        short = int(day[1])
        return (1900 if short > 50 else 2000) + short
    return year_of(round(float(value))) if _POWER.fullmatch(value) else None


_YEAR_KEYS = ("value", "year", "date-parts", "raw", "literal")


def year_of(value: object) -> int | None:
    """The first year from 1500 to 2100 that a number, a date or a text names; else None."""
    match value:
        case bool() | None:
            return None
        case int():
            return value if 1500 <= value <= 2100 else None
        case str():
            return _year_in(value)
        case float():
            return year_of(int(value)) if math.isfinite(value) else None
        case dt.date():
            return year_of(value.year)
        case list() | tuple():
            return year_of(value[0]) if value else None
        case dict():
            stated = (value[name] for name in _YEAR_KEYS if not isinstance(value.get(name), dict | None))
            return year_of(_innermost(next(stated, None)))
    return None


def year_text(value: object) -> Any:
    """What stands for a year that is none, "in press": of a date of CSL its text, or its parts in one."""
    if not isinstance(value, dict):
        return value
    if isinstance(text := next((value[name] for name in ("literal", "raw") if value.get(name)), None), str):
        return text
    day = value.get("date-parts")
    while isinstance(day, list) and day and isinstance(day[0], list):
        day = day[0]
    known = isinstance(day, list) and day and all(isinstance(part, int | str) for part in day)
    return "-".join(map(str, day)) if known and isinstance(day, list) else value


def _year_in(text: str) -> int | None:
    if len(text) == 4 and text.isascii() and text.isdigit():
        return year_of(int(text))
    if len(text) == 8 and (day := _COMPACT.fullmatch(text)):
        return int(day[1])
    found = _YEAR.search(text[:200]) or _DAY.search(text[:200])
    return int(found[1]) if found else _of_spreadsheet(text.strip())


def _innermost(value: object) -> Any:
    """The first value of lists within lists: of the parts of a date its year."""
    while isinstance(value, list | tuple):
        value = value[0] if value else None
    return value


def json_clean(value: object, repairs: list[str], depth: int = 0) -> Any:
    """A value as JSON can hold it everywhere: no NaN, no integer past 64 bits, no control
    characters, no dates, bounded depth."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return plain_string(value)
    if isinstance(value, int):
        return _bounded(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if depth >= MAX_DEPTH:
        note(repairs, "a value nested too deep was cut")
        return "(nested too deep)"
    if isinstance(value, dict):
        return {_key(k): json_clean(v, repairs, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [json_clean(v, repairs, depth + 1) for v in value]
    return plain_string(_shown(value))


def _bounded(number: int) -> int | str:
    if -_BIG <= number < _BIG:
        return int(number)
    return str(number) if number.bit_length() < 10_000 else f"(an integer of {number.bit_length()} bits)"


def _key(key: object) -> str:
    return plain_string(key) if isinstance(key, str) else str(key)[:200]


_FACT_TYPES = {field.name: field.type for field in FIELDS if field.fact}


def _shown(value: object) -> str:
    """Any other value as text."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


_KEYWORD_NAMES = ("display_name", "name", "term", "tag", "keyword", "label", "subject", "category", "value")


def keywords(value: object, markup: Markup) -> list[str]:
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


def fact_of(name: str, value: object, markup: Markup, repairs: list[str]) -> Any:
    """A value as a fact that has no rule of its own, by the type that the table of fields gives it."""
    kind = _FACT_TYPES[name]
    if kind == list[str]:
        return keywords(value, markup)
    if kind is bool:
        return value is True or str(value).strip().lower() in ("1", "true", "yes")
    text = clean(value, markup, name, repairs)
    if kind == int | None:
        number = as_number(text)
        return None if number is None else int(number)
    return text or FACTS[name]


def _parts(value: object) -> list[Any]:
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
