"""The plan: which records are to be merged, which linked as versions, which asked about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from paperctl.deduplicate.candidates import (
    both,
    ends,
    merge_tables,
    of_entries,
    pairs_between,
    pairs_within,
    without,
)
from paperctl.deduplicate.entries import Entries, is_merged
from paperctl.deduplicate.judging import Records, judge_all, key_table
from paperctl.deduplicate.ordering import Ordered, in_order
from paperctl.deduplicate.settling import Plan, settle
from paperctl.parallel.reports import Progress, no_progress
from paperctl.store.judgements import Judgement, Judgements

if TYPE_CHECKING:
    from paperctl.deduplicate.candidates import Scanned, Table


def plan(
    records: Records,
    *,
    known: int = 0,
    judgements: Judgements[int] | Mapping[tuple[int, int], Judgement] | None = None,
    progress: Progress | None = None,
    stored: Table | None = None,
    scanned: Scanned | None = None,
    settled: Collection[int] = (),
) -> Plan:
    """Find duplicates and versions among records. Merged papers are judged by their entries.

    `records[:known]` are resolved among themselves: only pairs with a record from `known` on are
    judged, and no two known ones that are both `settled` are merged. `judgements` are a user's answers for
    pairs of indexes; they outrank every rule. `stored` is the key table of `records[:known]` where a caller
    keeps one, `scanned` what a caller made of the others. `progress` is called with the stage and its share
    done, 0..1. Records may be any sequence that reads on demand. Deterministic; near-linear in the number of
    records.
    """
    if len(records) - known < 1:
        return Plan()
    order = [*range(known), *in_order(records, known, scanned.orders if scanned else None)]
    ordered = Ordered(records, order)
    answers = judgements if isinstance(judgements, Judgements) else Judgements(judgements)
    ranked = answers.among(lambda n: [ordered.rank[n]])
    found = _plan(ordered, known, ranked, progress or no_progress, stored, scanned, settled)
    return found.renumbered(order)


def _plan(
    records: Ordered,
    known: int,
    answers: Judgements[int],
    progress: Progress,
    stored: Table | None,
    scanned: Scanned | None,
    settled: Collection[int],
) -> Plan:
    progress("keys", 0.0)
    new = records.scan(known, scanned)
    keys, pairs, merged = new.table, pairs_within(new.table), new.merged
    if known:
        before = stored if stored is not None else key_table(records, 0, known)
        pairs = both(pairs, pairs_between(before, new.table))
        keys = merge_tables([before, new.table])
        merged += [n for n in ends(pairs) if n < known and is_merged(records[n])]
    pairs = without(pairs, ((a, b) for a, b, judgement in answers.pairs() if judgement == "same"))
    entries = Entries(records, merged)
    progress("compare", 0.0)
    judged = judge_all(entries, of_entries(pairs, entries), dict(enumerate(new.flats, known)), progress)
    progress("group", 0.0)
    found = settle(entries, judged, answers, known, settled=settled)
    found.keys = keys
    return found
