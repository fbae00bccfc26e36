"""A CSV that ASReview reads, and other screening tools with it: the labels are in `included`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports._places import left_over
from paperctl.exports.csv import rows
from paperctl.record import Record
from paperctl.record.marks import VOTES
from paperctl.record.names import INCOMPLETE

NAME = "asreview"
ABOUT = "CSV for ASReview: keep is included 1, skip 0, the rest empty"
SUFFIX = ""

_FIELDS = (
    *("title", "abstract", "authors", "keywords", "year", "venue", "doi", "arxiv_id", "url", "included"),
    *("asreview_note", "exclusion_reason", "decision", "decided_by", *VOTES, "stage", "status"),
    *("labels", "corrections", f"extra.{INCOMPLETE}", "paperctl_id"),
)
_LABELS = {"keep": 1, "skip": 0}


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """A header, then one record for each paper; a maybe is not labelled, it is to be decided."""
    yield from rows(map(_labelled, records), _FIELDS)


def left(record: Record) -> Iterator[str]:
    """What ASReview's table has no column for."""
    return left_over(record, {*_FIELDS, "reason", "note"})


def _labelled(record: Record) -> dict[str, object]:
    return {
        **record,
        "included": _LABELS.get(record.get("decision") or ""),
        "asreview_note": record.get("note"),
        "exclusion_reason": record.get("reason"),
        "paperctl_id": record["id"],
    }
