"""JATS XML: articles of PubMed Central, bioRxiv, PLOS, eLife and other publishers, alone or several.

Elements after the Journal Article Tag Suite (NISO Z39.96); only an article's front matter is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated
from paperctl.readers._xml import all_at, at, items, pages, root, text, texts, texts_by
from paperctl.record.items import Entry, Fault, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "jats-xml"
ABOUT = "JATS XML (PubMed Central, bioRxiv, PLOS, eLife, publishers' articles)"

_ROOTS = frozenset(("article", "pmc-articleset", "articles", "OAI-PMH", "collection"))
_JOURNAL = "front/journal-meta"


def sniff(dump: Dump) -> Sniff | None:
    if root(dump) in _ROOTS and "<article-meta" in dump.head and "<article" in dump.head:
        return Sniff(0.98, "XML with <article-meta>, the front matter of JATS")
    return None


def read(dump: Dump) -> Iterator[Item]:
    return items(dump, ("article",), _entry)


def _entry(article: Element, lines: tuple[int, int]) -> Entry | Fault:
    meta = article.find("{*}front/{*}article-meta")
    title = at(meta, "title-group/article-title") if meta is not None else ""
    if meta is None or not title:
        return Fault(lines, "an article without <article-title>; add it, or delete the article")
    subtitle = at(meta, "title-group/subtitle")
    ids = texts_by(meta, "article-id", "pub-id-type")
    pmcid = ids.get("pmcid") or ids.get("pmc", "")
    fields = stated(
        title=f"{title}: {subtitle}" if subtitle else title,
        abstract=_abstract(meta),
        authors=_authors(meta),
        year=_year(meta),
        venue=at(article, f"{_JOURNAL}/journal-title-group/journal-title", f"{_JOURNAL}/journal-title"),
        doi=ids.get("doi"),
        keywords=texts(meta, "kwd-group/kwd"),
    )
    extra = filled(
        type=article.get("article-type"),
        volume=at(meta, "volume"),
        number=at(meta, "issue"),
        pages=pages(at(meta, "fpage"), at(meta, "lpage")) or at(meta, "elocation-id"),
        publisher=at(article, f"{_JOURNAL}/publisher/publisher-name"),
        pmid=ids.get("pmid"),
        pmcid=pmcid if not pmcid.isdigit() else f"PMC{pmcid}",
    )
    key = ids.get("pmid") or pmcid or ids.get("doi") or ids.get("publisher-id")
    return Entry(fields, lines, key or None, extra)


def _abstract(meta: Element) -> str:
    """The abstract itself, where a summary for lay readers or a picture stand next to it."""
    abstracts = all_at(meta, "abstract")
    whole = [e for e in abstracts if not e.get("abstract-type")] or abstracts
    return _prose(whole[0]) if whole else ""


def _prose(abstract: Element) -> str:
    """An abstract's paragraphs, with the headings of its sections, without its own."""
    parts = [text(e) for e in abstract.iter("{*}p", "{*}title") if text(e)]
    if parts and parts[0].lower() in {"abstract", "summary"}:
        parts = parts[1:]
    return " ".join(parts) or text(abstract)


def _authors(meta: Element) -> list[object]:
    found: list[object] = []
    for person in all_at(meta, "contrib-group/contrib"):
        if person.get("contrib-type", "author") != "author":
            continue
        name = person.find("{*}name")
        name = name if name is not None else person.find("{*}name-alternatives/{*}name")
        if name is not None:
            found.append(
                filled(family=at(name, "surname"), given=at(name, "given-names"), suffix=at(name, "suffix"))
            )
        elif whole := at(person, "string-name", "collab"):
            found.append(whole)
    return [name for name in found if name]


def _year(meta: Element) -> str:
    """The year of publication: the earliest that a date of publication names."""
    years = [at(e, "year") for e in all_at(meta, "pub-date")]
    return min((year for year in years if year.isdigit()), default="")
