"""Terms that ask for years, days and loads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from paperctl.query.fault import fault
from paperctl.query.haystack import Haystack
from paperctl.query.spans import Span, day, read_span, year
from paperctl.query.terms import Context, Test, checked_parts, span_of
from paperctl.query.tree import Term


def year_condition(term: Term, context: Context) -> Test:
    spans = [
        span_of(term, part, at, context, lambda text: read_span(text, year), _YEARS)
        for part, at in checked_parts(term, context)
    ]

    def test(hay: Haystack) -> bool:
        value = hay.record.get("year")
        return isinstance(value, int | float) and any(value in span for span in spans)

    return test


def added_condition(term: Term, context: Context) -> Test:
    point = day(context.now)

    def read(text: str) -> Span:
        # "-7d" by itself is asked by someone who means the week up to now.
        return read_span(text + ".." if text[0] == "-" and ".." not in text else text, point)

    return _added_in(
        [span_of(term, part, at, context, read, _DAYS) for part, at in checked_parts(term, context)]
    )


def _added_in(spans: Sequence[Span]) -> Test:
    def test(hay: Haystack) -> bool:
        try:
            when = datetime.fromisoformat(hay.record["added"] or "").timestamp()
        except (KeyError, TypeError, ValueError, OverflowError):
            return False
        return any(when in span for span in spans)

    return test


def _added_at(time: str) -> Test:
    return lambda hay: bool(time) and hay.record.get("added") == time


def load_condition(term: Term, context: Context) -> Test:
    """`last`, days as `added:` takes them, or the beginning of an id of `paperctl log`."""
    loads = context.loads
    if loads is None:
        raise fault(context.text, term.at, "these papers are in no store, so no load brought them")
    tests: list[Test] = []
    for part, at in checked_parts(term, context):
        if part.lower() == "last":
            tests.append(_added_at(loads.last()))
            continue
        try:
            span = read_span(part, day(context.now))
        except ValueError:
            span = span_of(term, part, at, context, loads.named, _LOADS)
        tests.append(_added_in([span]))
    return lambda hay: any(test(hay) for test in tests)


_LOADS = "loads: last, days as 2026-01-31 or -7d.., or an id as `paperctl log` shows it"
_YEARS = "years: 2022, 2022..2024, 2022.., ..2020, >=2022, <2020"
_DAYS = "days: 2026-01-31, 2026-01, today, yesterday, -7d.. (d w m y), 2026-01-01..2026-02-01, >=2026-01-01"
