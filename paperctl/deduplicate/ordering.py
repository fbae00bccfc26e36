"""Records in an order of their own: which of them are compared and which are joined first where nothing else
decides must not depend on which dump came first.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from paperctl.deduplicate import names, thresholds
from paperctl.deduplicate.candidates import Scan, Scanned, renumbered, scan_of
from paperctl.deduplicate.judging import Records, scan_all
from paperctl.record import Paper


def in_order(records: Records, known: int, orders: Sequence[str] | None = None) -> list[int]:
    """The numbers of the records from `known` on, ordered by their content. `orders` are their places by
    `place_in_order`, if the caller knows them."""
    if orders is None:
        orders = [place_in_order(records[n]) for n in range(known, len(records))]
    ordered: list[int] = []

    def title_of(n: int) -> str:
        return orders[n - known]

    for _, alike in itertools.groupby(sorted(range(known, len(records)), key=title_of), title_of):
        some = [*alike]
        ordered += some if len(some) == 1 else sorted(some, key=lambda n: _exactly(records[n]))
    return ordered


def place_in_order(record: Paper) -> str:
    """What orders records, before the fingerprints of their entries do: their title. Short titles come back,
    so that of these people and year follow: of many editorials those of one person are compared."""
    title = str(record.get("title") or "").casefold()
    if len(title) > thresholds.RECURRING_TITLE:
        return title
    people = min((person.longs[-1] for person in names.people(record.get("authors") or ())), default="")
    year = record.get("year")
    return f"{title}\0{people}\0{year if isinstance(year, int) else ''}"


def _exactly(record: Paper) -> tuple[str, str]:
    """What orders records of one place in order: the fingerprint of the first entry, or all that is known."""
    sources = record.get("sources") or ()
    rest = (record.get(name) for name in ("authors", "year", "venue", "doi", "arxiv_id", "abstract", "extra"))
    return str((sources and sources[0].get("entry")) or repr([*rest])), str(record.get("id"))


class Ordered(Sequence[Paper]):
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
