"""Web of Science and other ISI plain text (`FN`, `PT J` … `ER`).

Tags after Clarivate's "Web of Science Core Collection field tags".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._tagged import Grammar, Tagged, first, items, leftovers, listed_names, text_of, unique
from paperctl.record.items import Entry, Fault, Item

NAME = "wos"
ABOUT = "Web of Science plain text (.isi, .txt, .ciw)"

_TAG = re.compile(r"([A-Z][A-Z0-9])(?: |$)(.*)")
_TYPE = re.compile(r"PT [A-Z]\s*$|PT (?:Journal|Book|Patent|Conference|Article)\b")
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
    lines = [line for line in dump.head.split("\n") if line.strip()]
    types = sum(1 for line in lines if _TYPE.match(line))
    ends = sum(1 for line in lines if line.rstrip() == "ER")
    if not types:
        return None
    name = next((line.strip() for line in lines[:2] if line.startswith("FN ")), "")
    tagged = sum(1 for line in lines if _TAG.match(line) or line.startswith("   "))
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
    fields: dict[str, Any] = {}
    used = {"AF", "DE", "UT", "BP", "EP", "PS"}
    for fact, tags in {
        "title": ("TI",),
        "abstract": ("AB",),
        "year": ("PY", "PD", "EA"),
        "venue": ("SO", "JI", "J9"),
        "doi": ("DI", "D2"),
    }.items():
        for tag in tags:
            if fact not in fields and (value := first(record, tag)):
                if not _fits(fact, value):
                    continue
                fields[fact] = value
                used.add(tag)
    names = record.all("AF") or record.all("AU")
    if not record.all("AF"):
        used.add("AU")
    if authors := listed_names([*names, *record.all("CA", "GP")]):
        fields["authors"] = authors
        used |= {"CA", "GP"} & {tag for tag, _ in record.pairs}
    if words := unique(word for value in record.all("DE") for word in text_of(value).split(";")):
        fields["keywords"] = words
    extra = leftovers(record, used | set(_ONE_A_LINE), _NAMES)
    for tag in _ONE_A_LINE:
        if several := unique(line for value in record.all(tag) for line in value.split("\n")):
            extra[_NAMES[tag]] = several
    pages = "-".join(unique([first(record, "BP"), first(record, "EP")])) or first(record, "PS")
    if pages:
        extra["pages"] = pages
    return Entry(fields, record.lines, first(record, "UT", "AN") or None, extra)
