"""DataCite metadata: API resources and bare attributes.

https://datacite-metadata-schema.readthedocs.io
"""

from __future__ import annotations

from paperctl.readers._json.layout import Layout, dicts, first
from paperctl.record.items import Entry, Object

FITS = ({"attributes", "type"}, {"titles", "creators"}, {"titles", "doi"})
_BULK = "xml contentUrl metadataVersion schemaVersion isActive state views downloads"
_TAKEN = "titles descriptions creators publicationYear container doi url subjects publisher"


def entry(obj: Object, lines: tuple[int, int]) -> Entry | None:
    data = obj.get("attributes") if isinstance(obj.get("attributes"), dict) else obj
    if not isinstance(data, dict) or not isinstance(data.get("titles"), list):
        return None
    found = _LAYOUT.entry(data, lines)
    if own := obj.get("id"):
        found.key = str(own)
        found.fields.setdefault("doi", own)
    return found


def _title(data: Object) -> object:
    return next((title for t in dicts(data["titles"]) if (title := t.get("title"))), None)


def _abstract(data: Object) -> object:
    texts = dicts(data.get("descriptions"))
    abstracts = [d for d in texts if d.get("descriptionType", "Abstract") == "Abstract"]
    return abstracts[0].get("description") if abstracts else None


def _authors(data: Object) -> list[object]:
    return [
        c if c.get("familyName") and c.get("givenName") else first(c, "name creatorName")
        for c in dicts(data.get("creators"))
    ]


def _code(data: Object) -> list[str]:
    related = [r.get("relatedIdentifier") for r in dicts(data.get("relatedIdentifiers"))]
    return [link for link in related if isinstance(link, str) and "github.com" in link]


def _subjects(data: Object) -> list[str]:
    subjects = [s.get("subject") for s in dicts(data.get("subjects"))]
    return [subject for subject in subjects if isinstance(subject, str)]


def _publisher(data: Object) -> object:
    publisher = data.get("publisher")
    return publisher.get("name") if isinstance(publisher, dict) else publisher


_LAYOUT = Layout(
    fields={
        "title": (_title,),
        "abstract": (_abstract,),
        "authors": (_authors,),
        "year": "publicationYear",
        "venue": "container.title",
        "doi": "doi",
        "url": "url",
        "code_urls": (_code,),
        "keywords": (_subjects,),
    },
    extra={
        "volume": "container.volume",
        "number": "container.issue",
        "pages": "container.firstPage",
        "publisher": (_publisher,),
    },
    key="doi",
    without=frozenset((*_TAKEN.split(), *_BULK.split())),
    markup="html",
)
