"""A CSV in the columns of Covidence's own exports, and the decision in one called `Status`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from paperctl.exports import Request
from paperctl.exports.csv import rows
from paperctl.record import Record

NAME = "covidence"
ABOUT = "CSV in the columns of Covidence, decisions in Status"
SUFFIX = ""

_FIELDS = (
    "Title",
    "Authors",
    "Abstract",
    "Published Year",
    "Journal",
    "Volume",
    "Issue",
    "Pages",
    "DOI",
    "Ref",
    "Notes",
    "Status",
    "Exclusion reason",
)
_LABELS = {"keep": "included", "skip": "excluded", "maybe": "maybe"}


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """A header, then one record for each paper; `Ref` is its id."""
    yield from rows((_columns(record) for record in records), _FIELDS)


def _columns(record: Record) -> dict[str, Any]:
    extra = record["extra"]
    return {
        "Title": record["title"],
        "Authors": record["authors"],
        "Abstract": record["abstract"],
        "Published Year": record["year"],
        "Journal": record["venue"],
        "Volume": extra.get("volume"),
        "Issue": extra.get("number"),
        "Pages": extra.get("pages"),
        "DOI": record["doi"],
        "Ref": record["id"],
        "Notes": record["note"],
        "Status": _LABELS.get(record["decision"] or ""),
        "Exclusion reason": record.get("reason"),
    }
