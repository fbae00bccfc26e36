"""Columns: titles that come back in every issue ("Research centers"), known by the collection itself.

No list of words names them all. But a short title that one author has in one venue in two years is a
column, and two entries of it in one year may be two issues: only volume, pages, abstract or identifier
can say that they are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paperctl.dedupe.comparison import Comparison
from paperctl.dedupe.judge import UNSUPPORTED, Judged, Verdict

WHY = "the title comes back in other years of the venue, and nothing says that these two are one issue"


def doubt_columns(records: Sequence[Mapping[str, Any]], judged: Sequence[Judged]) -> list[Judged]:
    """The judged pairs, where the duplicates that agree in no more than the title of a column are maybes."""
    columns = {
        n
        for i, j, found in judged
        if found.kind == "version" and _another_year(Comparison(records[i], records[j]))
        for n in (i, j)
    }
    return [
        (i, j, Verdict("maybe", min(found.score, UNSUPPORTED), (*found.evidence[:-1], WHY)))
        if found.kind == "duplicate"
        and (i in columns or j in columns)
        and _bare(Comparison(records[i], records[j]))
        else (i, j, found)
        for i, j, found in judged
    ]


def _another_year(c: Comparison) -> bool:
    return c.title.relation == "same" and _bare(c) and c.venue == "same" and bool(c.gap)


def _bare(c: Comparison) -> bool:
    return not c.supported and not c.telling
