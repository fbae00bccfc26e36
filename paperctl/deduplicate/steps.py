"""Deduplication in steps over batches, for engines that hold more papers than one process does.

An engine reads, sorts and joins; each rule is in a step. Rows have numbers, ascending as `order` and `entry`
of `prepared` are, so that neither the order of the files nor how they are shared out changes anything:

    prepared(facts)      the keys of a row, and by what rows are ordered
    pairs(keys, rows)    rows of whole blocks, ordered → candidate pairs, firm or loose
    alike(flat, flat)    whether a loose pair is worth judging
    judge(records, …)    candidate pairs → what is not distinct
    seen_columns(…)      what judged pairs show of recurring titles; all of it goes to `settle`
    groups(i, j)         judged pairs → which rows hang together
    settle(records, …)   the judged pairs of whole groups → clusters, versions, doubtful pairs

`plan` takes the same steps in one process, on records that lie in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from paperctl.deduplicate import settling, thresholds
from paperctl.deduplicate.blocking import keys
from paperctl.deduplicate.candidates import Table, hashed, window
from paperctl.deduplicate.entries import Entries, Numbered
from paperctl.deduplicate.judge import Judged
from paperctl.deduplicate.judging import judge_pairs
from paperctl.deduplicate.ordering import place_in_order
from paperctl.deduplicate.recurring import Occasion, years_of_columns
from paperctl.deduplicate.settling import Plan
from paperctl.deduplicate.title_match import alike_at_a_glance
from paperctl.record import Paper
from paperctl.record.ids import fingerprint, title_id
from paperctl.store.judgements import Judgements

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

__all__ = ["KINDS", "alike", "groups", "judge", "pairs", "prepared", "seen_columns", "settle"]

KINDS = Table._fields
"""The kinds of keys, by the number that stands above the checksum in a key."""
_KIND = 32


class Prepared(NamedTuple):
    """What the steps need of a row and its facts do not show."""

    order: str
    entry: str
    title_id: str
    flat: str
    keys: list[int]


def prepared(facts: Paper, entry: str = "") -> Prepared:
    """The keys of a row as numbers, its flat title, and by what rows are ordered: `order`, then `entry`, the
    fingerprint of the facts, if the caller knows it."""
    found = keys(facts)
    flat = next((key[2:] for key in found if key[0] == "t"), "")
    title = facts.get("title")
    entry = entry or fingerprint(facts)
    return Prepared(place_in_order(facts), entry, title_id(title), flat, hashed(found))


def pairs(keys_: Numbers, rows: Numbers) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """The candidate pairs of whole blocks; both arrays are ordered by key, then row. Each pair has the lower
    row first, and whether a firm key led to it; one may come several times."""
    import numpy as np

    kinds = keys_ >> _KIND
    low, high, firm = [rows[:0]], [rows[:0]], [np.zeros(0, bool)]
    for kind, name in enumerate(KINDS):
        these = kinds == kind
        for a, b in window(keys_[these], rows[these], thresholds.LARGEST_WEAK_BLOCK if name == "weak" else 0):
            low.append(np.minimum(a, b))
            high.append(np.maximum(a, b))
            firm.append(np.full(len(a), name == "firm"))
    return np.concatenate(low), np.concatenate(high), np.concatenate(firm)


def alike(flat_a: str, flat_b: str) -> bool:
    """Whether a loose pair is worth judging by its flat titles."""
    return alike_at_a_glance(flat_a, flat_b)


def judge(
    records: Numbered, firm: Iterable[tuple[int, int]], loose: Iterable[tuple[int, int]]
) -> list[Judged]:
    """The verdicts on candidate pairs, without those that are distinct."""
    return [*judge_pairs(records, firm), *judge_pairs(records, loose, {})]


def groups(i: Numbers, j: Numbers) -> tuple[Numbers, Numbers]:
    """The rows that stand in pairs, ascending, and for each the number of its group."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    rows, ends = np.unique(np.concatenate((i, j)), return_inverse=True)
    links = np.ones(len(i), np.int8), (ends[: len(i)], ends[len(i) :])
    _, part = connected_components(coo_matrix(links, (len(rows), len(rows))), directed=False)
    return rows, part.astype(np.int64)


Seen = tuple[str, str, Occasion]
"""A column (a title that comes back, and its first author) and a year of it."""


def seen_columns(records: Numbered, judged: Iterable[Judged]) -> list[Seen]:
    """The columns that judged pairs show, each with its years."""
    found = years_of_columns(records, judged)
    return [(*column, year) for column, years in found.items() for year in years]


def settle(records: Mapping[int, Paper], judged: Sequence[Judged], seen: Iterable[Seen]) -> Plan:
    """The clusters, versions and doubtful pairs of whole groups, by the numbers of their rows. `seen` are the
    columns of all judged pairs."""
    years: dict[tuple[str, str], set[Occasion]] = {}
    for title, author, year in seen:
        years.setdefault((title, author), set()).add(year)
    return settling.settle(Entries(records, ()), judged, Judgements(), years=years)
