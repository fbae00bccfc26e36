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

ONE_BY_ONE, BATCH_SHARE = 100, 1 / 40
"""The first papers are ranked anew one by one, later ones in batches of this share of those seen."""

_YES, _NO = {"1", "1.0", "true", "yes"}, {"0", "0.0", "false", "no"}


def known(records: Sequence[Mapping[str, Any]], field: str) -> dict[str, bool]:
    """Id → wanted, read from a 0/1 field ("extra.included" looks into `extra`).

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
        raise UsageError(f"{field} must hold both 1 and 0 to be replayed ({len(labels)} papers have it)")
    return labels


def _field(record: Mapping[str, Any], field: str) -> Any:
    value: Any = record
    for part in field.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def simulate(records: Sequence[Mapping[str, Any]], labels: Mapping[str, bool], seed: int = 0) -> list[str]:
    """The ids of all labelled papers in the order they would be shown.

    The first two, one wanted and one not, are drawn by the seed; then always the best next paper,
    with what the labels say of the papers shown before.
    """
    return list(_shown([r for r in records if r["id"] in labels], labels, seed))


def _shown(records: Sequence[Mapping[str, Any]], labels: Mapping[str, bool], seed: int) -> Iterator[str]:
    import numpy as np

    from paperctl.screening.ranker import best, blend, features, fit

    # Sorted, so that the same papers give the same draw in any order of loading.
    records = sorted(records, key=lambda record: str(record["id"]))
    ids = [str(record["id"]) for record in records]
    draw = random.Random(seed)
    wanted = [labels[i] for i in ids]
    start = [draw.choice([row for row, yes in enumerate(wanted) if yes == which]) for which in (True, False)]
    columns = features(records)
    decisions = {row: wanted[row] for row in start}
    yield from (ids[row] for row in start)
    while len(decisions) < len(ids):
        unread = np.delete(np.arange(len(ids)), list(decisions))
        seen = len(decisions)
        batch = 1 if seen < ONE_BY_ONE else int(seen * BATCH_SHARE)
        scores = blend(fit(columns, decisions), None, seen, len(ids))
        for row in best(scores, unread, batch):
            decisions[row] = wanted[row]
            yield ids[row]


def wss(order: Sequence[bool], recall: float = 0.95) -> float:
    """Work saved over sampling: the share of papers left unread when `recall` is reached, less what
    reading in no order would leave."""
    found = list(accumulate(order))
    need = next(n for n, hits in enumerate(found, 1) if hits >= recall * found[-1])
    return recall - need / len(order)


def recall_at(order: Sequence[bool], share: float = 0.1) -> float:
    """The share of the wanted papers among the first `share` of all."""
    return sum(order[: max(1, math.floor(len(order) * share))]) / sum(order)
