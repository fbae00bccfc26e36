"""arXiv's metadata snapshot (Kaggle "arxiv-metadata-oai-snapshot", one object a line).

https://www.kaggle.com/datasets/Cornell-University/arxiv
"""

from __future__ import annotations

import re

from paperctl.readers._arxiv import journal_reference, names_in, withdrawn, year_of_id
from paperctl.readers._values import stated
from paperctl.record.items import Entry, Object, Raw
from paperctl.text.patterns import ARXIV

FITS = (
    {"id", "title", "abstract", "categories", "versions"},
    {"id", "title", "authors_parsed"},
    {"id", "title", "authors", "abstract", "categories"},
)
_ID = re.compile(ARXIV)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_KNOWN = frozenset(("id", "title", "abstract", "authors", "authors_parsed", "doi", "versions", "journal-ref"))


def entry(obj: Object, lines: tuple[int, int]) -> Entry | None:
    number = obj.get("id")
    if not isinstance(number, str) or not isinstance(obj.get("categories", ""), str | list):
        return None
    if "authors_parsed" not in obj and "versions" not in obj and not _ID.fullmatch(number):
        return None
    extra = {name: value for name, value in obj.items() if name not in _KNOWN and value}
    created = _created(obj.get("versions"), extra)
    venue, details = journal_reference(obj.get("journal-ref"))
    extra |= details
    if obj.get("journal-ref"):
        extra["journal-ref"] = obj["journal-ref"]
    if withdrawn(obj.get("comments"), obj.get("abstract")):
        extra["withdrawn"] = True
    fields: Raw = {
        "title": obj.get("title"),
        "abstract": obj.get("abstract"),
        "authors": _authors(obj),
        "arxiv_id": number,
        "doi": obj.get("doi"),
        "year": year_of_id(number) or created,
        "venue": venue,
    }
    return Entry(stated(**fields), lines, number or None, extra, "tex")


def _created(versions: object, extra: Object) -> str | None:
    """The year of the first version; its date and the last version's number go to `extra`."""
    if not isinstance(versions, list) or not versions:
        return None
    first, last = versions[0], versions[-1]
    if isinstance(last, dict) and isinstance(last.get("version"), str):
        extra["arxiv_version"] = last["version"].lstrip("v")
    created = str(first.get("created"))[:64] if isinstance(first, dict) else ""
    found = _YEAR.search(created)
    if found:
        extra["date"] = created
    return found[0] if found else None


def _authors(obj: Object) -> object:
    parsed = obj.get("authors_parsed")
    if not isinstance(parsed, list):
        return names_in(obj.get("authors"))
    names: list[object] = []
    for parts in parsed:
        if isinstance(parts, list) and parts and isinstance(parts[0], str):
            last, first, suffix = ([p if isinstance(p, str) else "" for p in parts] + ["", ""])[:3]
            names.append({"family": last, "given": first, "suffix": suffix} if first else last)
    return names
