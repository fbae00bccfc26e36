"""Zotero items: the web API's {"key", "data"} and Better BibTeX JSON.

https://www.zotero.org/support/dev/web_api/v3/basics, https://retorque.re/zotero-better-bibtex/exporting
"""

from __future__ import annotations

from paperctl.readers._json.layout import Layout, dicts, listed
from paperctl.record.items import Entry, Object, Skip

FITS = ({"itemType"}, {"key", "data", "library"}, {"data", "meta", "version"})
_VENUES = "publicationTitle proceedingsTitle conferenceName bookTitle websiteTitle blogTitle"
_BULK = "attachments notes relations collections creators tags uri select itemID version"
_TAKEN = "title abstractNote DOI url citationKey citekey key itemKey collection"


def entry(obj: Object, lines: tuple[int, int]) -> Entry | Skip | None:
    item = obj["data"] if isinstance(obj.get("data"), dict) else obj
    kind = item.get("itemType")
    if kind in ("attachment", "note", "annotation"):
        return Skip(lines, f"a Zotero {kind}")
    if not kind:
        return None
    found = _LAYOUT.entry(item, lines)
    if not found.fields.keys() & {"title", "abstract", "doi"}:
        return Skip(lines, "a Zotero item without a title")
    if found.key is None and obj.get("key"):
        found.key = str(obj["key"])
    return found


def _authors(item: Object) -> list[Object]:
    people = dicts(item.get("creators"))
    editors = [c for c in people if c.get("creatorType") in ("editor", "seriesEditor")]
    return [c for c in people if c not in editors] or editors


def _tags(item: Object) -> list[object]:
    return [t.get("tag") if isinstance(t, dict) else t for t in listed(item.get("tags"))]


def _arxiv(item: Object) -> str | None:
    archived = item.get("archiveID") or item.get("number")
    return archived if isinstance(archived, str) and archived.lower().startswith("arxiv:") else None


_LAYOUT = Layout(
    fields={
        "title": "title",
        "abstract": "abstractNote",
        "authors": (_authors,),
        "year": "date",
        "venue": _VENUES,
        "doi": "DOI",
        "url": "url",
        "keywords": (_tags,),
        "arxiv_id": (_arxiv,),
        "citekey": "citationKey citekey",
    },
    key="citationKey citekey key itemKey",
    without=frozenset((*_TAKEN.split(), *_VENUES.split(), *_BULK.split())),
    names={"issue": "number", "ISSN": "issn", "ISBN": "isbn", "itemType": "type"},
    markup="html",
)
