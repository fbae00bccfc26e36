"""How a screening went: the decisions in their order, by day, person and reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from paperctl.library.agreement import Agreement
from paperctl.library.decided import Decided
from paperctl.record import Record
from paperctl.store.overlay import Overlay

COLUMNS = ("order", "at", "by", "id", "title", "decision", "reason", "stage", "agreement")


def screened(papers: Iterable[Record], overlay: Overlay) -> dict[str, Any]:
    """`decisions`: a row of `COLUMNS` for each work that is decided on, the first decided first (those that
    came with a dump, without a time, before all); `found`: how many were kept after each keep or skip; counts
    by day, person and reason; `papers` is how many works there are; `agreement` is that of the statistics."""
    rows, works = [], set()
    decided, agreement = Decided(), Agreement()
    for record in papers:
        if (work := record.get("work") or record["id"]) in works:
            continue
        works.add(work)
        agreement.add(record)
        if not record["decision"]:
            continue
        decided.add(record)
        at = overlay.marks_of(record).get("decision", ("", None))[0]
        shown = {
            name: record.get(name) for name in ("id", "title", "decision", "reason", "stage", "agreement")
        }
        rows.append({"at": at, "by": ", ".join(record.get("decided_by") or ()), **shown})
    rows.sort(key=lambda row: str(row["at"]))
    final = [row["decision"] == "keep" for row in rows if row["decision"] != "maybe"]
    return {
        "papers": len(works),
        "found": list(accumulate(final)),
        "days": dict(Counter(str(row["at"])[:10] for row in rows if row["at"])),
        "people": dict(Counter(str(row["by"]) for row in rows if row["by"]).most_common()),
        **decided.by_reason_and_stage(),
        "agreement": agreement.summary(),
        "decisions": [{"order": n, **row} for n, row in enumerate(rows, 1)],
    }
