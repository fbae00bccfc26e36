"""A CSV in the columns of Covidence's own exports, and the decision in one called `Status`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._places import left_over
from paperctl.exports.csv import rows
from paperctl.record import Record
from paperctl.record.names import byline

NAME = "covidence"
ABOUT = "CSV in the columns of Covidence, decisions in Status"
SUFFIX = ""

_FIELDS = (
    "Title",
    "Authors",
    "Abstract",
    "Published Year",
    "Published Month",
    "Journal",
    "Volume",
    "Issue",
    "Pages",
    "DOI",
    "Ref",
    "Notes",
    "Labels",
    "Status",
    "Exclusion reason",
)
_LABELS = {"keep": "included", "skip": "excluded", "maybe": "maybe"}


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """A header, then one record for each paper; `Ref` is its id."""
    yield from rows((_columns(record) for record in records), _FIELDS)


def left(record: Record) -> Iterator[str]:
    """What Covidence has no column for."""
    places = {"title", "authors", "abstract", "year", "venue", "doi", "decision", "reason", "labels", "note"}
    return left_over(record, places, lambda name, value: name in ("volume", "pages", "number", "date"))


def _columns(record: Record) -> dict[str, object]:
    extra = record["extra"]
    return {
        "Title": record["title"],
        "Authors": byline(record),
        "Abstract": record["abstract"],
        "Published Year": record["year"],
        "Published Month": about.month_and_day(record)[0],
        "Journal": record["venue"],
        "Volume": extra.get("volume"),
        "Issue": extra.get("number"),
        "Pages": extra.get("pages"),
        "DOI": record["doi"],
        "Ref": record["id"],
        "Notes": record["note"],
        "Labels": ", ".join(record.get("labels") or ()),
        "Status": _LABELS.get(record["decision"] or ""),
        "Exclusion reason": record.get("reason"),
    }
