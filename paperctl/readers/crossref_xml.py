"""Crossref XML: unixref records and the answers of its XML API (`crossref_result`).

Elements after Crossref's unixref 1.1 and query output 3.0 schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated
from paperctl.readers._xml import all_at, at, items, pages, root, text
from paperctl.record.items import Entry, Fault, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "crossref-xml"
ABOUT = "Crossref XML (unixref, crossref_result)"

# What a record is about stands in one of these, the innermost first: a chapter, then its book.
_WORKS = (
    *("journal_article", "conference_paper", "content_item", "posted_content", "dissertation"),
    *("component", "dataset", "book_metadata", "book_series_metadata", "book_set_metadata"),
    *("report-paper_metadata", "standard_metadata", "database_metadata", "proceedings_metadata"),
    *("journal_issue", "journal_metadata"),
)
_VENUES = (
    ".//journal_metadata/full_title",
    ".//proceedings_metadata/proceedings_title",
    ".//book_metadata/titles/title",
)


def sniff(dump: Dump) -> Sniff | None:
    name = root(dump)
    if name in {"crossref_result", "doi_records", "doi_record", "crossref"} and "crossref" in dump.head:
        return Sniff(0.98, f"XML whose first element is Crossref's <{name}>")
    return None


def read(dump: Dump) -> Iterator[Item]:
    records = ("query",) if root(dump) == "crossref_result" else ("doi_record",)
    if root(dump) == "crossref":
        records = ("crossref",)
    return items(dump, records, _entry)


def _entry(record: Element, lines: tuple[int, int]) -> Entry | Fault:
    if record.get("status") == "unresolved":
        return Fault(lines, f"Crossref does not know the DOI {at(record, 'doi')}")
    work = next((e for name in _WORKS for e in record.iter(f"{{*}}{name}")), record)
    venue = at(record, *_VENUES)
    title = at(work, "titles/title", "full_title", "proceedings_title")
    subtitle = at(work, "titles/subtitle")
    doi = at(work, "doi_data/doi") or at(record, "doi", ".//doi_data/doi")
    fields = stated(
        title=f"{title}: {subtitle}" if subtitle else title,
        abstract="\n".join(part for e in all_at(work, "abstract")[:1] for part in _paragraphs(e)),
        authors=_names(work, "author"),
        year=at(work, "publication_date/year", "posted_date/year") or at(record, ".//publication_date/year"),
        venue=venue if venue != title else "",
        doi=doi,
        url=at(work, "doi_data/resource"),
    )
    extra = filled(
        type=str(work.tag).rpartition("}")[2],
        pages=pages(at(work, "pages/first_page"), at(work, "pages/last_page")),
        volume=at(record, ".//journal_volume/volume") or at(work, "volume"),
        number=at(record, ".//journal_issue/issue"),
        issn=_each(record, "issn"),
        isbn=_each(record, "isbn"),
        publisher=at(record, ".//publisher/publisher_name") or _item(record, "publisher-name"),
        editor=_names(work, "editor"),
        month=at(work, "publication_date/month"),
        license=_each(record, "license_ref"),
    )
    return Entry(fields, lines, doi or None, extra)


def _each(record: Element, tag: str) -> list[str]:
    """The texts of all elements of this name, each once."""
    return list(dict.fromkeys(text(e) for e in record.iter(f"{{*}}{tag}")))


def _paragraphs(abstract: Element) -> list[str]:
    return [p for e in abstract.iter("{*}p") if (p := text(e))] or [text(abstract)]


def _names(work: Element, role: str) -> list[str]:
    names = []
    for person in all_at(work, "contributors/person_name") + all_at(work, "contributors/organization"):
        if (person.get("contributor_role") or "author") == role:
            family = f"{at(person, 'surname')} {at(person, 'suffix')}".strip()
            names.append(", ".join(p for p in (family, at(person, "given_name")) if p) or text(person))
    return [name for name in names if name]


def _item(record: Element, name: str) -> str:
    return next((text(e) for e in record.iter("{*}crm-item") if e.get("name") == name), "")
