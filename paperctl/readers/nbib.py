"""MEDLINE/PubMed tagged text (.nbib), also as ERIC writes it.

Tags after the NLM's "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._tagged import (
    Grammar,
    Tagged,
    facts_of,
    first,
    items,
    leftovers,
    listed_names,
    texts,
    unique,
)
from paperctl.readers._values import filled, stated
from paperctl.record.items import Entry, Fault, Item
from paperctl.text.patterns import DOI_PREFIX

NAME = "nbib"
ABOUT = "MEDLINE tagged text (.nbib, PubMed format): PubMed, ERIC"

_TAG = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")
# Tags that no other tagged format has.
_OWN_TAGS = {
    *("PMID", "OWN", "STAT", "FAU", "JT", "MH", "AID", "LID", "JID", "DCOM", "PST", "EDAT", "CRDT", "PMC"),
    *("PMCR", "BTI", "MHDA", "IRAD", "PHST"),
}
_NAMES = {
    "VI": "volume",
    "IP": "number",
    "PG": "pages",
    "IS": "issn",
    "ISSN": "issn",
    "ISBN": "isbn",
    "PT": "type",
    "PMC": "pmcid",
    "LA": "language",
    "AD": "affiliation",
    "AU": "short_authors",
    "TA": "short_venue",
    "PL": "place",
    "PB": "publisher",
    "GR": "grant",
    "FED": "editor",
    "ED": "editor",
    "SO": "citation",
    "TT": "translated_title",
    "DEP": "date",
    "OID": "other_id",
}
_FACTS = {
    "title": ("TI", "BTI", "CTI", "VTI"),
    "abstract": ("AB", "OAB"),
    "year": ("DP", "YR"),
    "venue": ("JT", "TA", "BTI"),
}
_DOI = re.compile(rf"(?:doi:\s*)?({DOI_PREFIX}\S+)(?:\s*\[doi\])?", re.I)


def _begins(record: Tagged, tag: str, blank: bool) -> bool:
    if tag == "PMID":
        return record.has("PMID") or (blank and record.has("TI"))
    return blank and tag == record.pairs[0][0]


_GRAMMAR = Grammar(_TAG, _begins, between=re.compile(r"\S"))


def sniff(dump: Dump) -> Sniff | None:
    lines = [line for line in dump.head.split("\n") if line.strip()]
    tags = [found[1] for line in lines if (found := _TAG.match(line))]
    own = _OWN_TAGS & set(tags)
    if not own or "TY" in tags or len(set(tags)) < 2:
        return None
    tagged = sum(1 for line in lines if _TAG.match(line) or line.startswith("      "))
    share = tagged / len(lines)
    why = f"MEDLINE tags {' '.join(sorted(own)[:6])}; {tagged} of {len(lines)} lines tagged"
    sure = 0.97 if "PMID" in own or len(own) > 3 else 0.85 if len(own) > 1 else 0.55
    return Sniff(round(sure * min(1.0, 0.2 + share), 2), why)


def read(dump: Dump) -> Iterator[Item]:
    return items(dump.lines(), _GRAMMAR, _entry)


def _entry(record: Tagged) -> Entry | Fault:
    if not record.has("PMID") and not record.all("TI", "BTI", "AB"):
        return Fault(
            record.lines, "tagged lines without PMID, title or abstract: check where the record begins"
        )
    fields, used = facts_of(record, _FACTS)
    used |= {"PMID", "FAU", "MH", "OT", "CN"}
    if not record.all("FAU"):
        used.add("AU")
    pmid = first(record, "PMID").split(" ")[0]
    fields |= stated(
        title=" ".join(texts(record, "TI")),  # a repeated TI goes on with the title
        authors=_authors(record),
        doi=_doi(record),
        url=next((v for v in record.all("LID", "AID", "URL", "URLF") if v.startswith("http")), ""),
        keywords=unique([*texts(record, "OT"), *(word.split("/")[0] for word in texts(record, "MH"))]),
    )
    extra = leftovers(record, used, _NAMES) | filled(pmid=pmid)
    return Entry(fields, record.lines, pmid or first(record, "OID") or None, extra)


def _authors(record: Tagged) -> list[str]:
    """The people, by their full names where these stand, and the groups."""
    people = texts(record, "FAU") or texts(record, "AU")
    return [*listed_names(name.replace("\n", " ") for name in people), *texts(record, "CN")]


def _doi(record: Tagged) -> str:
    stated = (v for v in record.all("LID", "AID", "SO") if "doi" in v.lower())
    found = next((found for value in stated if (found := _DOI.search(value))), None)
    return found[1].rstrip(".") if found else ""
