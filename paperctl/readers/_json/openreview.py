"""OpenReview notes, API versions 1 and 2 (there each value is wrapped: {"value": …}).

https://docs.openreview.net/reference/api-v2
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from paperctl.readers._json.generic import opened
from paperctl.record.items import Entry, Skip

FITS = ({"content", "forum"}, {"content", "invitation"}, {"content", "invitations"})
_BULK = {
    "details",
    "signatures",
    "readers",
    "writers",
    "nonreaders",
    "tcdate",
    "tmdate",
    "mdate",
    "ddate",
    "version",
}
_SITE = "https://openreview.net"


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | Skip | None:
    content = obj.get("content")
    if not isinstance(content, dict):
        return None
    told = {name: opened(value) if isinstance(value, dict) else value for name, value in content.items()}
    forum, own = obj.get("forum"), obj.get("id")
    if obj.get("replyto") and forum != own:
        return Skip(lines, "a review, comment or decision")
    if not told.get("title"):
        return None
    key = forum or own
    code = told.pop("code", None) or told.pop("code_url", None)
    pdf = told.pop("pdf", None)
    fields: dict[str, Any] = {
        "title": told.pop("title"),
        "abstract": told.pop("abstract", None),
        "authors": told.pop("authors", None),
        "keywords": told.pop("keywords", None),
        "venue": told.pop("venue", None),
        "doi": told.pop("doi", None),
        "url": f"{_SITE}/forum?id={key}" if isinstance(key, str) and key else None,
        "code_urls": code,
    }
    extra: dict[str, Any] = {}
    date = (
        _day(obj.get("pdate")) or _day(obj.get("odate")) or _day(obj.get("cdate")) or _day(obj.get("tcdate"))
    )
    if date:
        extra["date"] = date
    if isinstance(pdf, str) and pdf:
        extra["pdf"] = _SITE + pdf if pdf.startswith("/") else pdf
    extra.update((k, v) for k, v in told.items() if v not in (None, "", [], {}))
    if isinstance(obj.get("number"), int):
        extra["submission_number"] = obj["number"]
    used = {"number", "content", "id", "forum", "pdate", "odate", "cdate", "replyto"}
    extra.update(
        (k, v) for k, v in obj.items() if k not in used | _BULK | extra.keys() and v not in (None, "", [], {})
    )
    return Entry({k: v for k, v in fields.items() if v}, lines, str(key) if key else None, extra)


def _day(milliseconds: Any) -> str | None:
    if (
        isinstance(milliseconds, int)
        and not isinstance(milliseconds, bool)
        and 0 < milliseconds < 4_000_000_000_000
    ):
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    return None
