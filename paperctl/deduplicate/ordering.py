"""Records in an order of their own: which of them are compared and which are joined first where nothing else
decides must not depend on which dump came first.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from paperctl.deduplicate.candidates import Scan, Scanned, renumbered, scan_of
from paperctl.deduplicate.judging import Records, scan_all


def in_order(records: Records, known: int, orders: Sequence[str] | None = None) -> list[int]:
    """The numbers of the records from `known` on, ordered by their content. `orders` are their titles as they
    compare, if the caller knows them."""
    if orders is None:
        orders = [str(records[n].get("title") or "").casefold() for n in range(known, len(records))]
    ordered: list[int] = []

    def title_of(n: int) -> str:
        return orders[n - known]

    for _, alike in itertools.groupby(sorted(range(known, len(records)), key=title_of), title_of):
        some = [*alike]
        ordered += some if len(some) == 1 else sorted(some, key=lambda n: _exactly(records[n]))
    return ordered


def _exactly(record: Mapping[str, Any]) -> tuple[str, str]:
    """What orders records of one title: the fingerprint of the first entry, or all that is known."""
    sources: Sequence[Mapping[str, Any]] = record.get("sources") or ({},)
    rest = (record.get(name) for name in ("authors", "year", "venue", "doi", "arxiv_id", "abstract", "extra"))
    return str(sources[0].get("entry") or repr([*rest])), str(record.get("id"))


class Ordered(Sequence[Mapping[str, Any]]):
    """Records in another order."""

    def __init__(self, records: Records, order: Sequence[int]) -> None:
        self._records, self._order = records, order
        self.rank = {n: at for at, n in enumerate(order)}
        """For each record as they were given its number here."""

    def scan(self, start: int, scanned: Scanned | None = None) -> Scan:
        """Reads the records from `start` on, unless that was done; all before keep their places. They are
        read as they lie in memory: one after the other takes half as long as here and there."""
        found = scan_of(scanned, start) if scanned else scan_all(self._records, start, len(self))
        flats = [found.flats[n - start] for n in self._order[start:]]
        table = renumbered(found.table, [self.rank[n] for n in range(len(self))])
        return Scan(table, flats, sorted(self.rank[n] for n in found.merged))

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, n: Any) -> Any:
        return self._records[self._order[n]]
