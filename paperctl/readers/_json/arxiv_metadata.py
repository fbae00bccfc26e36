"""arXiv's metadata snapshot (Kaggle "arxiv-metadata-oai-snapshot", one object a line).

https://www.kaggle.com/datasets/Cornell-University/arxiv
"""

from __future__ import annotations

import re
from typing import Any

from paperctl.record.items import Entry

FITS = ({"id", "title", "abstract", "categories", "versions"}, {"id", "title", "authors_parsed"})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | None:
    extra: dict[str, Any] = {}
    for name in ("categories", "comments", "report-no", "submitter", "license", "update_date", "journal-ref"):
        if obj.get(name):
            extra[name] = obj[name]
    versions = obj.get("versions")
    year = None
    if isinstance(versions, list) and versions:
        first, last = versions[0], versions[-1]
        if isinstance(first, dict) and (found := _YEAR.search(str(first.get("created"))[:64])):
            year = found[0]
            extra["date"] = first["created"]
        if isinstance(last, dict) and isinstance(last.get("version"), str):
            extra["arxiv_version"] = last["version"].lstrip("v")
    number = obj.get("id")
    fields: dict[str, Any] = {
        "title": _accents(obj.get("title")),
        "abstract": _accents(obj.get("abstract")),
        "authors": _authors(obj),
        "arxiv_id": number,
        "doi": obj.get("doi"),
        "year": year,
        "venue": obj.get("journal-ref"),
    }
    known = {"id", "title", "abstract", "authors", "authors_parsed", "doi", "versions"}
    extra.update((k, v) for k, v in obj.items() if k not in known and k not in extra and v)
    return Entry({k: v for k, v in fields.items() if v}, lines, str(number) if number else None, extra)


def _authors(obj: dict[str, Any]) -> Any:
    parsed = obj.get("authors_parsed")
    if not isinstance(parsed, list):
        return _accents(obj.get("authors"))
    names = []
    for parts in parsed:
        if isinstance(parts, list) and parts and isinstance(parts[0], str):
            last, first, suffix = ([p if isinstance(p, str) else "" for p in parts] + ["", ""])[:3]
            names.append({"family": last, "given": first, "suffix": suffix} if first else last)
    return names


def _accents(text: Any) -> Any:
    r"""arXiv keeps TeX accents in its metadata ("H\"older"); mathematics stays."""
    if isinstance(text, str) and "\\" in text:
        from paperctl.normalise.tex import accents

        return accents(text)
    return text
