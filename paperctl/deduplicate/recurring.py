"""Columns: titles that come back in every issue ("Research centers"), known by the collection itself.

No list of words names them all. But a short title that one author has in one venue in two years is a
column, and two entries of it in one year may be two issues: only volume, pages, abstract or identifier
can say that they are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paperctl.deduplicate import names, titles
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.entries import Numbered
from paperctl.deduplicate.judge import UNSUPPORTED, Judged, Verdict

WHY = "the title comes back in other years of the venue, and nothing says that these two are one issue"


def doubt_recurring(records: Numbered, judged: Sequence[Judged]) -> list[Judged]:
    """The judged pairs, where the duplicates that agree in no more than the title of a column are maybes; the
    issues of a column that came out in three years and more are no versions of each other."""
    columns: set[tuple[str, str]] = set()
    years: dict[tuple[str, str], set[Any]] = {}
    for i, j, found in judged:
        if found.kind == "version":
            c = Comparison(records[i], records[j])
            if c.gap and c.venue == "same" and c.title.relation == "same" and _bare(c):
                columns |= {_column(records[i]), _column(records[j])}
                for n in (i, j):
                    years.setdefault(_column(records[n]), set()).add(records[n].get("year"))
    yearly = {column for column, some in years.items() if len(some) >= _YEARS}
    return [
        (i, j, Verdict("maybe", min(found.score, UNSUPPORTED), (*found.evidence[:-1], WHY)))
        if found.kind == "duplicate"
        and not columns.isdisjoint((_column(records[i]), _column(records[j])))
        and _bare(Comparison(records[i], records[j]))
        else (i, j, found)
        for i, j, found in judged
        if not (
            found.kind == "version"
            and not yearly.isdisjoint((_column(records[i]), _column(records[j])))
            and _bare(Comparison(records[i], records[j]))
        )
    ]


_YEARS = 3


def _column(record: Mapping[str, Any]) -> tuple[str, str]:
    title = titles.take_apart(str(record.get("title") or ""))
    return title.flat, names.first_key(record.get("authors") or ())


def _bare(c: Comparison) -> bool:
    """Whether a short title and at most one person is all that agrees."""
    return not c.telling and c.authors.shared < 2 and not c.supported
