"""A CSV that Rayyan reads, in the columns of its own exports, decisions in the notes as it writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._places import left_over
from paperctl.exports.csv import rows
from paperctl.record import Record, by_name
from paperctl.record.marks import outcome_of
from paperctl.record.names import byline

NAME = "rayyan"
ABOUT = "CSV for Rayyan: its columns, decisions in the notes"
SUFFIX = ""

_FIELDS = (
    "key",
    "title",
    "authors",
    "journal",
    "issn",
    "volume",
    "issue",
    "pages",
    "year",
    "month",
    "day",
    "publisher",
    "url",
    "abstract",
    "doi",
    "keywords",
    "notes",
)
_EXTRA = ("issn", "volume", "pages", "publisher")
_OPENS_PART = re.compile(r"\|(?=\s*[A-Z-]+:)")
"""A bar in a note that would begin the next part; any other stays."""
_LABELS = {"keep": "Included", "skip": "Excluded", "maybe": "Maybe"}


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """A header, then one record for each paper; `key` is its id."""
    yield from rows((_columns(record) for record in records), _FIELDS)


def left(record: Record) -> Iterator[str]:
    """What Rayyan has no column for."""
    places = {*_FIELDS, "venue", "decision", "decided_by", "reason", "labels", "note"}
    places |= set() if _is_settled(record) else {"votes"}
    return left_over(record, places, lambda name, value: name in (*_EXTRA, "number", "date"))


def _votes(record: Record) -> dict[str, str]:
    """Who decided what, by names that Rayyan can quote: all people, but of a settled paper those who decided
    as it was settled, for in Rayyan the votes are the decision."""
    decision, votes = record["decision"] or "", record.get("votes") or {}
    if not votes or _is_settled(record):
        votes = {by: decision for by in record.get("decided_by") or () if votes.get(by, decision) == decision}
    return {
        _in_part(name.replace('"', "'")): vote for name, vote in (votes or {"paperctl": decision}).items()
    }


def _is_settled(record: Record) -> bool:
    """Whether a decision does not follow from the votes."""
    votes = [*(record.get("votes") or {}).values()]
    return bool(votes) and outcome_of(votes) != record["decision"]


def _in_part(text: str) -> str:
    """A text without the sign that parts Rayyan's notes."""
    return text.replace("|", "/")


def _columns(record: Record) -> dict[str, object]:
    values = by_name(record)
    extra = record["extra"]
    month, day = about.month_and_day(record)
    by = ",".join(f'"{name}"=>"{_LABELS[vote]}"' for name, vote in _votes(record).items() if vote in _LABELS)
    notes = [f"RAYYAN-INCLUSION: {{{by}}}"] if by else []
    reason = _in_part(record.get("reason") or "")
    notes += [f"RAYYAN-EXCLUSION-REASONS: {reason}"] if reason else []
    notes += [f"RAYYAN-LABELS: {_in_part(','.join(labels))}"] if (labels := record.get("labels")) else []
    notes += [f"USER-NOTES: {_OPENS_PART.sub('/', record['note'])}"] if record["note"] else []
    return {
        **{name: values[name] for name in ("title", "year", "url", "abstract", "doi", "keywords")},
        **{name: extra.get(name) for name in _EXTRA},
        "key": record["id"],
        "authors": byline(record),
        "month": month,
        "day": day,
        "journal": record["venue"],
        "issue": extra.get("number"),
        "notes": " | ".join(notes),
    }
