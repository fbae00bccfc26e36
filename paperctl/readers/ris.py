"""RIS, as Scopus, Embase, Ovid, ProQuest, Rayyan, Covidence, Zotero and the publishers write it.

Tags after the RIS specification (Research Information Systems, 2011) and the dialects seen in
real files: one or no space around the dash, no `ER`, numbers and provider lines between records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._tagged import (
    Grammar,
    Tagged,
    count,
    facts_of,
    first,
    items,
    leftovers,
    lines_of_head,
    listed_names,
    parts,
    texts,
    unique,
)
from paperctl.readers._values import filled, stated
from paperctl.record.ids import is_id
from paperctl.record.items import Entry, Fault, Item, Raw
from paperctl.record.names import BODIES, OTHERS

NAME = "ris"
ABOUT = "RIS (.ris, .txt): Scopus, Embase, Ovid, ProQuest, Rayyan, Covidence, Zotero, publishers"

_TAG = re.compile(r"\s{0,3}([A-Z][A-Z0-9]|PMID|PMCID)[ \t]{0,3}-(?:[ \t]+|$|(?<=  -))(.*)")
_TYPE = re.compile(r"\s{0,3}TY[ \t]{0,3}-[ \t]+\S")
_END = re.compile(r"\s{0,3}ER[ \t]{0,3}-")
_TITLE = re.compile(r"(?:TI|T1)  - ")
_BETWEEN = re.compile(r"(?:\d+\.\s*$|Provider:|Database:|Content:|Record #|%|Record \d+ of)")


def _begins(record: Tagged, tag: str, _blank: bool) -> bool:
    return tag == "TY" and record.has("TY")


def _begins_after_end(record: Tagged, _tag: str, _blank: bool) -> bool:
    return record.ended


_GRAMMAR = Grammar(_TAG, _begins, ends={"ER"}, between=_BETWEEN)
_TYPE_WITHIN = Grammar(_TAG, _begins_after_end, ends={"ER"}, between=_BETWEEN)
"""For files whose records begin with any tag: only the end mark parts them."""

_NAMES = {
    "TY": "type",
    "VL": "volume",
    "VO": "volume",
    "IS": "number",
    "CP": "number",
    "PB": "publisher",
    "PU": "publisher",
    "SN": "issn",
    "CY": "place",
    "PP": "place",
    "A2": "editor",
    "ED": "editor",
    "LA": "language",
    "DB": "database",
    "DP": "database_provider",
    "AD": "affiliation",
    "AN": "accession",
    "ET": "edition",
    "ST": "short_title",
    "TT": "translated_title",
    "Y2": "accessed",
    "DA": "date",
    "N1": "notes",
    "T3": "series",
    "PMID": "pmid",
    "PMCID": "pmcid",
}
_RANGE = re.compile(r"\s*[–—]\s*|--")
_MEETINGS = {"CONF", "CPAPER"}
_BOOKS = {"BOOK", "EBOOK", "EDBOOK", "WHOLE"}


def sniff(dump: Dump) -> Sniff | None:
    lines = lines_of_head(dump.head)
    types, tags, ends = (count(pattern, lines) for pattern in (_TYPE, _TAG, _END))
    share = f"{tags} of {len(lines)} lines tagged"
    if not types:
        titled = ends and count(_TITLE, lines)
        return Sniff(0.6, f"RIS tags and `ER  -`, no `TY  - `; {share}") if titled else None
    why = f"{types} `TY  - ` and {ends} `ER  -` lines, {share}"
    if tags - types - ends <= 0 and not ends:
        return Sniff(0.3, why)
    return Sniff(0.97 if tags * 10 > len(lines) * 3 or ends else 0.85, why)


def read(dump: Dump) -> Iterator[Item]:
    return items(dump.lines(), _TYPE_WITHIN if _type_within(dump.head) else _GRAMMAR, _entry)


def _type_within(head: str) -> bool:
    """Whether `TY` stands somewhere within the records: tags come before it, in the first too."""
    before: list[int] = []
    count = 0
    for line in head.split("\n"):
        tag = found[1] if (found := _TAG.match(line)) else ""
        if tag == "TY":
            before.append(count)
        count = 0 if tag == "ER" else count + bool(tag)
    return bool(before) and before[0] > 0 and sum(n > 0 for n in before) * 2 > len(before)


def _entry(record: Tagged) -> Entry | Fault:
    lines = record.lines
    if not record.has("TY") and not record.all("TI", "T1", "AB", "N2"):
        return Fault(
            lines, "tagged lines without `TY  - `, title or abstract: begin the record with `TY  - `"
        )
    kind = first(record, "TY").upper()
    fields, used = facts_of(
        record,
        {
            "title": ("TI", "T1", "CT", *(("BT", "T2") if kind in _BOOKS else ())),
            "abstract": ("AB", "N2"),
            "year": ("PY", "Y1", "YR", "DA"),
            "venue": _venue_tags(kind),
            "doi": ("DO", "DI"),
        },
    )
    used |= {"TI", "T1", "AU", "A1", "PY", "DO", "KW", "UR", "ID", "SP", "EP"}
    urls = parts(record, r"[;\s]+(?=https?://)", "UR")
    fields |= stated(
        authors=listed_names(_authors(record)), keywords=parts(record, "\n", "KW"), url="".join(urls[:1])
    )
    _take_ours(record, fields)
    key = first(record, "ID")
    if not key and (key := first(record, "AN")):
        used.add("AN")
    extra = leftovers(record, used, _NAMES) | filled(
        pages=_pages(first(record, "SP"), first(record, "EP")),
        **{BODIES: _bodies(record)},
        # A work known by several titles keeps them all.
        other_titles=[t for t in unique(texts(record, "TI", "T1")) if t != fields.get("title")],
        links=urls[1:],
    )
    if (label := _label(record)) is not None:
        extra["included"] = label
    return Entry(fields, lines, key or None, extra)


def _pages(start: str, end: str) -> str:
    """The pages of a work. `SP` may hold them all, their end written short, as "101-13" with `EP` 113."""
    start = _RANGE.sub("-", start)
    first_page, _, last = start.partition("-")
    if last and last.isdigit() and end.isdigit() and end.endswith(last):
        start = first_page
    return "-".join(unique([start, end]))


def _authors(record: Tagged) -> list[str]:
    """First authors, then those that only `A1` names."""
    named, others = texts(record, "AU"), texts(record, "A1")
    return named + [name for name in others if name not in named]


def _bodies(record: Tagged) -> list[str]:
    """Authors that are no people: with a comma at the end, as EndNote has them, or none in our own files."""
    ours = is_id(first(record, "ID"))
    return [
        name.rstrip(", ") for name in _authors(record) if name.endswith(",") or (ours and "," not in name)
    ]


def _venue_tags(kind: str) -> tuple[str, ...]:
    """Where a type of reference keeps what it appeared in, after the RIS specification's table by type."""
    if kind in _BOOKS:
        return ("JF", "JO", "BT", "JA", "J2", "J1")
    if kind in _MEETINGS:  # T2 is the series there, and C3 the volume of the proceedings
        return ("C3", "JF", "BT", "T2", "JO", "T3", "JA", "J2", "J1")
    if kind == "CHAP":
        return ("BT", "T2", "JF", "JO", "JA", "J2", "J1")
    return ("JF", "T2", "JO", "BT", "SO", "JA", "J2", "J1")


def _take_ours(record: Tagged, fields: Raw) -> None:
    """Takes out what paperctl's own export writes where RIS has no tag: the arXiv id, links to code, the
    cite key, that further authors are not named."""
    ours = is_id(first(record, "ID"))
    for tag, value in list(record.pairs):
        name, _, stated = value.partition(":")
        if tag == "AN" and name == "arXiv":
            fields["arxiv_id"] = stated
        elif tag == "LB" and ours:
            fields["citekey"] = value
        elif tag == "N1" and value == f"Authors: {OTHERS}":
            fields.setdefault("authors", []).append(OTHERS)
        elif tag == "N1" and name == "Code" and (stated == " yes" or "://" in stated):
            fields.setdefault("code_urls", []).append(stated.strip())
            fields["has_code"] = True
        else:
            continue
        record.pairs.remove((tag, value))


def _label(record: Tagged) -> int | None:
    """The decision that ASReview keeps in the notes, as 1 or 0."""
    notes = {note.strip() for note in record.all("N1")}
    return 1 if "ASReview_relevant" in notes else 0 if "ASReview_irrelevant" in notes else None
