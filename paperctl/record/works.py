"""Works: papers that are versions of each other, directly or by way of others, best first.

In front stands what was published before a preprint, then the newest, then what has most fields, then the
smallest id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from paperctl.record import FACTS, Record, by_name
from paperctl.record.preprints import of_preprint

_KINDS = {False: 0, None: 1, True: 2}


def place_in_work(record: Record) -> tuple[int, int, int, int, str]:
    """What orders the versions of a work, the best first."""
    known = sum(1 for name in FACTS if record.get(name) not in (None, "", [], {}, False))
    length = len(record.get("abstract") or "")
    return _KINDS[of_preprint(record)], -(record.get("year") or 0), -known, -length, str(record["id"])


def linked(versions: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Groups of ids that name each other, directly or by way of others; only those of `versions` count."""
    seen: set[str] = set()
    groups = []
    for first in versions:
        group, waiting = [], [first]
        while waiting:
            paper = waiting.pop()
            if paper not in seen and paper in versions:
                seen.add(paper)
                group.append(paper)
                waiting += versions[paper]
        if len(group) > 1:
            groups.append(group)
    return groups


def others(record: Record) -> Sequence[Record]:
    """The other versions of a work, where a list shows it once."""
    found: Sequence[Record] = by_name(record).get("other_versions") or ()
    return found


def called(record: Record) -> str:
    """What a version of a work is called: where and when it appeared, else its id."""
    place = record.get("venue") or ("arXiv" if record.get("arxiv_id") else "")
    year = str(record.get("year") or "")
    return f"{place} {year}".strip() if year not in place else place or str(record["id"])[:8]
