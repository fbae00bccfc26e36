"""Replaying known decisions: how early would screening in the ranker's order have found the papers?

Measures as in Cohen et al. 2006 (https://doi.org/10.1197/jamia.M1929): work saved over sampling
at 95 % recall, and the recall after a tenth of the papers.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from paperctl.errors import UsageError
from paperctl.record import Paper, as_record
from paperctl.screening.order import is_due, ranked
from paperctl.screening.state import Screening
from paperctl.store.overlay import Overlay

_YES, _NO = {"1", "1.0", "true", "yes"}, {"0", "0.0", "false", "no"}


def known(records: Sequence[Paper], field: str) -> dict[str, bool]:
    """Id → relevant, read from a 0/1 field ("extra.included" looks into `extra`).

    Papers without the field are left out. Raises UsageError if a value is neither 0 nor 1, or
    if there are not at least one of each.
    """
    labels: dict[str, bool] = {}
    for record in records:
        value = _field(record, field)
        if value is None or value == "":
            continue
        word = str(value).strip().lower()
        if word not in _YES and word not in _NO:
            raise UsageError(f"{field} is not a 0/1 field: it holds {value!r} in {record.get('id')}")
        labels[str(record["id"])] = word in _YES
    if len(set(labels.values())) < 2:
        hint = (
            None if labels or field.startswith("extra.") else f"fields of a dump are in extra: extra.{field}"
        )
        raise UsageError(
            f"{field} must hold both 1 and 0 to be replayed ({len(labels)} papers have it)", hint
        )
    return labels


def _field(record: Paper, field: str) -> Any:
    value: Any = record
    for part in field.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def simulate(
    records: Sequence[Paper],
    labels: Mapping[str, bool],
    seed: int = 0,
    *,
    order: Sequence[int] | None = None,
    audit: float = 0.0,
) -> list[str]:
    """The ids of all labelled papers in the order in which a session would show them.

    The first two, one relevant and one not, are drawn by the seed; then come the papers that a session picks
    with what the labels say of those shown before. `order` are the rows of `records` as they come
    before anything is kept, `audit` is the share of papers picked at random.
    """
    return list(_shown(records, labels, seed, order or range(len(records)), audit))


def _shown(
    records: Sequence[Paper],
    labels: Mapping[str, bool],
    seed: int,
    order: Sequence[int],
    audit: float,
) -> Iterator[str]:
    import numpy as np

    from paperctl.screening.features import features

    columns = features(records)
    ids = [str(record["id"]) for record in records]
    scope = np.array([row for row in order if ids[row] in labels], dtype=np.int64)
    state = Screening(
        [as_record({**record, "decision": None}) for record in records], Overlay(), scope.tolist(), audit
    )
    learned: Mapping[int, bool] = {}
    start = first_two(ids, labels, seed)
    while (row := start.pop(0) if start else state.next_row()) is not None:
        state.replay(row, "keep" if labels[ids[row]] else "skip")
        yield ids[row]
        if is_due(learned, state.training):
            rank = ranked(columns, scope, state.training, list(state.decided))
            state.order, learned = rank.order, rank.learned


def first_two(ids: Sequence[str], labels: Mapping[str, bool], seed: int) -> list[int]:
    """The rows of the relevant and the irrelevant paper that a replay starts from.

    The order of loading does not change them.
    """
    draw = random.Random(seed)
    rows = sorted((row for row, paper in enumerate(ids) if paper in labels), key=ids.__getitem__)
    return [draw.choice([row for row in rows if labels[ids[row]] == relevant]) for relevant in (True, False)]


def wss(order: Sequence[bool], recall: float = 0.95) -> float:
    """Work saved over sampling: the share of papers left unread when `recall` is reached, less what
    reading in no order would leave."""
    found = list(accumulate(order))
    need = next(n for n, hits in enumerate(found, 1) if hits >= recall * found[-1])
    return recall - need / len(order)


def recall_at(order: Sequence[bool], share: float = 0.1) -> float:
    """The share of the relevant papers among the first `share` of all."""
    return sum(order[: max(1, math.floor(len(order) * share))]) / sum(order)


def recall_after(order: Sequence[bool], read: int) -> float:
    """The share of the relevant papers among the first `read`."""
    return sum(order[:read]) / sum(order)


def stop_advised(order: Sequence[bool]) -> int | None:
    """The number of papers read when stopping is first advised (the usual level), looked at after every
    hundredth; None if it never is."""
    from paperctl.screening.estimate import estimate

    step = max(1, len(order) // 100)
    for read in range(step, len(order), step):
        found = estimate(order[:read], len(order))
        if found is not None and found.enough:
            return read
    return None
