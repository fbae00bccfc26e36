"""DBLP XML: the whole database (dblp.xml), one record (rec/….xml) or the answer of its search.

Elements after Ley, "DBLP: Some Lessons Learned", VLDB 2009.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import filled, stated, unnumbered
from paperctl.readers._xml import all_at, at, items, rest, root, text, texts
from paperctl.record.items import Entry, Item, Skip

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "dblp-xml"
ABOUT = "DBLP XML (dblp.xml, records, answers of the search API)"

_TYPES = (
    *("article", "inproceedings", "proceedings", "book", "incollection"),
    *("phdthesis", "mastersthesis", "www", "data", "person"),
)
_TAKEN = {"title", "author", "authors", "year", "journal", "booktitle", "venue", "ee", "doi", "key", "type"}


def sniff(dump: Dump) -> Sniff | None:
    name = root(dump)
    if name in {"dblp", "dblpperson"}:
        return Sniff(0.98, f"XML whose first element is <{name}>")
    if name == "result" and "<hits" in dump.head and "dblp" in dump.head:
        return Sniff(0.97, "XML <result> with <hits> of DBLP's search")
    return None


def read(dump: Dump) -> Iterator[Item]:
    # A search's answer keeps the fields of each hit under <info>.
    tags = ("info",) if root(dump) == "result" else _TYPES
    return items(dump, tags, _item)


def _item(record: Element, lines: tuple[int, int]) -> Item:
    if record.tag in {"www", "person"}:
        return Skip(lines, "home page of a person")
    links = list(dict.fromkeys(texts(record, "ee")))
    people = all_at(record, "author") + all_at(record, "authors/author")
    volume = at(record, "volume")
    fields = stated(
        # DBLP ends every title with a full stop.
        title=re.sub(r"(?<=[^.])\.$", "", at(record, "title")),
        authors=[unnumbered(text(e)) for e in people],
        year=at(record, "year"),
        venue=at(record, "journal", "booktitle", "venue"),
        doi=at(record, "doi") or next((link for link in links if "doi.org/" in link), ""),
        url="".join(links[:1]),
        arxiv_id=volume.removeprefix("abs/") if volume.startswith("abs/") else "",
    )
    kind = str(record.tag) if record.tag != "info" else at(record, "type")
    extra = filled(type=kind, mdate=record.get("mdate"), links=links[1:])
    for name, value in rest(record, _TAKEN):
        extra[name] = f"{extra[name]}; {value}" if name in extra else value
    return Entry(fields, lines, record.get("key") or at(record, "key") or None, extra)
