"""The stages of a run, each a query over the tables before it and a pure step over what it gives.

The queries are in what the SQL of DuckDB and Spark have in common; words that differ stand in braces and are
an engine's. No rule of deduplication stands here: rules are in the steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from paperctl.bulk import tables, work
from paperctl.bulk.engine import Stage

if TYPE_CHECKING:
    from paperctl.bulk.tagging import BulkTagger


TEXTS = 4_000
"""Rows at a time where each holds a paper's text."""


IDS = Stage(
    "ids",
    "select n, entry, title_id, case when title_id = '' then entry else title_id end as named from numbered",
    "n bigint, id string, apart string",
    work.ids,
    together="named",
    order=("entry", "n"),
)


def dedupe() -> Iterator[Stage]:
    """The stages up to the verdicts."""
    yield Stage(
        "pairs",
        "select key, n from (select {unnest}(keys) as key, n from numbered) as keyed",
        "i bigint, j bigint, firm boolean",
        work.pairs,
        together="key",
        order=("n",),
        rows=2_000_000,
    )
    yield Stage(
        "candidates",
        """select c.i, c.j, c.firm, a.flat as flat_i, b.flat as flat_j
        from (select i, j, bool_or(firm) as firm from pairs group by i, j) as c
        join numbered as a on a.n = c.i join numbered as b on b.n = c.j""",
        "i bigint, j bigint, firm boolean",
        work.alike,
    )
    yield Stage(
        "judged",
        """select c.i, c.j, c.firm, a.record as record_i, b.record as record_j from candidates as c
        join numbered as a on a.n = c.i join numbered as b on b.n = c.j""",
        "i bigint, j bigint, kind string, score double, rule string, evidence list<string>, seen string",
        work.judge,
        rows=TEXTS,
    )


def settle(seen: Iterable[Sequence[Any]]) -> Iterator[Stage]:
    """What becomes of the judged pairs; `seen` are the columns that were seen in all of them."""
    yield Stage(
        "settled",
        """select g.part, j.i, j.j, j.kind, j.score, j.evidence, a.record as record_i, b.record as record_j
        from judged as j join groups as g on g.n = j.i
        join numbered as a on a.n = j.i join numbered as b on b.n = j.j""",
        "what string, i bigint, j bigint, score double, evidence list<string>",
        partial(work.settle, [tuple(one) for one in seen]),
        together="part",
        order=("i", "j"),
        rows=TEXTS,
    )


_PAPERS = (
    "paper bigint, id string, title string, topics list<string>, topic_scores map<string,double>, "
    "record string"
)
HOMES = "select n.n, coalesce(s.i, n.n) as paper from numbered as n left join clusters as s on s.j = n.n"
"""Which paper a row went into."""
SHARED = """select n.title_id from numbered as n join homes as h on h.n = n.n where n.title_id <> ''
    group by n.title_id having count(distinct h.paper) > 1"""
"""The titles of several papers: they name none of them."""
NONE_SHARED = "select title_id from numbered where n < 0"
_NAMED = "case when s.title_id is null then i.id else i.apart end"


def papers(tagger: BulkTagger | None) -> Iterator[Stage]:
    """The papers: rows that stand alone, and those that become one."""
    yield Stage(
        "papers_alone",
        f"""select n.n as paper, {_NAMED} as id, n.record from numbered as n join ids as i on i.n = n.n
        left join shared as s on s.title_id = n.title_id where n.n not in (select j from clusters)""",
        _PAPERS,
        partial(work.alone, tagger),
        rows=TEXTS,
    )
    yield Stage(
        "papers_merged",
        """select c.i as paper, n.n, i.id, i.apart, s.title_id is not null as shared, n.record
        from clusters as c join numbered as n on n.n = c.j join ids as i on i.n = n.n
        left join shared as s on s.title_id = n.title_id""",
        _PAPERS,
        partial(work.merged, tagger),
        together="paper",
        order=("n",),
        rows=TEXTS,
    )


WORKS = Stage(
    "works",
    "select w.part, p.paper, p.id, p.record from work_parts as w join papers as p on p.paper = w.n",
    "paper bigint, work string",
    work.fronts,
    together="part",
    order=("paper",),
    rows=TEXTS,
)

_OTHERS = """(select a.paper, {sorted}({list}(b.id)) as versions
    from links as a join papers as b on b.paper = a.other group by a.paper)"""
KEPT = Stage(
    "kept",
    f"""select p.id, coalesce(w.work, p.id) as work, v.versions, p.record from papers as p
    left join works as w on w.paper = p.paper left join {_OTHERS} as v on v.paper = p.paper""",
    tables.KEPT,
    work.kept,
    rows=TEXTS,
)
RECORDS = Stage(
    "records",
    f"""select n.file, n.line, n.key, i.id, p.id as cluster, coalesce(w.work, p.id) as work,
    coalesce(v.versions, {{empty}}) as versions, p.topics, p.topic_scores
    from numbered as n join homes as h on h.n = n.n join ids as i on i.n = n.n
    join papers as p on p.paper = h.paper left join works as w on w.paper = p.paper
    left join {_OTHERS} as v on v.paper = p.paper""",
    tables.RECORDS,
)
DOUBTFUL = Stage(
    "doubtful",
    """select a.id as id, b.id as other, a.title, b.title as other_title, m.score, m.evidence
    from settled as m
    join homes as h on h.n = m.i join homes as g on g.n = m.j
    join papers as a on a.paper = h.paper join papers as b on b.paper = g.paper where m.what = 'maybe'""",
    tables.DOUBTFUL,
)
