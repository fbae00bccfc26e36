"""Columns: titles that come back in every issue ("Research centers"), known by the collection itself.

No list of words names them all. But a short title that one author has in one venue in two years is a
column, and two entries of it in one year may be two issues: only volume, pages, abstract or identifier
can say that they are one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from paperctl.deduplicate import names, thresholds, titles
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.entries import Numbered
from paperctl.deduplicate.judge import Judged, Verdict
from paperctl.record import Paper

WHY = "the title comes back in other years of the venue, and nothing says that these two are one issue"


Column = tuple[str, str]
"""A flat title and its first author."""


def doubt_recurring(
    records: Numbered, judged: Sequence[Judged], years: Mapping[Column, set[int | None]]
) -> list[Judged]:
    """The judged pairs, where the duplicates that agree in no more than the title of a column are maybes; the
    issues of a column that came out in three years and more are no versions of each other. `years` are those
    of all columns."""
    yearly = {column for column, some in years.items() if len(some) >= thresholds.COLUMN_YEARS}
    left = []
    for i, j, found in judged:
        two = {_column(records[i]), _column(records[j])}
        if found.kind == "duplicate" and not two.isdisjoint(years.keys()) and _is_bare(records, i, j):
            score = min(found.score, thresholds.UNSUPPORTED_SCORE)
            left.append((i, j, Verdict("maybe", score, (*found.evidence[:-1], WHY))))
        elif not (found.kind == "version" and not two.isdisjoint(yearly) and _is_bare(records, i, j)):
            left.append((i, j, found))
    return left


def issues_of_columns(
    records: Numbered, judged: Iterable[Judged], years: Mapping[Column, set[int | None]]
) -> list[tuple[int, int]]:
    """The pairs that look like versions and are two issues of a column that came out in three years and
    more: so they may have been linked before those years were known."""
    yearly = {column for column, some in years.items() if len(some) >= thresholds.COLUMN_YEARS}
    return [(i, j) for i, j, found in judged if found.kind == "version" and _of_one(records, i, j, yearly)]


def _of_one(records: Numbered, i: int, j: int, columns: Collection[Column]) -> bool:
    two = {_column(records[i]), _column(records[j])}
    return not two.isdisjoint(columns) and _is_bare(records, i, j)


def years_of_columns(records: Numbered, judged: Iterable[Judged]) -> dict[Column, set[int | None]]:
    """Columns that have versions in several years, and the years."""
    years: dict[Column, set[int | None]] = {}
    for i, j, found in judged:
        if found.kind == "version" and _two_issues(Comparison(records[i], records[j])):
            for n in (i, j):
                years.setdefault(_column(records[n]), set()).add(records[n].get("year"))
    return years


def _two_issues(c: Comparison) -> bool:
    return bool(c.gap) and c.venue == "same" and c.title.relation == "same" and _bare(c)


def _is_bare(records: Numbered, i: int, j: int) -> bool:
    return _bare(Comparison(records[i], records[j]))


def _column(record: Paper) -> Column:
    title = titles.take_apart(str(record.get("title") or ""))
    return title.flat, names.first_key(record.get("authors") or ())


def _bare(c: Comparison) -> bool:
    """Whether a short title and at most one person is all that agrees."""
    return not c.telling and c.authors.shared < 2 and not c.supported
