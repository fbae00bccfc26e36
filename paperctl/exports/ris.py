"""RIS, for reference managers and screening tools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._kinds import Kind, kind
from paperctl.exports._places import PLACES, left_over, own_fields
from paperctl.record import Record, by_name
from paperctl.record.marks import line_of, tags_of
from paperctl.record.names import OTHERS, authors_in_parts, is_incomplete

if TYPE_CHECKING:
    from paperctl.normalise.dates import Day

NAME = "ris"
ABOUT = "RIS, for Zotero, EndNote, Rayyan, Covidence"
SUFFIX = ".ris"
CITES = True

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
_FIELDS = (
    ("year", "PY", ""),
    ("venue", "", ""),
    ("doi", "DO", ""),
    ("url", "UR", ""),
    ("arxiv_id", "AN", "arXiv:"),
)
"""A record's keys, their tags in order ("" for that of the venue), and what stands before the value."""
_VENUE_TAGS: dict[Kind, str] = {"article": "JF", "book": "BT"}
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
    "notes": "N1",
}
# A dump's own tag goes out under its own name, but for those that make or end a record.
_TAG = re.compile(r"(?!TY|ER|ID|TI|AU|PY|AB|SP|EP)[A-Z][A-Z0-9]")


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """One record for each paper, every value on one line; the paper's id is its `ID`.

    RIS has no mark for a list of authors that is not whole: programs take "et al." among them for a person,
    so it stands in a note. What RIS has no tag for is left out: `extra` fields other than the common ones.
    """
    for record in records:
        yield "".join(f"{tag}  - {about.one_line(value)}\n" for tag, value in _lines(record)) + "ER  - \n\n"


def left(record: Record) -> Iterator[str]:
    """What RIS has no tag for: of the dumps' own fields all but the common ones."""
    written = {"type", "pages", *(["date"] if about.days(record) else ())}
    written |= set() if record.get("year") else {"year"}
    return left_over(record, PLACES, lambda name, value: name in written or bool(_tagged(name, value)))


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    """Tags and values of a record in their order."""
    extra = own_fields(record)
    values = {**by_name(record), "year": about.year(record)}
    what = kind(record)
    yield "TY", _type(extra.get("type"), what)
    yield "ID", record["id"]
    yield "LB", about.cite_key(record)
    yield "TI", about.title(record)
    for name in authors_in_parts(record):
        yield "AU", ", ".join(filter(None, name))
    for key, tag, prefix in _FIELDS:
        if values.get(key):
            yield tag or _VENUE_TAGS.get(what, "T2"), f"{prefix}{values[key]}"
    if days := about.days(record):
        yield "DA", _date(days)
    if is_incomplete(record):
        yield "N1", f"Authors: {OTHERS}"
    for url in record.get("code_urls") or ["yes"] * bool(record.get("has_code")):
        yield "N1", f"Code: {url}"
    for word in (*(record.get("keywords") or ()), *tags_of(record)):
        yield "KW", word
    if line := line_of(record):
        yield "N1", line
    yield from _pages(extra.get("pages"))
    yield from _extra_lines(extra)
    if abstract := record.get("abstract"):
        yield "AB", abstract


def _type(stated: object, what: Kind) -> str:
    """The type that the dump states, if it is one of RIS, else the one for this kind of work."""
    return stated if isinstance(stated, str) and re.fullmatch("[A-Z]{3,7}", stated) else _TYPES[what]


def _date(days: Sequence[Day]) -> str:
    """A date of RIS, YYYY/MM/DD/ and further text: of a range, its last day."""
    first, *last = ([f"{part:02}" for part in day] for day in days)
    return "/".join([*first, ""][:3]) + "/" + "".join("-".join(day) for day in last)


def _pages(pages: object) -> Iterator[tuple[str, str]]:
    if not pages:
        return
    first, _, last = str(pages).replace("--", "-").replace("–", "-").partition("-")
    yield "SP", first
    if last:
        yield "EP", last


def _extra_lines(extra: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The dump's own fields that RIS has a tag for, a line for each value."""
    for name, values in extra.items():
        yield from _tagged(name, values)


def _tagged(name: str, values: object) -> list[tuple[str, str]]:
    """A dump's own field with its tag, once for each value; none if RIS has no tag for it."""
    tag = _TAGS.get(name) or (name if _TAG.fullmatch(name) else "")
    listed = values if isinstance(values, list) else [values]
    texts = [str(value) for value in listed if isinstance(value, str | int | float) and str(value).strip()]
    return [(tag, text) for text in texts] if tag else []
