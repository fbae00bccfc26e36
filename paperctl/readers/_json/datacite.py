"""DataCite metadata: API resources and bare attributes.

https://datacite-metadata-schema.readthedocs.io
"""

from __future__ import annotations

from typing import Any

from paperctl.record.items import Entry

FITS = ({"attributes", "type"}, {"titles", "creators"}, {"titles", "doi"})
_BULK = {"xml", "contentUrl", "metadataVersion", "schemaVersion", "isActive", "state", "views", "downloads"}


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | None:
    data = obj.get("attributes") if isinstance(obj.get("attributes"), dict) else obj
    if not isinstance(data, dict) or not isinstance(data.get("titles"), list):
        return None
    abstracts = [
        d for d in _dicts(data.get("descriptions")) if d.get("descriptionType", "Abstract") == "Abstract"
    ]
    container = data.get("container")
    container = container if isinstance(container, dict) else {}
    publisher = data.get("publisher")
    related = [r.get("relatedIdentifier") for r in _dicts(data.get("relatedIdentifiers"))]
    fields: dict[str, Any] = {
        "title": next((t.get("title") for t in _dicts(data["titles"]) if t.get("title")), None),
        "abstract": next((d.get("description") for d in abstracts), None),
        "authors": [_inverted(c) for c in _dicts(data.get("creators"))],
        "year": data.get("publicationYear"),
        "venue": container.get("title"),
        "doi": data.get("doi") or obj.get("id"),
        "url": data.get("url"),
        "code_urls": [r for r in related if isinstance(r, str) and "github.com" in r],
        "keywords": [
            s.get("subject") for s in _dicts(data.get("subjects")) if isinstance(s.get("subject"), str)
        ],
    }
    names = {"volume": "volume", "issue": "number", "firstPage": "pages"}
    extra = {ours: container[theirs] for theirs, ours in names.items() if container.get(theirs)}
    extra["publisher"] = publisher.get("name") if isinstance(publisher, dict) else publisher
    used = {
        "titles",
        "descriptions",
        "creators",
        "publicationYear",
        "container",
        "doi",
        "url",
        "subjects",
        "publisher",
    }
    extra.update((k, v) for k, v in data.items() if k not in used | _BULK and v not in (None, "", [], {}))
    key = obj.get("id") or data.get("doi")
    return Entry({k: v for k, v in fields.items() if v}, lines, str(key) if key else None, extra, "html")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _inverted(creator: dict[str, Any]) -> Any:
    if creator.get("familyName") and creator.get("givenName"):
        return creator
    return creator.get("name") or creator.get("creatorName")
