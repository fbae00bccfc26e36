"""Columns: titles that come back in every issue ("Research centers"), known by the collection itself.

No list of words names them all. But a short title that one author has in one venue in two years is a
column, and two entries of it in one year may be two issues: only volume, pages, abstract or identifier
can say that they are one. So is a title without authors that stands in three years or places, or over the
names of people who have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from paperctl.deduplicate import names, thresholds, titles
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.entries import Numbered
from paperctl.deduplicate.judge import Judged, Verdict
from paperctl.record import Paper

WHY = (
    "the title comes back in other years of the venue or over other people, and nothing says that these two "
    "are one issue"
)


Column = tuple[str, str]
"""A flat title and its first author, or `UNSIGNED`."""
Occasion = int | str | None
"""A year in which a column came out, or a place or the people of a title without an author."""
UNSIGNED = "-"
"""Stands for the author of a title that comes back without one, on several occasions."""


_BY = "by"
"""The first word of an occasion that is the names of people, not a place."""


def doubt_recurring(
    records: Numbered, judged: Sequence[Judged], years: Mapping[Column, set[Occasion]]
) -> list[Judged]:
    """The judged pairs, where the duplicates that agree in no more than the title of a column are maybes; the
    issues of a column that came out in three years and more are no versions of each other. `years` are those
    of all columns."""
    seen, yearly = _seen(years), _yearly(years)
    left = []
    for i, j, found in judged:
        two = {*_columns(records[i]), *_columns(records[j])}
        known = seen if found.kind == "maybe" else yearly
        if not two.isdisjoint(known) and _between_issues(found, records, i, j):
            continue
        if found.kind == "duplicate" and not two.isdisjoint(seen) and _is_bare(records, i, j):
            score = min(found.score, thresholds.UNSUPPORTED_SCORE)
            left.append((i, j, Verdict("maybe", score, (*found.evidence[:-1], WHY))))
        else:
            left.append((i, j, found))
    return left


def _seen(years: Mapping[Column, set[Occasion]]) -> set[Column]:
    """The columns: a title without an author takes three occasions, as two may be one work's."""
    return _yearly(years) | {column for column in years if column[1] != UNSIGNED}


def _yearly(years: Mapping[Column, set[Occasion]]) -> set[Column]:
    return {column for column, some in years.items() if _comes_back(some)}


def _comes_back(occasions: Collection[Occasion]) -> bool:
    """Whether these are three years or places, or two groups of people without a name in common."""
    signed = [set(one.split()) for one in occasions if isinstance(one, str) and one.startswith(_BY)]
    if len(occasions) - len(signed) >= thresholds.COLUMN_YEARS:
        return True
    return any(a & b == {_BY} for a, b in combinations(signed, 2))


def _between_issues(found: Verdict, records: Numbered, i: int, j: int) -> bool:
    """Whether a pair was found to be versions, or not to be one issue, which two issues of a column are."""
    c = Comparison(records[i], records[j])
    return (found.kind == "version" or bool(c.gap)) and _bare(c)


def issues_of_columns(
    records: Numbered, judged: Iterable[Judged], years: Mapping[Column, set[Occasion]]
) -> list[tuple[int, int]]:
    """The pairs that look like versions and are two issues of a column that came out in three years and
    more: so they may have been linked before those years were known."""
    yearly = _yearly(years)
    return [(i, j) for i, j, found in judged if found.kind == "version" and _of_one(records, i, j, yearly)]


def _of_one(records: Numbered, i: int, j: int, columns: Collection[Column]) -> bool:
    two = {*_columns(records[i]), *_columns(records[j])}
    return not two.isdisjoint(columns) and _is_bare(records, i, j)


def years_of_columns(records: Numbered, judged: Iterable[Judged]) -> dict[Column, set[Occasion]]:
    """Columns that seem to have versions in several years, and the years; of a title without an author also
    the places where it stood and the people of others of that title."""
    years: dict[Column, set[Occasion]] = {}
    for i, j, found in judged:
        c = Comparison(records[i], records[j])
        if found.kind in ("version", "maybe") and _two_issues(c):
            for n in (i, j):
                years.setdefault(_column(records[n]), set()).add(records[n].get("year"))
        for column, occasion in _occasions(records[i], records[j], c):
            years.setdefault(column, set()).add(occasion)
    return years


def _occasions(a: Paper, b: Paper, c: Comparison) -> Iterator[tuple[Column, str]]:
    """On which occasions a title stood without an author, as a pair of records shows it."""
    signed = [record for record in (a, b) if record.get("authors")]
    if len(signed) == 2 or c.title.relation != "same" or not _bare(c):
        return
    column = _column(a)[0], UNSIGNED
    if not signed and _two_occasions(c):
        yield from ((column, _occasion(record)) for record in (a, b))
    if signed and not c.telling:
        people = names.people(signed[0]["authors"])
        yield column, " ".join([_BY, *sorted({word for person in people for word in person.longs})])


def _two_issues(c: Comparison) -> bool:
    return bool(c.gap) and c.venue == "same" and c.title.relation == "same" and _bare(c) and not c.telling


def _two_occasions(c: Comparison) -> bool:
    """Whether two records without authors are of two years, or of two pages of one venue. So long a title
    that it does not come back must be in two years of one venue."""
    if c.telling:
        return bool(c.gap) and c.venue == "same"
    return c.venue in ("same", "unknown") and bool(c.gap or c.pages == "other" or c.other_number)


def _occasion(record: Paper) -> str:
    extra = record.get("extra") or {}
    return "/".join(str(value) for value in (record.get("year"), extra.get("number"), extra.get("pages")))


def _is_bare(records: Numbered, i: int, j: int) -> bool:
    return _bare(Comparison(records[i], records[j]))


def _columns(record: Paper) -> tuple[Column, ...]:
    column = _column(record)
    return (column,) if record.get("authors") else (column, (column[0], UNSIGNED))


def _column(record: Paper) -> Column:
    title = titles.take_apart(str(record.get("title") or ""))
    return title.flat, names.first_key(record.get("authors") or ())


def _bare(c: Comparison) -> bool:
    """Whether a title and at most one person is all that agrees, and the title short where there is one."""
    unsigned = c.authors.relation == "unknown"
    return (unsigned or not c.telling) and c.authors.shared < 2 and not c.supported
