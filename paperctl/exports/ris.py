"""RIS, for reference managers and screening tools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._kinds import Kind, kind
from paperctl.exports._names import parts
from paperctl.record import Record

NAME = "ris"
ABOUT = "RIS, for Zotero, EndNote, Rayyan, Covidence"
SUFFIX = ".ris"

_TYPES: dict[Kind, str] = {
    "article": "JOUR",
    "conference": "CPAPER",
    "preprint": "UNPB",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "report": "RPRT",
    "web": "ELEC",
    "data": "DATA",
    "other": "GEN",
}
_TAGS = {
    "volume": "VL",
    "number": "IS",
    "publisher": "PB",
    "issn": "SN",
    "isbn": "SN",
    "place": "CY",
    "editor": "ED",
    "language": "LA",
    "database": "DB",
    "database_provider": "DP",
    "affiliation": "AD",
    "accession": "AN",
    "edition": "ET",
    "short_title": "ST",
    "translated_title": "TT",
    "series": "T3",
    "accessed": "Y2",
    "date": "DA",
    "notes": "N1",
}
# A dump's own tag goes out under its own name, but for those that make or end a record.
_TAG = re.compile(r"(?!TY|ER|ID|TI|AU|PY|AB|SP|EP)[A-Z][A-Z0-9]")


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """One record for each paper, every value on one line; the paper's id is its `ID`.

    What RIS has no tag for is left out: `extra` fields other than the common ones.
    """
    for record in records:
        yield "".join(f"{tag}  - {about.one_line(value)}\n" for tag, value in _lines(record)) + "ER  - \n\n"


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    extra: dict[str, Any] = record.get("extra") or {}
    stated = extra.get("type")
    what = kind(record)
    yield "TY", stated if isinstance(stated, str) and re.fullmatch("[A-Z]{3,7}", stated) else _TYPES[what]
    yield "ID", record["id"]
    yield "TI", about.title(record)
    for name in record.get("authors") or ():
        family, given, suffix = parts(name)
        yield "AU", ", ".join(filter(None, (family, given, suffix)))
    if record.get("year"):
        yield "PY", str(record["year"])
    if record.get("venue"):
        yield {"article": "JF", "book": "BT"}.get(what, "T2"), record["venue"]
    if record.get("doi"):
        yield "DO", record["doi"]
    if record.get("url"):
        yield "UR", record["url"]
    if record.get("arxiv_id"):
        yield "AN", f"arXiv:{record['arxiv_id']}"
    for url in record.get("code_urls") or ["yes"] * bool(record.get("has_code")):
        yield "N1", f"Code: {url}"
    for word in record.get("keywords") or ():
        yield "KW", word
    if pages := extra.get("pages"):
        first, dash, last = str(pages).replace("--", "-").replace("–", "-").partition("-")
        yield "SP", first
        if dash and last:
            yield "EP", last
    for name, held in extra.items():
        tag = _TAGS.get(name) or (name if _TAG.fullmatch(name) else None)
        for value in held if isinstance(held, list) else [held]:
            if tag and isinstance(value, str | int | float) and str(value).strip():
                yield tag, str(value)
    if record.get("abstract"):
        yield "AB", record["abstract"]
