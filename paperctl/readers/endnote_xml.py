"""EndNote XML, also as Bookends, Papers and Covidence write it. Text stands within <style> or bare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._xml import all_at, at, filled, items, root, text
from paperctl.record.items import Entry, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "endnote-xml"
ABOUT = "EndNote XML (EndNote, Bookends, Covidence, EPPI-Reviewer)"

_TAKEN = {
    *("titles", "contributors", "periodical", "dates", "urls", "keywords", "abstract", "volume", "number"),
    *("pages", "isbn", "publisher", "electronic-resource-num", "ref-type", "rec-number", "database"),
    *("source-app", "foreign-keys", "language", "alt-periodical"),
}


def sniff(dump: Dump) -> Sniff | None:
    if root(dump) in {"xml", "records", "record"} and (
        "<ref-type" in dump.head or "<rec-number" in dump.head
    ):
        return Sniff(0.98, "XML <records> with <ref-type> or <rec-number>, as EndNote writes it")
    return None


def read(dump: Dump) -> Iterator[Item]:
    return items(dump, ("record",), _entry)


def _entry(record: Element, lines: tuple[int, int]) -> Entry:
    links = [
        text(e)
        for path in ("related-urls", "web-urls", "pdf-urls", "text-urls")
        for e in all_at(record, f"urls/{path}/url")
    ]
    kind = record.find("ref-type")
    fields = filled(
        title=at(record, "titles/title"),
        abstract=at(record, "abstract"),
        authors=_names(record, "authors"),
        year=at(record, "dates/year"),
        venue=at(record, "periodical/full-title") or at(record, "titles/secondary-title"),
        doi=at(record, "electronic-resource-num"),
        url=next((link for link in links if link.startswith("http")), ""),
        keywords=[text(e) for e in all_at(record, "keywords/keyword") if text(e)],
    )
    extra = filled(
        type=(kind.get("name") or text(kind)) if kind is not None else "",
        volume=at(record, "volume"),
        number=at(record, "number"),
        pages=at(record, "pages"),
        issn=at(record, "isbn"),
        publisher=at(record, "publisher"),
        language=at(record, "language"),
        editor=_names(record, "secondary-authors"),
        date=at(record, "dates/pub-dates/date"),
        links=[link for link in links if link and link != fields.get("url")],
        titles=list(
            dict.fromkeys(t for e in all_at(record, "titles/*")[1:] if (t := text(e)) not in fields.values())
        ),
    )
    for child in record:
        if isinstance(child.tag, str) and child.tag not in _TAKEN and (value := text(child)):
            extra[child.tag.replace("-", "_")] = value
    return Entry(fields, lines, at(record, "rec-number") or None, extra)


def _names(record: Element, group: str) -> list[str]:
    return [name for e in all_at(record, f"contributors/{group}/author") if (name := text(e).rstrip(","))]
