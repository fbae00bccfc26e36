"""Two papers, judged by the entries they were merged from."""

from __future__ import annotations

import itertools

from paperctl.deduplicate import judge
from paperctl.deduplicate.clusters import NOT_MERGED, cluster
from paperctl.deduplicate.entries import Entries, is_merged
from paperctl.deduplicate.judge import Verdict
from paperctl.deduplicate.rule import Kind
from paperctl.record import Paper
from paperctl.store.judgements import Judgements

# Which kind holds for two papers whose entries differ among themselves.
_TOGETHER: tuple[Kind, ...] = ("duplicate", "version", "maybe", "distinct")
_APART: tuple[Kind, ...] = ("version", "maybe", "duplicate", "distinct")


def verdict(a: Paper, b: Paper) -> Verdict:
    """Judge two records (mappings with the keys of `record.FACTS`). Pure.

    Of a merged paper (one with several `sources`) every entry is judged: as a plan does it, the papers
    are duplicates if two entries are and most of the others agree. The verdict is that of the two
    entries that decide.
    """
    both = (a, b)
    entries = Entries(both, [n for n in (0, 1) if is_merged(both[n])])
    pairs = itertools.product(*(entries.numbers.get(n, [n]) for n in (0, 1)))
    judged = [(i, j, judge.verdict(entries[i], entries[j])) for i, j in pairs]
    if len(judged) == 1:
        return judged[0][2]
    one = bool(cluster(entries, judged, Judgements(), 0))
    rank = _TOGETHER if one else _APART
    found = min((v for _, _, v in judged), key=lambda v: (rank.index(v.kind), -v.score))
    if found.kind == "duplicate" and not one:
        return Verdict("maybe", found.score, (*found.evidence, NOT_MERGED))
    return found
