"""Hits of the dblp search API. https://dblp.org/faq/How+to+use+the+dblp+search+API.html"""

from __future__ import annotations

from paperctl.readers._json.layout import Layout
from paperctl.readers._values import unnumbered
from paperctl.record.items import Entry, Object

FITS = ({"info", "@id"}, {"info", "@score"}, {"title", "authors", "ee", "key"})


def entry(obj: Object, lines: tuple[int, int]) -> Entry | None:
    info = obj.get("info", obj)
    return _LAYOUT.entry(info, lines) if isinstance(info, dict) and info.get("title") else None


def _authors(info: Object) -> list[str]:
    authors = info.get("authors")
    authors = authors.get("author") if isinstance(authors, dict) else authors
    several = authors if isinstance(authors, list) else [authors]
    names = [a.get("text") if isinstance(a, dict) else a for a in several]
    return [unnumbered(name) for name in names if isinstance(name, str)]


def _link(info: Object) -> object:
    ee = info.get("ee")
    return ee[0] if isinstance(ee, list) and ee else ee


_LAYOUT = Layout(
    fields={
        "title": "title",
        "authors": (_authors,),
        "year": "year",
        "venue": "venue",
        "doi": "doi",
        "url": (_link, "url"),
    },
    key="key",
    without=frozenset(("title", "authors", "year", "venue", "doi", "url", "ee", "key")),
    markup="html",
)
