"""OpenReview notes, API versions 1 and 2 (there each value is wrapped: {"value": …}).

https://docs.openreview.net/reference/api-v2
"""

from __future__ import annotations

from datetime import UTC, datetime

from paperctl.readers._json.generic import opened
from paperctl.readers._json.layout import Layout
from paperctl.readers._values import EMPTY
from paperctl.record.items import Entry, Object, Skip

FITS = ({"content", "forum"}, {"content", "invitation"}, {"content", "invitations"})
_BULK = "details signatures readers writers nonreaders tcdate tmdate mdate ddate version"
_TAKEN = "number content id forum pdate odate cdate replyto"
_DROPPED = frozenset((*_TAKEN.split(), *_BULK.split()))
_DATES = ("pdate", "odate", "cdate", "tcdate")
_SITE = "https://openreview.net"
_FACTS = ("title", "abstract", "authors", "keywords", "venue", "doi")


def entry(obj: Object, lines: tuple[int, int]) -> Entry | Skip | None:
    content = obj.get("content")
    if not isinstance(content, dict):
        return None
    forum, own = obj.get("forum"), obj.get("id")
    if obj.get("replyto") and forum != own:
        return Skip(lines, "a review, comment or decision")
    values = _content_of(obj, content)
    if not values.get("title"):
        return None
    found = _LAYOUT.entry(values, lines)
    if key := forum or own:
        found.key = str(key)
    if isinstance(key, str) and key:
        found.fields["url"] = f"{_SITE}/forum?id={key}"
    if isinstance(obj.get("number"), int):
        found.extra["submission_number"] = obj["number"]
    for name, value in obj.items():
        if name not in _DROPPED and name not in found.extra and value not in EMPTY:
            found.extra[name] = value
    return found


def _content_of(obj: Object, content: Object) -> Object:
    """What a note says of its paper, out of its wrappers, with its date."""
    values = {name: opened(value) if isinstance(value, dict) else value for name, value in content.items()}
    values["code"] = values.pop("code", None) or values.pop("code_url", None)
    return {"date": _date(obj), "pdf": _pdf(values.pop("pdf", None))} | values


def _pdf(path: object) -> str | None:
    if not isinstance(path, str):
        return None
    return _SITE + path if path.startswith("/") else path


def _date(obj: Object) -> str | None:
    """The day of publication, else of the first version, in milliseconds since 1970."""
    for name in _DATES:
        stated = obj.get(name)
        if type(stated) is int and 0 < stated < 4_000_000_000_000:
            return datetime.fromtimestamp(stated / 1000, UTC).date().isoformat()
    return None


_LAYOUT = Layout(
    fields={**{name: name for name in _FACTS}, "code_urls": "code"},
    key=(),
    without=frozenset((*_FACTS, "code")),
)
