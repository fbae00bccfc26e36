"""Ranges of years, numbers and days: `2022..2024`, `2022..`, `>=2022`, `-7d..`, `today`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from paperctl.text import late

_COMPARED = late.pattern(r"(>=|<=|>|<)(.+)", re.DOTALL)
_OFFSET = late.pattern(r"-(\d{1,5})([dwmy])")
_DAY = late.pattern(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")

Point = Callable[[str], tuple[float, float]]
"""Reads one year, number or day as the half-open interval it covers; raises ValueError."""


class Span(Struct, frozen=True):
    """The numbers from `start` up to, not including, `end`. Times are seconds since 1970."""

    start: float = -math.inf
    end: float = math.inf

    def __contains__(self, value: float) -> bool:
        return self.start <= value < self.end


def read_span(text: str, point: Point) -> Span:
    """The span that a query's value means; both ends of `a..b` belong to it.

    Raises `ValueError` whose message says what is wrong in words for the user ("" if nothing better
    than naming the right forms can be named).
    """
    compared = _COMPARED.fullmatch(text)
    if compared:
        start, end = point(compared[2])
        return {
            ">=": Span(start=start),
            ">": Span(start=end),
            "<": Span(end=start),
            "<=": Span(end=end),
        }[compared[1]]
    if ".." not in text:
        return Span(*point(text))
    first, _, last = text.partition("..")
    if not first and not last:
        raise ValueError("")
    span = Span(point(first)[0] if first else -math.inf, point(last)[1] if last else math.inf)
    if span.start >= span.end:
        raise ValueError(f"the range {text} ends before it begins")
    return span


def year(text: str) -> tuple[float, float]:
    """A year of up to four digits."""
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError("")
    return int(text), int(text) + 1


def number(text: str) -> tuple[float, float]:
    """A decimal number: the interval holds it alone."""
    if not re.fullmatch(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?", text):
        raise ValueError("")
    return float(text), math.nextafter(float(text), math.inf)


def day(now: datetime) -> Point:
    """Reads `2026`, `2026-01`, `2026-01-31`, `today`, `yesterday`, `-7d`, `-2w`, `-3m`, `-1y`.

    `now` is aware; its zone is the one that days begin and end in. `-3m` is the same day three months
    ago, or the last day of that month.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)

    def read(text: str) -> tuple[float, float]:
        try:
            start, end = interval(text.lower())
            return start.timestamp(), end.timestamp()
        except (OverflowError, OSError):
            raise ValueError(f"{text} is outside the calendar") from None

    def interval(text: str) -> tuple[datetime, datetime]:
        if text == "today":
            return today, today + timedelta(1)
        if text == "yesterday":
            return today - timedelta(1), today
        if offset := _OFFSET.fullmatch(text):
            count, unit = int(offset[1]), offset[2]
            if unit in "dw":
                start = today - timedelta(count * (7 if unit == "w" else 1))
            else:
                start = _months_before(today, count * (12 if unit == "y" else 1))
            return start, start + timedelta(1)
        if date := _DAY.fullmatch(text):
            return _calendar(today, *(int(part) if part else None for part in date.groups()))
        raise ValueError("")

    return read


def _calendar(
    zone: datetime, year: int | None, month: int | None, day: int | None
) -> tuple[datetime, datetime]:
    try:
        start = zone.replace(year=year or 0, month=month or 1, day=day or 1)
    except ValueError:
        shown = "-".join(f"{part:02}" for part in (year, month, day) if part is not None)
        raise ValueError(f"there is no {shown} in the calendar") from None
    if day:
        return start, start + timedelta(1)
    return start, _months_before(start, -1 if month else -12)


def _months_before(date: datetime, months: int) -> datetime:
    years, month = divmod(date.year * 12 + date.month - 1 - months, 12)
    if not 1 <= years <= 9999:
        raise OverflowError
    for last in (date.day, 30, 29, 28):
        try:
            return date.replace(year=years, month=month + 1, day=last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
