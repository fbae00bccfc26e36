"""ACL Anthology XML: one file for each collection, papers under volumes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated
from paperctl.readers._xml import all_at, at, items, rest, root, text
from paperctl.record.items import Entry, Item, Skip

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "acl-xml"
ABOUT = "ACL Anthology XML (a collection's file in the Anthology's data)"

_TAKEN = {"title", "abstract", "author", "editor", "url", "doi", "bibkey", "pages", "pwccode"}


def sniff(dump: Dump) -> Sniff | None:
    if (
        root(dump) == "collection"
        and "<volume" in dump.head
        and ("<paper" in dump.head or "<meta" in dump.head)
    ):
        return Sniff(0.98, "XML <collection> with <volume> and <paper>, as the ACL Anthology keeps it")
    return None


def read(dump: Dump) -> Iterator[Item]:
    volume: dict[str, str] = {}

    def item(element: Element, lines: tuple[int, int]) -> Item:
        nonlocal volume
        if element.tag == "paper":
            return _entry(element, lines, volume)
        if element.tag == "meta":
            volume = {str(child.tag): text(child) for child in element if isinstance(child.tag, str)}
            return Skip(lines, "volume's data")
        return Skip(lines, "front matter" if element.tag == "frontmatter" else "event")

    return items(dump, ("meta", "paper", "frontmatter", "event"), item)


def _entry(paper: Element, lines: tuple[int, int], volume: dict[str, str]) -> Entry:
    url = at(paper, "url")
    code = paper.find("pwccode")
    fields = stated(
        title=at(paper, "title"),
        abstract=at(paper, "abstract"),
        authors=_names(paper, "author"),
        year=at(paper, "year") or volume.get("year"),
        venue=volume.get("booktitle"),
        doi=at(paper, "doi"),
        url=url if "://" in url else f"https://aclanthology.org/{url}" if url else "",
        code_urls=[code.get("url")] if code is not None and code.get("url") else [],
    )
    # Volumes from before 2020 hold their ids in the paper, and some papers a booktitle of their own.
    extra = filled(
        pages=at(paper, "pages"),
        editor=_names(paper, "editor"),
        publisher=volume.get("publisher"),
        month=volume.get("month"),
        address=volume.get("address"),
        anthology_venue=volume.get("venue"),
        isbn=volume.get("isbn"),
    )
    for name, value in rest(paper, _TAKEN):
        extra.setdefault(name, value)
    return Entry(fields, lines, at(paper, "bibkey") or url or None, extra)


def _names(paper: Element, tag: str) -> list[str]:
    return [
        name
        for person in all_at(paper, tag)
        if (
            name := ", ".join(part for part in (at(person, "last"), at(person, "first")) if part)
            or text(person)
        )
    ]
