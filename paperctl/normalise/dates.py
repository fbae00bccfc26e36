"""Dates of publication as far as they are known: `2022`, `2022-04`, `2022-04-25`, and ranges of them,
`2022-04-25/2022-04-29`, as biblatex and EDTF (ISO 8601-2) write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from paperctl.record.items import Object

_MONTHS = {
    name: n for n in range(1, 13) for name in (calendar.month_name[n].lower(), calendar.month_abbr[n].lower())
} | {"sept": 9}
_NAME = r"([A-Za-z]{3,9})\.?"
_YEAR = r"(1[5-9]\d\d|20\d\d|2100)"
_ISO = re.compile(rf"{_YEAR}(?:-(\d\d?)(?:-(\d\d?))?)?")
_COMPACT = re.compile(rf"{_YEAR}(\d\d)(\d\d)")
_RIS = re.compile(rf"{_YEAR}/(\d\d?)(?:/(\d\d?)?(?:/(.*))?)?")
_WORDS = (  # each gives its year, month, day in this order by name
    re.compile(rf"(?P<y>{_YEAR})[ ,]+(?P<m>{_NAME})(?: +(?P<d>\d\d?))?"),
    re.compile(rf"(?P<m>{_NAME})(?: +(?P<d>\d\d?)(?:st|nd|rd|th)?)?,? +(?P<y>{_YEAR})"),
    re.compile(rf"(?P<d>\d\d?)\.? +(?P<m>{_NAME}),? +(?P<y>{_YEAR})"),
)
_MONTH_RANGE = re.compile(rf"(?P<y>{_YEAR})[ ,]+(?P<m>{_NAME}) ?[-–/]+ ?(?P<n>{_NAME})")
_EDTF_SAYS_MORE = re.compile(
    rf"{_YEAR}(?:-(?:2[1-4]|\d\d(?:-\d\d)?))?[?~%]?(?:/(?:\.\.|{_YEAR}(?:-\d\d){{0,2}}[?~%]?)?)?"
)
"""What biblatex has besides days: a season (21 to 24), a date that is not certain, a range without an end."""
_TIME = re.compile(r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$")

Day = tuple[int, ...]
"""Year, month and day, as far as they are known."""


def date_of(value: object) -> str | None:
    """The date that a value of any dump's shape states, if it says more than a year; else None."""
    if value is None or isinstance(value, int):
        return None
    days = list(_days(value))[:2]
    if not days or len(days[0]) < 2:
        return None
    return "/".join("-".join((f"{day[0]:04}", *(f"{part:02}" for part in day[1:]))) for day in days)


def days_of(value: object, year: int | None) -> list[Day]:
    """The first and the last day that a date states, if it is of this year; one if they are the same."""
    days = list(_days(value))[:2]
    return days if days and days[0][0] == year and len(days[0]) > 1 else []


def month_of(text: object) -> int | None:
    """The number of a month: `apr`, `April`, `04`, 4."""
    word = str(text).strip().strip(".").lower()
    if word.isdecimal() and len(word) < 3:
        return int(word) if 1 <= int(word) <= 12 else None
    return _MONTHS.get(word)


def settle(extra: Object, year: int | None, stated: object) -> None:
    """Gives `extra` one date for what a dump says of it in `date`, `month` and `day`, or in the field of the
    year."""
    month, day = extra.get("month"), extra.get("day")
    if "date" in extra:
        as_given = extra["date"]
        if not (isinstance(as_given, str) and (_TIME.search(as_given) or says_more(as_given.strip()))):
            extra["date"] = date_of(as_given) or as_given
    elif isinstance(stated, str) and says_more(stated.strip()):
        extra["date"] = stated.strip()
    elif found := date_of(stated) or date_of(_named(year, month, day)):
        extra["date"] = found
    named = date_of(_named(year, month, day))
    if named and str(extra.get("date")).startswith(named):
        del extra["month"]
        extra.pop("day", None)


def says_more(text: str) -> bool:
    """Whether a date says more than its days, as biblatex and EDTF write it."""
    more = text.endswith(("/", "..", "?", "~", "%")) or (
        text[5:7] in {"21", "22", "23", "24"} and len(text) == 7
    )
    return more and bool(_EDTF_SAYS_MORE.fullmatch(text))


def _named(year: int | None, month: object, day: object) -> str | None:
    """Year, month and day in one text, whose month may be a range of two."""
    if year is None or month is None:
        return None
    number = month_of(month)
    named = calendar.month_name[number] if number else " ".join(str(month).split()).replace("--", "-")
    return f"{year} {named}" + (f" {day}" if day and number else "")


def _days(value: object) -> Iterator[Day]:
    if isinstance(value, dt.date):
        yield (value.year, value.month, value.day)
    elif isinstance(value, str):
        yield from _of_text(" ".join(value[:80].split()))
    elif isinstance(value, Mapping):
        parts = value.get("date-parts")
        if isinstance(parts, Sequence) and not isinstance(parts, str):
            yield from (day for part in parts if (day := _of_parts(part)))
        else:
            named = (value.get(name) for name in ("date-time", "value", "raw", "literal"))
            yield from _days(next((text for text in named if isinstance(text, str)), None))
    elif isinstance(value, list) and (day := _of_parts(value)):
        yield day


def _of_text(text: str) -> Iterator[Day]:
    text = _TIME.sub("", text)
    if found := _MONTH_RANGE.fullmatch(text):
        first, last = month_of(found["m"]), month_of(found["n"])
        if first and last and first < last:
            yield from ((int(found["y"]), first), (int(found["y"]), last))
        return
    if found := _RIS.fullmatch(text.rstrip("/")):
        if day := _of_parts(found.groups()[:3]):
            yield day
            yield from _of_text(found[4] or "")
        return
    first_text, _, last_text = text.partition("/")
    for part in filter(None, (first_text, last_text)):
        if day := _of_one(part.strip()):
            yield day
        else:
            return


def _of_one(text: str) -> Day | None:
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _of_parts(found.groups())
    for pattern in _WORDS:
        if found := pattern.fullmatch(text):
            month = month_of(found["m"])
            return _of_parts((found["y"], month, found["d"])) if month else None
    return None


def _of_parts(parts: object) -> Day | None:
    """A date of its parts, the year first; None if there is no such day."""
    if not isinstance(parts, Sequence) or isinstance(parts, str):
        return None
    known: list[int] = []
    for part in parts[:3]:
        text = str(part).strip() if isinstance(part, str | int) and not isinstance(part, bool) else ""
        if not (text.isascii() and text.isdigit() and len(text) < 5):
            break
        known.append(int(text))
    try:
        if not known or not 1500 <= known[0] <= 2100:
            return None
        dt.date(*[*known, 1, 1][:3])
    except ValueError:
        return None
    return tuple(known)
