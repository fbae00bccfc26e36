"""Web of Science and other ISI plain text (`FN`, `PT J` … `ER`).

Tags after Clarivate's "Web of Science Core Collection field tags".
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
from paperctl.record.items import Entry, Fault, Item

NAME = "wos"
ABOUT = "Web of Science plain text (.isi, .txt, .ciw)"

_TAG = re.compile(r"([A-Z][A-Z0-9])(?: |$)(.*)")
_TYPE = re.compile(r"PT [A-Z]\s*$|PT (?:Journal|Book|Patent|Conference|Article)\b")
_END = re.compile(r"ER\s*$")
_TAGGED = re.compile(rf"{_TAG.pattern}|   ")
_FACTS = {
    "title": ("TI",),
    "abstract": ("AB",),
    "year": ("PY", "PD", "EA"),
    "venue": ("SO", "JI", "J9"),
    "doi": ("DI", "D2"),
}
_NAMES = {
    "PT": "publication_type",
    "DT": "type",
    "VL": "volume",
    "IS": "number",
    "PU": "publisher",
    "SN": "issn",
    "EI": "eissn",
    "BN": "isbn",
    "ID": "keywords_plus",
    "LA": "language",
    "C1": "affiliation",
    "CR": "references",
    "TC": "times_cited",
    "BE": "editor",
    "ED": "editor",
    "PM": "pmid",
    "PD": "date",
    "AU": "short_authors",
    "JI": "short_venue",
    "AR": "article_number",
    "SE": "series",
    "CT": "conference",
}
_ONE_A_LINE = ("CR", "C1")


def _begins(record: Tagged, tag: str, _blank: bool) -> bool:
    return tag == "PT"


_GRAMMAR = Grammar(_TAG, _begins, ends={"ER"}, outside={"FN", "VR", "EF"})


def sniff(dump: Dump) -> Sniff | None:
    lines = lines_of_head(dump.head)
    types, ends, tagged = (count(pattern, lines) for pattern in (_TYPE, _END, _TAGGED))
    if not types:
        return None
    name = next((line.strip() for line in lines[:2] if line.startswith("FN ")), "")
    why = f"{types} `PT ` and {ends} `ER` lines" + (f" under `{name}`" if name else "")
    if name and (ends or tagged > 2):
        return Sniff(0.98, why)
    return Sniff(0.9 if ends and tagged * 2 > len(lines) else 0.4, why)


def read(dump: Dump) -> Iterator[Item]:
    return items(dump.lines(), _GRAMMAR, _entry)


def _fits(fact: str, value: str) -> bool:
    if fact == "year":
        return bool(re.search(r"\b(?:1[5-9]|20)\d\d\b", value))  # PD is often the month alone
    return fact != "doi" or value.startswith("10.")


def _entry(record: Tagged) -> Entry | Fault:
    if not record.all("TI", "AB", "UT", "DI"):
        return Fault(record.lines, "a record without title (`TI`): check where it begins and ends")
    fields, used = facts_of(record, _FACTS, _fits)
    used |= {"AF", "DE", "UT", "BP", "EP", "PS", "CA", "GP", *_ONE_A_LINE}
    if not record.all("AF"):
        used.add("AU")
    names = record.all("AF") or record.all("AU")
    if authors := listed_names([*names, *record.all("CA", "GP")]):
        fields["authors"] = authors
    if words := unique(word for value in texts(record, "DE") for word in value.split(";")):
        fields["keywords"] = words
    extra = leftovers(record, used, _NAMES)
    for tag in _ONE_A_LINE:
        if several := parts(record, "\n", tag):
            extra[_NAMES[tag]] = several
    pages = "-".join(unique([first(record, "BP"), first(record, "EP")])) or first(record, "PS")
    if pages:
        extra["pages"] = pages
    return Entry(fields, record.lines, first(record, "UT", "AN") or None, extra)
