"""MODS XML of libraries, repositories, Zotero and bibutils.

Elements after the Metadata Object Description Schema 3 (Library of Congress).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated
from paperctl.readers._xml import all_at, at, items, pages, root, text, texts
from paperctl.record.items import Entry, Fault, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "mods-xml"
ABOUT = "MODS XML (libraries, repositories, Zotero, bibutils)"

_EDITORS = frozenset(("editor", "edt", "translator", "trl", "degree grantor", "thesis advisor", "publisher"))


def sniff(dump: Dump) -> Sniff | None:
    if root(dump) in {"mods", "modsCollection"}:
        return Sniff(0.97, f"XML <{root(dump)}> of MODS")
    return None


def read(dump: Dump) -> Iterator[Item]:
    return items(dump, ("mods",), _entry)


def _entry(record: Element, lines: tuple[int, int]) -> Entry | Fault:
    title = _title(record)
    if not title:
        return Fault(lines, "a record without <titleInfo>; add it, or delete the record")
    ids = _ids(record)
    host = next((e for e in all_at(record, "relatedItem") if e.get("type") == "host"), None)
    fields = stated(
        title=title,
        abstract=at(record, "abstract"),
        authors=[name for e in all_at(record, "name") if not _edits(e) and (name := _name(e))],
        year=_year(record) or _year(host),
        venue=_title(host),
        doi=ids.get("doi"),
        url=at(record, "location/url") or ids.get("uri"),
        keywords=texts(record, "subject/topic"),
    )
    extra = filled(
        type=at(record, "genre", "typeOfResource"),
        publisher=at(record, "originInfo/publisher"),
        issn=ids.get("issn") or _ids(host).get("issn"),
        isbn=ids.get("isbn"),
        language=at(record, "language/languageTerm"),
        **_part(host if all_at(host, "part") else record),
    )
    key = record.get("ID") or ids.get("citekey") or at(record, "recordInfo/recordIdentifier")
    return Entry(fields, lines, key or None, extra)


def _ids(record: Element | None) -> dict[str, str]:
    """Identifiers by their types in lower case."""
    return {(e.get("type") or "").lower(): text(e) for e in all_at(record, "identifier")}


def _title(record: Element | None) -> str:
    """The main title, its article and subtitle; none that is abbreviated, translated or uniform."""
    for info in all_at(record, "titleInfo"):
        if not info.get("type"):
            words = " ".join(filter(None, (at(info, "nonSort"), at(info, "title"))))
            subtitle = at(info, "subTitle")
            return f"{words}: {subtitle}" if subtitle and words else words or subtitle
    return ""


def _edits(name: Element) -> bool:
    roles = {text(e).lower() for e in all_at(name, "role/roleTerm")}
    return bool(roles & _EDITORS) and not roles & {"author", "aut"}


def _name(name: Element) -> object:
    parts: dict[str, list[str]] = {}
    for part in all_at(name, "namePart"):
        if text(part) and part.get("type") != "date":
            parts.setdefault(part.get("type") or "whole", []).append(text(part))
    family, given = " ".join(parts.get("family", [])), " ".join(parts.get("given", []))
    if family:
        return filled(family=family, given=given, suffix=" ".join(parts.get("termsOfAddress", [])))
    return " ".join(parts.get("whole", [])) or at(name, "displayForm") or given


def _year(record: Element | None) -> str:
    places = ("dateIssued", "copyrightDate", "dateCreated", "dateOther")
    return at(record, *(f"originInfo/{place}" for place in places), "part/date")


def _part(record: Element | None) -> dict[str, str]:
    """Volume, number and pages of a part."""
    found = {
        (detail.get("type") or ""): at(detail, "number") or text(detail)
        for detail in all_at(record, "part/detail")
    }
    return filled(
        volume=found.get("volume"),
        number=found.get("issue") or found.get("number"),
        pages=pages(at(record, "part/extent/start"), at(record, "part/extent/end"))
        or at(record, "part/extent/list"),
    )
