"""Semantic Scholar: Graph API papers and the open corpus. https://api.semanticscholar.org/api-docs/graph"""

from __future__ import annotations

from typing import Any

from paperctl.record.items import Entry

FITS = ({"paperId", "title"}, {"corpusid", "title"}, {"paperAbstract", "title"})
_BULK = {
    "citations",
    "references",
    "embedding",
    "citationStyles",
    "s2FieldsOfStudy",
    "inCitations",
    "outCitations",
}


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | None:
    if not obj.get("title"):
        return None
    ids = obj.get("externalIds") or obj.get("externalids")
    ids = ids if isinstance(ids, dict) else {}
    journal = obj.get("journal")
    journal = journal if isinstance(journal, dict) else {"name": journal}
    venue = obj.get("publicationVenue")
    access = obj.get("openAccessPdf")
    fields: dict[str, Any] = {
        "title": obj["title"],
        "abstract": obj.get("abstract") or obj.get("paperAbstract"),
        "authors": obj.get("authors"),
        "year": obj.get("year"),
        "venue": obj.get("venue")
        or (venue.get("name") if isinstance(venue, dict) else venue)
        or journal.get("name"),
        "doi": ids.get("DOI") or obj.get("doi"),
        "arxiv_id": ids.get("ArXiv") or obj.get("arxivId"),
        "url": obj.get("url")
        or obj.get("s2Url")
        or (access.get("url") if isinstance(access, dict) else None),
        "keywords": obj.get("fieldsOfStudy"),
    }
    extra: dict[str, Any] = {name: journal[name] for name in ("volume", "pages") if journal.get(name)}
    for name, ours in (("PubMed", "pmid"), ("ACL", "acl"), ("DBLP", "dblp")):
        if ids.get(name):
            extra[ours] = ids[name]
    if obj.get("publicationDate"):
        extra["date"] = obj["publicationDate"]
    used = {
        "paperId",
        "externalIds",
        "externalids",
        "publicationVenue",
        "publicationDate",
        "journal",
        "fieldsOfStudy",
    }
    used |= {*fields, "paperAbstract", "arxivId", "s2Url"}
    extra.update((k, v) for k, v in obj.items() if k not in used | _BULK and v not in (None, "", [], {}))
    key = obj.get("paperId") or obj.get("corpusid") or obj.get("id")
    return Entry({k: v for k, v in fields.items() if v}, lines, str(key) if key else None, extra)
