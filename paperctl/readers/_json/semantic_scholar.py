"""Semantic Scholar: Graph API papers and the open corpus. https://api.semanticscholar.org/api-docs/graph"""

from __future__ import annotations

from paperctl.readers._json.layout import Getter, Layout
from paperctl.record.items import Entry, Object

FITS = ({"paperId", "title"}, {"corpusid", "title"}, {"paperAbstract", "title"})
_BULK = "citations references embedding citationStyles s2FieldsOfStudy inCitations outCitations"
_TAKEN = """paperId externalIds externalids title abstract paperAbstract authors year venue publicationVenue
    journal doi arxiv_id arxivId url s2Url keywords fieldsOfStudy publicationDate"""


def entry(obj: Object, lines: tuple[int, int]) -> Entry | None:
    return _LAYOUT.entry(obj, lines) if obj.get("title") else None


def _named(name: str) -> Getter:
    """A value that is the name itself, and no object with one."""
    return lambda obj: None if isinstance(obj.get(name), dict) else obj.get(name)


_LAYOUT = Layout(
    fields={
        "title": "title",
        "abstract": "abstract paperAbstract",
        "authors": "authors",
        "year": "year",
        "venue": (
            *("venue", "publicationVenue.name", _named("publicationVenue")),
            *("journal.name", _named("journal")),
        ),
        "doi": "externalIds.DOI externalids.DOI doi",
        "arxiv_id": "externalIds.ArXiv externalids.ArXiv arxivId",
        "url": "url s2Url openAccessPdf.url",
        "keywords": "fieldsOfStudy",
    },
    extra={
        "volume": "journal.volume",
        "pages": "journal.pages",
        "pmid": "externalIds.PubMed externalids.PubMed",
        "acl": "externalIds.ACL externalids.ACL",
        "dblp": "externalIds.DBLP externalids.DBLP",
        "date": "publicationDate",
    },
    key="paperId corpusid id",
    without=frozenset((*_TAKEN.split(), *_BULK.split())),
)
