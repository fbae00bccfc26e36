"""JATS XML: articles of PubMed Central, bioRxiv, PLOS, eLife and other publishers, alone or several.

Elements after the Journal Article Tag Suite (NISO Z39.96); only an article's front matter is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._xml import all_at, at, filled, items, root, text
from paperctl.record.items import Entry, Fault, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "jats-xml"
ABOUT = "JATS XML (PubMed Central, bioRxiv, PLOS, eLife, publishers' articles)"

_ROOTS = frozenset(("article", "pmc-articleset", "articles", "OAI-PMH", "collection"))
_META = "front/article-meta"


def sniff(dump: Dump) -> Sniff | None:
    if root(dump) in _ROOTS and "<article-meta" in dump.head and "<article" in dump.head:
        return Sniff(0.98, "XML with <article-meta>, the front matter of JATS")
    return None


def read(dump: Dump) -> Iterator[Item]:
    return items(dump, ("article",), _entry)


def _entry(article: Element, lines: tuple[int, int]) -> Entry | Fault:
    title = at(article, f"{_META}/title-group/article-title")
    subtitle = at(article, f"{_META}/title-group/subtitle")
    if not title:
        return Fault(lines, "an article without <article-title>; add it, or delete the article")
    ids = {e.get("pub-id-type") or "": text(e) for e in all_at(article, f"{_META}/article-id")}
    journal = at(article, "front/journal-meta/journal-title-group/journal-title")
    abstracts = all_at(article, f"{_META}/abstract")
    whole = [e for e in abstracts if not e.get("abstract-type")] or abstracts
    fields = filled(
        title=f"{title}: {subtitle}" if subtitle else title,
        abstract=_prose(whole[0]) if whole else "",
        authors=_authors(article),
        year=_year(article),
        venue=journal or at(article, "front/journal-meta/journal-title"),
        doi=ids.get("doi", ""),
        keywords=[word for e in all_at(article, f"{_META}/kwd-group/kwd") if (word := text(e))],
    )
    first, last = at(article, f"{_META}/fpage"), at(article, f"{_META}/lpage")
    pmcid = ids.get("pmcid") or ids.get("pmc", "")
    extra = filled(
        type=article.get("article-type") or "",
        volume=at(article, f"{_META}/volume"),
        number=at(article, f"{_META}/issue"),
        pages="-".join(dict.fromkeys(filter(None, (first, last)))) or at(article, f"{_META}/elocation-id"),
        publisher=at(article, "front/journal-meta/publisher/publisher-name"),
        pmid=ids.get("pmid", ""),
        pmcid=pmcid if not pmcid.isdigit() else f"PMC{pmcid}",
    )
    key = ids.get("pmid") or pmcid or ids.get("doi") or ids.get("publisher-id")
    return Entry(fields, lines, key or None, extra)


def _prose(abstract: Element) -> str:
    """An abstract's paragraphs, with the headings of its sections, without its own."""
    parts = [text(e) for e in abstract.iter("{*}p", "{*}title") if text(e)]
    if parts and parts[0].lower() in {"abstract", "summary"}:
        parts = parts[1:]
    return " ".join(parts) or text(abstract)


def _authors(article: Element) -> list[Any]:
    found: list[Any] = []
    for person in all_at(article, f"{_META}/contrib-group/contrib"):
        if person.get("contrib-type", "author") != "author":
            continue
        name = person.find("{*}name")
        name = name if name is not None else person.find("{*}name-alternatives/{*}name")
        if name is not None:
            found.append(
                filled(family=at(name, "surname"), given=at(name, "given-names"), suffix=at(name, "suffix"))
            )
        elif whole := at(person, "string-name") or at(person, "collab"):
            found.append(whole)
    return [name for name in found if name]


def _year(article: Element) -> str:
    """The year of publication: the earliest that a date of publication names."""
    years = [at(e, "year") for e in all_at(article, f"{_META}/pub-date")]
    return min((year for year in years if year.isdigit()), default="")
