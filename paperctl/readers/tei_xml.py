"""TEI XML: papers that GROBID has parsed, and the lists of references it makes.

Elements after the TEI guidelines (P5): the header describes the paper, `biblStruct` a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated
from paperctl.readers._xml import all_at, at, items, kind_of, root, text
from paperctl.record.items import Entry, Fault, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "tei-xml"
ABOUT = "TEI XML: papers and lists of references parsed by GROBID"

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TITLED = re.compile(r"<titleStmt>\s*<title[^>]*>[^<\s]")
_HEADER = "teiHeader/fileDesc"


def sniff(dump: Dump) -> Sniff | None:
    if root(dump) in {"TEI", "teiCorpus", "TEI.2", "listBibl", "biblStruct"}:
        return Sniff(0.97, f"XML <{root(dump)}> of TEI")
    return None


def read(dump: Dump) -> Iterator[Item]:
    if _TITLED.search(dump.head):
        return items(dump, ("TEI", "TEI.2"), _paper)
    return items(dump, ("biblStruct",), _reference)


def _paper(document: Element, lines: tuple[int, int]) -> Entry | Fault:
    described = document.find("{*}teiHeader/{*}fileDesc/{*}sourceDesc/{*}biblStruct")
    found = _described(described, lines) if described is not None else Entry({}, lines)
    header = stated(
        title=at(document, f"{_HEADER}/titleStmt/title"),
        abstract=at(document, "teiHeader/profileDesc/abstract"),
        keywords=_terms(document),
        year=_date(document.find("{*}teiHeader/{*}fileDesc/{*}publicationStmt/{*}date")),
    )
    found.fields = {**header, **found.fields}
    if not found.fields.get("title"):
        return Fault(lines, "a TEI document without a title in its header; add <title> to <titleStmt>")
    return found


def _reference(element: Element, lines: tuple[int, int]) -> Entry | Fault:
    found = _described(element, lines)
    if not found.fields.get("title"):
        return Fault(lines, "a reference without a title; add its <title>, or delete it")
    return found


def _described(element: Element, lines: tuple[int, int]) -> Entry:
    ids = {(e.get("type") or "").lower(): text(e) for e in element.iter("{*}idno")}
    analytic, monograph = at(element, "analytic/title"), at(element, "monogr/title")
    people = all_at(element, "analytic/author") or all_at(element, "monogr/author")
    fields = stated(
        title=analytic or monograph,
        authors=[name for person in people if (name := _name(person))],
        year=_date(element.find("{*}monogr/{*}imprint/{*}date")),
        venue=monograph if analytic else "",
        doi=ids.get("doi"),
        arxiv_id=ids.get("arxiv"),
        url=next((e.get("target") for e in element.iter("{*}ptr")), ""),
    )
    scopes = {e.get("unit") or "": _scope(e) for e in all_at(element, "monogr/imprint/biblScope")}
    extra = filled(
        volume=scopes.get("volume"),
        number=scopes.get("issue"),
        pages=scopes.get("page"),
        publisher=at(element, "monogr/imprint/publisher"),
        pmid=ids.get("pmid"),
    )
    return Entry(fields, lines, element.get(_XML_ID) or ids.get("doi") or None, extra)


def _name(person: Element) -> object:
    name = person.find("{*}persName")
    if name is None:
        return text(person.find("{*}orgName")) or text(person)
    given = " ".join(text(e) for e in all_at(name, "forename"))
    family = at(name, "surname")
    return filled(family=family, given=given, suffix=at(name, "genName")) if family else text(name)


def _terms(document: Element) -> list[str]:
    keywords = all_at(document, "teiHeader/profileDesc/textClass/keywords")
    terms = [text(term) for block in keywords for term in block.iter("{*}term")]
    return [term for term in terms if term] or [text(block) for block in keywords if text(block)]


def _date(date: Element | None) -> str:
    return kind_of(date, "when")


def _scope(element: Element) -> str:
    ends = [element.get("from") or "", element.get("to") or ""]
    return "-".join(filter(None, ends)) or text(element)
