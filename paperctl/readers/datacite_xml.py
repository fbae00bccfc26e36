"""DataCite XML (kernel 2 to 4), alone or within OAI-PMH answers. Elements after the DataCite
Metadata Schema 4.5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._xml import all_at, at, filled, items, root, text
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
    is_doi = identifier is not None and (identifier.get("identifierType") or "").upper() == "DOI"
    described = {e.get("descriptionType") or "": text(e) for e in all_at(record, "descriptions/description")}
    related = [
        (e.get("relationType") or "", text(e)) for e in all_at(record, "relatedIdentifiers/relatedIdentifier")
    ]
    titles = [text(e) for e in all_at(record, "titles/title") if text(e)]
    fields = filled(
        title=titles[0] if titles else "",
        abstract=described.pop("Abstract", ""),
        authors=[text(e.find("{*}creatorName")) or text(e) for e in all_at(record, "creators/creator")],
        year=at(record, "publicationYear"),
        venue=at(record, "publisher"),
        doi=name if is_doi else "",
        url=name if "://" in name else "",
        keywords=[text(e) for e in all_at(record, "subjects/subject") if text(e)],
        code_urls=[value for kind, value in related if kind in _CODE and "github.com/" in value],
    )
    kind = record.find("{*}resourceType")
    extra = filled(
        type=(kind.get("resourceTypeGeneral") or text(kind)) if kind is not None else "",
        publisher=at(record, "publisher"),
        other_titles=titles[1:],
        descriptions=[value for value in described.values() if value],
        dates={e.get("dateType") or "date": text(e) for e in all_at(record, "dates/date")},
        related=[f"{kind} {value}".strip() for kind, value in related],
        contributors=[
            text(e.find("{*}contributorName")) or text(e) for e in all_at(record, "contributors/contributor")
        ],
        identifiers=[text(e) for e in all_at(record, "alternateIdentifiers/alternateIdentifier")],
    )
    for child in record:
        tag = str(child.tag).rpartition("}")[2]
        if isinstance(child.tag, str) and tag not in _TAKEN and (value := text(child)):
            extra[tag] = value
    return Entry(fields, lines, name or None, extra)
