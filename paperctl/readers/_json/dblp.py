"""Hits of the dblp search API. https://dblp.org/faq/How+to+use+the+dblp+search+API.html"""

from __future__ import annotations

import re
from typing import Any

from paperctl.record.items import Entry

FITS = ({"info", "@id"}, {"info", "@score"}, {"title", "authors", "ee", "key"})
_NUMBERED = re.compile(r" \d{4}$")


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | None:
    info = obj.get("info", obj)
    if not isinstance(info, dict) or not info.get("title"):
        return None
    authors = info.get("authors")
    authors = authors.get("author") if isinstance(authors, dict) else authors
    names = [
        a.get("text") if isinstance(a, dict) else a
        for a in (authors if isinstance(authors, list) else [authors])
    ]
    ee = info.get("ee")
    fields = {
        "title": info["title"],
        # dblp numbers people of the same name: "Wei Wang 0001".
        "authors": [_NUMBERED.sub("", n) for n in names if isinstance(n, str)],
        "year": info.get("year"),
        "venue": info.get("venue"),
        "doi": info.get("doi"),
        "url": ee[0] if isinstance(ee, list) and ee else ee or info.get("url"),
    }
    used = {*fields, "ee", "key"}
    extra = {k: v for k, v in info.items() if k not in used and v}
    key = info.get("key")
    return Entry({k: v for k, v in fields.items() if v}, lines, str(key) if key else None, extra, "html")
