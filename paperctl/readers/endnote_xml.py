"""EndNote XML, also as Bookends, Papers and Covidence write it. Text stands within <style> or bare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated
from paperctl.readers._xml import all_at, at, items, kind_of, rest, root, text, texts
from paperctl.record.items import Entry, Item, Raw

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "endnote-xml"
ABOUT = "EndNote XML (EndNote, Bookends, Covidence, EPPI-Reviewer)"

_TAKEN = {
    *("titles", "contributors", "periodical", "dates", "urls", "keywords", "abstract", "volume", "number"),
    *("pages", "isbn", "publisher", "electronic-resource-num", "ref-type", "rec-number", "database"),
    *("source-app", "foreign-keys", "language", "alt-periodical"),
}

_LINKS = tuple(f"urls/{kind}-urls/url" for kind in ("related", "web", "pdf", "text"))


def sniff(dump: Dump) -> Sniff | None:
    if root(dump) in {"xml", "records", "record"} and (
        "<ref-type" in dump.head or "<rec-number" in dump.head
    ):
        return Sniff(0.98, "XML <records> with <ref-type> or <rec-number>, as EndNote writes it")
    return None


def read(dump: Dump) -> Iterator[Item]:
    return items(dump, ("record",), _entry)


def _entry(record: Element, lines: tuple[int, int]) -> Entry:
    links = [text(e) for path in _LINKS for e in all_at(record, path)]
    fields = stated(
        title=at(record, "titles/title"),
        abstract=at(record, "abstract"),
        authors=_names(record, "authors"),
        year=at(record, "dates/year"),
        venue=at(record, "periodical/full-title", "titles/secondary-title"),
        doi=at(record, "electronic-resource-num"),
        url=next((link for link in links if link.startswith("http")), ""),
        keywords=texts(record, "keywords/keyword"),
    )
    extra = filled(
        type=kind_of(record.find("ref-type"), "name"),
        volume=at(record, "volume"),
        number=at(record, "number"),
        pages=at(record, "pages"),
        issn=at(record, "isbn"),
        publisher=at(record, "publisher"),
        language=at(record, "language"),
        editor=_names(record, "secondary-authors"),
        date=at(record, "dates/pub-dates/date"),
        links=[link for link in links if link and link != fields.get("url")],
        titles=_other_titles(record, fields),
    )
    extra |= {name.replace("-", "_"): value for name, value in rest(record, _TAKEN)}
    return Entry(fields, lines, at(record, "rec-number") or None, extra)


def _other_titles(record: Element, fields: Raw) -> list[str]:
    """The titles after the first, each once, that no field has."""
    titles = [text(e) for e in all_at(record, "titles/*")[1:]]
    return [title for title in dict.fromkeys(titles) if title not in fields.values()]


def _names(record: Element, group: str) -> list[str]:
    return [name for e in all_at(record, f"contributors/{group}/author") if (name := text(e).rstrip(","))]
