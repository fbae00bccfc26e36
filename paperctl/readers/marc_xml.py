"""MARC 21 XML of library catalogues, alone or within SRU answers. Fields after the Library of
Congress, "MARC 21 Format for Bibliographic Data"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._xml import filled, items, root, text
from paperctl.record.items import Entry, Item

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "marc-xml"
ABOUT = "MARC 21 XML of library catalogues (also SRU answers)"

_TAKEN = {
    *("020", "022", "024", "100", "110", "245", "260", "264"),
    *("520", "650", "653", "700", "710", "773", "856"),
}


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if root(dump) and "<controlfield" in head.replace("marc:", "") and "picaxml" not in head.lower():
        return Sniff(0.97, "XML records with MARC <controlfield> and <datafield>")
    return None


def read(dump: Dump) -> Iterator[Item]:
    return items(dump, ("record",), _entry)


def _entry(record: Element, lines: tuple[int, int]) -> Entry:
    held: dict[str, list[dict[str, list[str]]]] = {}
    for field in record.iter("{*}datafield"):
        parts: dict[str, list[str]] = {}
        for part in field.iter("{*}subfield"):
            if value := text(part):
                parts.setdefault(part.get("code") or "", []).append(value)
        held.setdefault(field.get("tag") or "", []).append(parts)
    number = next((text(e) for e in record.iter("{*}controlfield") if e.get("tag") == "001"), "")

    def first(tag: str, *codes: str) -> str:
        return next((parts[c][0] for parts in held.get(tag, ()) for c in codes if c in parts), "")

    def every(codes: str, *tags: str) -> list[str]:
        return [
            value for tag in tags for parts in held.get(tag, ()) for c in codes for value in parts.get(c, ())
        ]

    dois = [p["a"][0] for p in held.get("024", ()) if "doi" in p.get("2", ()) and "a" in p]
    people = [parts for tag in ("100", "110", "700", "710") for parts in held.get(tag, ()) if "a" in parts]
    authors = [parts["a"][0] for parts in people if "edt" not in parts.get("4", ())]
    editors = [parts["a"][0] for parts in people if "edt" in parts.get("4", ())]
    # ISBD marks (" :", " /") stand between the parts of a title in older records.
    title, rest = (value.rstrip(" /:;,.") for value in (first("245", "a"), first("245", "b")))
    fields = filled(
        title=f"{title}: {rest}" if rest else title,
        abstract="\n".join(every("a", "520")),
        authors=[name.rstrip(" ,") for name in authors],
        year=first("264", "c") or first("260", "c"),
        venue=first("773", "t"),
        doi=dois[0] if dois else "",
        url=first("856", "u"),
        keywords=list(dict.fromkeys(every("a", "650", "653"))),
    )
    extra = filled(
        publisher=(first("264", "b") or first("260", "b")).rstrip(" ,"),
        place=(first("264", "a") or first("260", "a")).rstrip(" :"),
        isbn=every("a", "020"),
        issn=every("a", "022"),
        editor=editors,
        pages=first("773", "g"),
        statement=first("245", "c"),
    )
    for tag, several in held.items():
        if tag not in _TAKEN:
            values = ["; ".join(v for part in parts.values() for v in part) for parts in several]
            extra[f"marc_{tag}"] = values[0] if len(values) == 1 else values
    return Entry(fields, lines, number or None, extra)
