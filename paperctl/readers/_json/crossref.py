"""Crossref works and CSL-JSON (Zotero, citeproc, doi.org content negotiation).

https://api.crossref.org/swagger-ui, https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

from typing import Any

from paperctl.readers._json.generic import opened
from paperctl.record.items import Entry

FITS = (
    {"title", "issued"},
    {"title", "container-title"},
    {"DOI", "title", "type"},
    {"title", "citation-key"},
)
_BULK = {
    "reference",
    "indexed",
    "deposited",
    "content-domain",
    "assertion",
    "link",
    "relation",
    "license",
    "score",
}
_DATES = (
    "issued",
    "published",
    "published-print",
    "published-online",
    "original-date",
    "created",
    "event-date",
)
_COMMON = {"issue": "number", "page": "pages", "ISSN": "issn", "ISBN": "isbn", "PMID": "pmid"}


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | None:
    title, subtitle = opened(_title(obj)), opened(obj.get("subtitle"))
    if isinstance(title, list):
        title = next((t for t in title if isinstance(t, str) and t), "")
    if not isinstance(title, str):
        return None
    if isinstance(subtitle, str) and subtitle and subtitle.lower() not in title.lower():
        title = f"{title}: {subtitle}"
    fields: dict[str, Any] = {
        "title": title,
        "abstract": obj.get("abstract"),
        "authors": obj.get("author") or obj.get("authors") or obj.get("editor"),
        "doi": obj.get("DOI"),
        "url": obj.get("URL") or _resource(obj),
        "venue": _container(obj) or opened(obj.get("event-title")) or obj.get("journal"),
        "keywords": obj.get("keyword") or obj.get("subject") or obj.get("categories"),
    }
    extra: dict[str, Any] = {}
    for name in _DATES:
        parts = _date_parts(obj.get(name))
        if parts:
            fields["year"] = parts[0]
            if len(parts) > 1:
                extra["date"] = "-".join(str(p).zfill(2) for p in parts)
            break
    used = {
        "title",
        "subtitle",
        "abstract",
        "author",
        "authors",
        "DOI",
        "URL",
        "container-title",
        "keyword",
        "id",
    }
    used |= {"subject", "categories", "citation-key", "resource", *_DATES} - (
        {"subject"} if obj.get("keyword") else set()
    )
    for name, value in obj.items():
        if name not in used and name not in _BULK and value not in (None, "", [], {}):
            extra[_COMMON.get(name, name)] = opened(value)
    if "event" in extra and isinstance(extra["event"], dict):
        fields["venue"] = fields["venue"] or extra["event"].get("name")
    key = obj.get("citation-key") or obj.get("id") or obj.get("DOI")
    markup: Any = "html" if isinstance(obj.get("abstract"), str) and "<" in obj["abstract"] else "plain"
    found = {k: v for k, v in fields.items() if v not in (None, "", [], {})}
    return (
        Entry(found, lines, str(key) if isinstance(key, str | int) else None, extra, markup)
        if found
        else None
    )


def _container(obj: dict[str, Any]) -> Any:
    """What a work appeared in, where several titles are given: the book and not its series, the whole name
    of a journal and not its short one."""
    titles = obj.get("container-title")
    if not isinstance(titles, list) or len(titles) < 2 or not all(isinstance(t, str) for t in titles):
        return opened(titles)
    if "chapter" in str(obj.get("type")) or "proceedings" in str(obj.get("type")):
        return titles[-1]
    short = obj.get("short-container-title")
    full = [t for t in titles if not isinstance(short, list) or t not in short] or titles
    return max(full, key=len)


def _title(obj: dict[str, Any]) -> Any:
    """The title in the language of the record, where the original one stands beside it."""
    titles, original = obj.get("title"), obj.get("original-title")
    if isinstance(titles, list) and len(titles) > 1 and isinstance(original, list):
        titles = [title for title in titles if title not in original] or titles
        return titles[0]
    return titles


def _resource(obj: dict[str, Any]) -> Any:
    primary = obj.get("resource")
    primary = primary.get("primary") if isinstance(primary, dict) else None
    return primary.get("URL") if isinstance(primary, dict) else None


def _date_parts(value: Any) -> list[Any]:
    """[year, month, day] of a CSL date: date-parts, `raw`, `literal` or `year`."""
    if isinstance(value, str | int):
        return [value]
    if not isinstance(value, dict):
        return []
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return [p for p in parts[0] if isinstance(p, str | int) and p]
    stated = value.get("year") or value.get("raw") or value.get("literal") or value.get("date-time")
    return [stated] if isinstance(stated, str | int) else []
