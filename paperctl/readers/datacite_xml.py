"""DataCite XML (kernel 2 to 4), alone or within OAI-PMH answers. Elements after the DataCite
Metadata Schema 4.5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated
from paperctl.readers._xml import all_at, at, items, kind_of, rest, root, text, texts, texts_by
from paperctl.record.items import Entry, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "datacite-xml"
ABOUT = "DataCite XML (Zenodo, Figshare, Dryad; alone or from OAI-PMH)"

_TAKEN = {
    *("identifier", "creators", "titles", "publisher", "publicationYear", "subjects", "descriptions"),
    *("contributors", "resourceType", "dates", "relatedIdentifiers", "alternateIdentifiers"),
}
_CODE = {"IsSupplementedBy", "IsDerivedFrom", "IsCompiledBy", "References"}


def sniff(dump: Dump) -> Sniff | None:
    if root(dump) and "datacite.org/schema/kernel" in dump.head and "<resource" in dump.head:
        return Sniff(0.97, "XML <resource> in DataCite's namespace")
    return None


def read(dump: Dump) -> Iterator[Item]:
    return items(dump, ("resource",), _entry)


def _entry(record: Element, lines: tuple[int, int]) -> Entry:
    identifier = record.find("{*}identifier")
    name = text(identifier)
    is_doi = kind_of(identifier, "identifierType").upper() == "DOI"
    described = texts_by(record, "descriptions/description", "descriptionType")
    related = [
        (e.get("relationType") or "", text(e)) for e in all_at(record, "relatedIdentifiers/relatedIdentifier")
    ]
    titles = texts(record, "titles/title")
    fields = stated(
        title="".join(titles[:1]),
        abstract=described.pop("Abstract", ""),
        authors=_names(record, "creator"),
        year=at(record, "publicationYear"),
        venue=at(record, "publisher"),
        doi=name if is_doi else "",
        url=name if "://" in name else "",
        keywords=texts(record, "subjects/subject"),
        code_urls=[value for kind, value in related if kind in _CODE and "github.com/" in value],
    )
    extra = filled(
        type=kind_of(record.find("{*}resourceType"), "resourceTypeGeneral"),
        publisher=at(record, "publisher"),
        other_titles=titles[1:],
        descriptions=[value for value in described.values() if value],
        dates={e.get("dateType") or "date": text(e) for e in all_at(record, "dates/date")},
        related=[f"{kind} {value}".strip() for kind, value in related],
        contributors=_names(record, "contributor"),
        identifiers=[text(e) for e in all_at(record, "alternateIdentifiers/alternateIdentifier")],
    )
    return Entry(fields, lines, name or None, extra | dict(rest(record, _TAKEN)))


def _names(record: Element, role: str) -> list[str]:
    return [at(e, f"{role}Name") or text(e) for e in all_at(record, f"{role}s/{role}")]
