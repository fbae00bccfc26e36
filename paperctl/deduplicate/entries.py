"""The entries of papers. A merged paper shows one value of each field, and the next entry of it may be
like another one: without the subtitle, with the other DOI. So papers are compared by what was merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from paperctl.deduplicate import thresholds
from paperctl.record import Paper, as_record, by_name
from paperctl.record import sources as paper


class Numbered(Protocol):
    """Records that are asked for by number."""

    def __getitem__(self, n: int, /) -> Paper: ...


def is_merged(record: Paper) -> bool:
    """Whether a record is a paper that was merged of several entries."""
    return len(record.get("sources") or ()) > 1


def entries(record: Paper) -> list[Paper]:
    """The facts of the entries that a record was merged of; the record itself if it was not merged."""
    if not is_merged(record):
        return [record]
    found: list[Paper] = []
    for _, facts in paper.entries(as_record(by_name(record))):
        if len(found) < thresholds.ENTRIES_JUDGED and found.count(facts) < thresholds.EQUAL_ENTRIES:
            found.append(facts)
    return found


class Entries:
    """Records by number, and the further entries of the merged ones under numbers behind the last.

    The number of a merged paper is that of its first entry. `merged` are the papers to take apart.
    """

    def __init__(self, records: Sequence[Paper] | Mapping[int, Paper], merged: Iterable[int]) -> None:
        self._records = records
        self._facts: dict[int, Paper] = {}
        self._paper: dict[int, int] = {}
        self.numbers: dict[int, list[int]] = {}
        """The numbers of the entries of each merged paper."""
        free = len(records)
        for n in merged:
            first, *others = entries(records[n])
            self.numbers[n] = [n, *range(free, free + len(others))]
            self._facts.update(zip(self.numbers[n], (first, *others), strict=True))
            self._paper.update(dict.fromkeys(self.numbers[n], n))
            free += len(others)

    def __getitem__(self, n: int) -> Paper:
        return self._facts[n] if n in self._facts else self._records[n]

    def paper(self, n: int) -> int:
        """The paper that entry n is of."""
        return self._paper.get(n, n)
