"""Zotero items: the web API's {"key", "data"} and Better BibTeX JSON.

https://www.zotero.org/support/dev/web_api/v3/basics, https://retorque.re/zotero-better-bibtex/exporting
"""

from __future__ import annotations

from typing import Any

from paperctl.record.items import Entry, Skip

FITS = ({"itemType"}, {"key", "data", "library"}, {"data", "meta", "version"})
_VENUES = ("publicationTitle", "proceedingsTitle", "conferenceName", "bookTitle", "websiteTitle", "blogTitle")
_COMMON = {"issue": "number", "ISSN": "issn", "ISBN": "isbn", "itemType": "type"}
_BULK = {
    "attachments",
    "notes",
    "relations",
    "collections",
    "creators",
    "tags",
    "uri",
    "select",
    "itemID",
    "version",
}


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | Skip | None:
    item = obj["data"] if isinstance(obj.get("data"), dict) else obj
    kind = item.get("itemType")
    if kind in ("attachment", "note", "annotation"):
        return Skip(lines, f"a Zotero {kind}")
    if not kind:
        return None
    creators = item.get("creators")
    people = [c for c in creators if isinstance(c, dict)] if isinstance(creators, list) else []
    editors = [c for c in people if c.get("creatorType") in ("editor", "seriesEditor")]
    tags = item.get("tags")
    key = (
        item.get("citationKey")
        or item.get("citekey")
        or item.get("key")
        or item.get("itemKey")
        or obj.get("key")
    )
    fields: dict[str, Any] = {
        "title": item.get("title"),
        "abstract": item.get("abstractNote"),
        "authors": [c for c in people if c not in editors] or editors,
        "year": item.get("date"),
        "venue": next((item[v] for v in _VENUES if item.get(v)), None),
        "doi": item.get("DOI"),
        "url": item.get("url"),
        "keywords": [
            t.get("tag") if isinstance(t, dict) else t for t in (tags if isinstance(tags, list) else [])
        ],
    }
    extra: dict[str, Any] = {}
    used = {
        "title",
        "abstractNote",
        "DOI",
        "url",
        "citationKey",
        "citekey",
        "key",
        "itemKey",
        "collection",
        *_VENUES,
    }
    for name, value in item.items():
        if name not in used | _BULK and value not in (None, "", [], {}):
            extra[_COMMON.get(name, name)] = value
    archived = item.get("archiveID") or item.get("number")
    if isinstance(archived, str) and archived.lower().startswith("arxiv:"):
        fields["arxiv_id"] = archived
    if not any(fields.get(name) for name in ("title", "abstract", "doi")):
        return Skip(lines, "a Zotero item without a title")
    return Entry({k: v for k, v in fields.items() if v}, lines, str(key) if key else None, extra, "html")
