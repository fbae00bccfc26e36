"""RIS, as Scopus, Embase, Ovid, ProQuest, Rayyan, Covidence, Zotero and the publishers write it.

Tags after the RIS specification (Research Information Systems, 2011) and the dialects seen in
real files: one or no space around the dash, no `ER`, numbers and provider lines between records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._tagged import Grammar, Tagged, first, items, leftovers, listed_names, text_of, unique
from paperctl.record.items import Entry, Fault, Item

NAME = "ris"
ABOUT = "RIS (.ris, .txt): Scopus, Embase, Ovid, ProQuest, Rayyan, Covidence, Zotero, publishers"

_TAG = re.compile(r"\s{0,3}([A-Z][A-Z0-9]|PMID|PMCID)[ \t]{0,3}-(?:[ \t]+|$|(?<=  -))(.*)")
_TYPE = re.compile(r"\s{0,3}TY[ \t]{0,3}-[ \t]+\S")
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
_MEETINGS = {"CONF", "CPAPER"}
_BOOKS = {"BOOK", "EBOOK", "EDBOOK", "WHOLE"}


def sniff(dump: Dump) -> Sniff | None:
    lines = [line for line in dump.head.split("\n") if line.strip()]
    types = sum(1 for line in lines if _TYPE.match(line))
    tags = sum(1 for line in lines if _TAG.match(line))
    ends = sum(1 for line in lines if re.match(r"\s{0,3}ER[ \t]{0,3}-", line))
    why = f"{types} `TY  - ` and {ends} `ER  -` lines, {tags} of {len(lines)} lines tagged"
    if not types:
        titled = any(re.match(r"(?:TI|T1)  - ", line) for line in lines) and ends
        return (
            Sniff(0.6, f"RIS tags and `ER  -`, no `TY  - `; {tags} of {len(lines)} lines tagged")
            if titled
            else None
        )
    if tags - types - ends <= 0 and not ends:
        return Sniff(0.3, why)
    return Sniff(0.97 if tags * 10 > len(lines) * 3 or ends else 0.85, why)


def read(dump: Dump) -> Iterator[Item]:
    return items(dump.lines(), _TYPE_WITHIN if _type_within(dump.head) else _GRAMMAR, _entry)


def _type_within(head: str) -> bool:
    """Whether `TY` stands somewhere within the records: more than one tag comes before it after an end."""
    before: list[int] = []
    count = 0
    for line in head.split("\n"):
        tag = found[1] if (found := _TAG.match(line)) else ""
        if tag == "TY":
            before.append(count)
        count = 0 if tag == "ER" else count + bool(tag)
    return bool(before) and before[0] > 1 and sum(n > 1 for n in before) * 2 > len(before)


def _entry(record: Tagged) -> Entry | Fault:
    lines = record.lines
    if not record.has("TY") and not record.all("TI", "T1", "AB", "N2"):
        return Fault(
            lines, "tagged lines without `TY  - `, title or abstract: begin the record with `TY  - `"
        )
    kind = first(record, "TY").upper()
    used = {"TI", "T1", "AU", "A1", "PY", "DO", "KW"}
    fields: dict[str, Any] = {}

    def take(fact: str, *tags: str) -> None:
        """The first of these tags that has a value; the others stay for `extra`."""
        for tag in tags:
            if fact not in fields and (value := first(record, tag)):
                fields[fact] = value
                used.add(tag)

    take("title", "TI", "T1", "CT", *(("BT", "T2") if kind in _BOOKS else ()))
    take("abstract", "AB", "N2")
    take("year", "PY", "Y1", "YR", "DA")
    take("venue", *_venue_tags(kind))
    take("doi", "DO", "DI")
    first_named = [text_of(v) for v in record.all("AU")]
    others = [text_of(v) for v in record.all("A1")]
    if authors := first_named + [name for name in others if name not in first_named]:
        fields["authors"] = listed_names(authors)
    if words := unique(w for value in record.all("KW") for w in value.split("\n")):
        fields["keywords"] = words
    # A work known by several titles keeps them all.
    titles = [t for t in unique(text_of(v) for v in record.all("TI", "T1")) if t != fields.get("title")]
    urls = unique(url for value in record.all("UR") for url in re.split(r"[;\s]+(?=https?://)", value))
    if urls:
        fields["url"] = urls[0]
        used.add("UR")
    _take_ours(record, fields)
    key = first(record, "ID") or first(record, "AN") or None
    used.add("ID")
    if key and not first(record, "ID"):
        used.add("AN")
    extra = leftovers(record, used | {"SP", "EP"}, _NAMES)
    pages = "-".join(unique([first(record, "SP"), first(record, "EP")]))
    extra |= {
        name: value
        for name, value in (("pages", pages), ("other_titles", titles), ("links", urls[1:]))
        if value
    }
    if (label := _label(record)) is not None:
        extra["included"] = label
    return Entry(fields, lines, key, extra)


def _venue_tags(kind: str) -> tuple[str, ...]:
    """Where a type of reference keeps what it appeared in, after the RIS specification's table by type."""
    if kind in _BOOKS:
        return ("JF", "JO", "BT", "JA", "J2", "J1")
    if kind in _MEETINGS:  # T2 is the series there, and C3 the volume of the proceedings
        return ("C3", "JF", "BT", "T2", "JO", "T3", "JA", "J2", "J1")
    if kind == "CHAP":
        return ("BT", "T2", "JF", "JO", "JA", "J2", "J1")
    return ("JF", "T2", "JO", "BT", "SO", "JA", "J2", "J1")


def _take_ours(record: Tagged, fields: dict[str, Any]) -> None:
    """Takes out what paperctl's own export writes where RIS has no tag: the arXiv id and links to code."""
    for tag, value in list(record.pairs):
        name, _, stated = value.partition(":")
        if tag == "AN" and name == "arXiv":
            fields["arxiv_id"] = stated
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
