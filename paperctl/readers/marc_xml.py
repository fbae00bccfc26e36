"""MARC 21 XML of library catalogues, alone or within SRU answers. Fields after the Library of
Congress, "MARC 21 Format for Bibliographic Data"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated
from paperctl.readers._xml import items, root, text
from paperctl.record.items import Entry, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "marc-xml"
ABOUT = "MARC 21 XML of library catalogues (also SRU answers)"

_TAKEN = {
    *("020", "022", "024", "100", "110", "245", "260", "264"),
    *("520", "650", "653", "700", "710", "773", "856"),
}


_FIELD = re.compile(r"<(?:marc:)?(?:controlfield|datafield)\s[^<>]*tag=")


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if root(dump) and _FIELD.search(head) and "picaxml" not in head.lower():
        return Sniff(0.97, "XML records with MARC <controlfield> or <datafield>")
    return None


def read(dump: Dump) -> Iterator[Item]:
    return items(dump, ("record",), _entry)


class _Held:
    """The data fields of a record: for each tag its fields, of each its subfields by their codes."""

    def __init__(self, record: Element) -> None:
        self.fields: dict[str, list[dict[str, list[str]]]] = {}
        for field in record.iter("{*}datafield"):
            parts: dict[str, list[str]] = {}
            for part in field.iter("{*}subfield"):
                if value := text(part):
                    parts.setdefault(part.get("code") or "", []).append(value)
            self.fields.setdefault(field.get("tag") or "", []).append(parts)

    def of(self, *tags: str) -> Iterator[dict[str, list[str]]]:
        return (parts for tag in tags for parts in self.fields.get(tag, ()))

    def first(self, code: str, *tags: str) -> str:
        """The first value of a code in the first of these tags that has it."""
        return next((parts[code][0] for parts in self.of(*tags) if code in parts), "")

    def every(self, code: str, *tags: str) -> list[str]:
        return [value for parts in self.of(*tags) for value in parts.get(code, ())]

    def people(self) -> tuple[list[str], list[str]]:
        """Authors and editors."""
        found: tuple[list[str], list[str]] = ([], [])
        for parts in self.of("100", "110", "700", "710"):
            if "a" in parts:
                found["edt" in parts.get("4", ())].append(parts["a"][0])
        return found

    def rest(self) -> Iterator[tuple[str, str | list[str]]]:
        """Each field that no other name is known for, under its tag."""
        for tag, several in self.fields.items():
            if tag not in _TAKEN:
                values = ["; ".join(v for part in parts.values() for v in part) for parts in several]
                yield f"marc_{tag}", values[0] if len(values) == 1 else values


def _entry(record: Element, lines: tuple[int, int]) -> Entry:
    held = _Held(record)
    number = next((text(e) for e in record.iter("{*}controlfield") if e.get("tag") == "001"), "")
    authors, editors = held.people()
    # ISBD marks (" :", " /") stand between the parts of a title in older records.
    title, rest = (held.first(code, "245").rstrip(" /:;,.") for code in "ab")
    fields = stated(
        title=f"{title}: {rest}" if rest else title,
        abstract="\n".join(held.every("a", "520")),
        authors=[name.rstrip(" ,") for name in authors],
        year=held.first("c", "264", "260"),
        venue=held.first("t", "773"),
        doi=next((p["a"][0] for p in held.of("024") if "doi" in p.get("2", ()) and "a" in p), ""),
        url=held.first("u", "856"),
        keywords=list(dict.fromkeys(held.every("a", "650", "653"))),
    )
    extra = filled(
        publisher=held.first("b", "264", "260").rstrip(" ,"),
        place=held.first("a", "264", "260").rstrip(" :"),
        isbn=held.every("a", "020"),
        issn=held.every("a", "022"),
        editor=editors,
        pages=held.first("g", "773"),
        statement=held.first("c", "245"),
    )
    return Entry(fields, lines, number or None, extra | dict(held.rest()))
