"""PubMed and MEDLINE XML. Elements after the NLM's PubMed DTD (2023)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated
from paperctl.readers._xml import all_at, at, items, root, text, texts_by
from paperctl.record.items import Entry, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "pubmed-xml"
ABOUT = "PubMed and MEDLINE XML (efetch, baseline files)"

_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
_OTHER_YEARS = ("ArticleDate/Year", "Book/PubDate/Year")


def sniff(dump: Dump) -> Sniff | None:
    name = root(dump)
    if name.startswith("Pubmed") or name in {"MedlineCitationSet", "MedlineCitation"}:
        return Sniff(0.98, f"XML whose first element is <{name}>")
    return None


def read(dump: Dump) -> Iterator[Item]:
    return items(dump, _RECORDS, _entry)


def _entry(record: Element, lines: tuple[int, int]) -> Entry:
    citation = next(iter(all_at(record, ".//MedlineCitation") + all_at(record, ".//BookDocument")), record)
    article = next(iter(all_at(citation, "Article")), citation)
    pmid = at(citation, "PMID")
    ids = texts_by(record, "PubmedData/ArticleIdList/ArticleId", "IdType")
    ids |= texts_by(citation, "ArticleIdList/ArticleId", "IdType")
    places = texts_by(article, "ELocationID", "EIdType")
    issue = "Journal/JournalIssue"
    fields = stated(
        title=at(article, "ArticleTitle", "VernacularTitle", "Book/BookTitle"),
        abstract=_abstract(article) or _abstract(citation),
        authors=_names(article, "AuthorList/Author") or _names(article, "Book/AuthorList/Author"),
        year=at(article, f"{issue}/PubDate/Year", f"{issue}/PubDate/MedlineDate", *_OTHER_YEARS),
        venue=at(article, "Journal/Title") or at(citation, "MedlineJournalInfo/MedlineTA"),
        doi=places.get("doi") or ids.get("doi"),
        keywords=[
            *map(text, all_at(citation, "KeywordList/Keyword")),
            *map(text, all_at(citation, "MeshHeadingList/MeshHeading/DescriptorName")),
        ],
    )
    kinds = [text(e) for e in all_at(article, "PublicationTypeList/PublicationType")]
    extra = filled(
        pmid=pmid,
        pmcid=ids.get("pmc"),
        pii=places.get("pii") or ids.get("pii"),
        volume=at(article, f"{issue}/Volume"),
        number=at(article, f"{issue}/Issue"),
        pages=at(article, "Pagination/MedlinePgn"),
        issn=at(article, "Journal/ISSN"),
        month=at(article, f"{issue}/PubDate/Month"),
        publisher=at(article, "Book/Publisher/PublisherName"),
        isbn=at(article, "Book/Isbn"),
        language=at(article, "Language"),
        type=kinds[0] if len(kinds) == 1 else kinds or str(record.tag),
        affiliation=list(dict.fromkeys(text(e) for e in all_at(article, ".//Affiliation"))),
        grant=[text(e) for e in all_at(article, "GrantList/Grant/GrantID")],
        copyright=at(article, "Abstract/CopyrightInformation"),
        status=citation.get("Status"),
        bookaccession=ids.get("bookaccession"),
    )
    if not fields and (odd := text(record)):
        extra["text"] = odd
    return Entry(fields, lines, pmid or None, extra)


def _abstract(article: Element) -> str:
    """The abstract's parts, each under its label, as PubMed shows them."""
    parts = []
    for part in all_at(article, "Abstract/AbstractText"):
        label = part.get("Label")
        shown = text(part)
        parts.append(f"{label}: {shown}" if label and label != "UNLABELLED" and shown else shown)
    return "\n".join(part for part in parts if part)


def _names(article: Element, path: str) -> list[str]:
    names: list[Any] = []
    for author in all_at(article, path):
        last, fore = at(author, "LastName"), at(author, "ForeName") or at(author, "Initials")
        suffix = at(author, "Suffix")
        names.append(
            ", ".join(p for p in (f"{last} {suffix}".strip(), fore) if p) or at(author, "CollectiveName")
        )
    return [name for name in names if name]
