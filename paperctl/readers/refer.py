"""Refer and EndNote tags (`%0 Journal Article`, `%A`, `%T`), .enw.

Tags after refer(1) of the Berkeley distribution and EndNote's "Refer Import" filter.
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
    parts,
    texts,
    unique,
)
from paperctl.record.items import Entry, Fault, Item

NAME = "refer"
ABOUT = "EndNote and refer tags (.enw): Google Scholar, bepress, publishers"

_TAG = re.compile(r"(%[0-9A-Z@!?*#$&()=+<>\[\]~^])(?:[ \t]+|$)(.*)")
_FACTS = {
    "title": ("%T",),
    "abstract": ("%X",),
    "year": ("%D", "%8"),
    "venue": ("%J", "%B"),
    "doi": ("%R",),
}
_NAMES = {
    "%0": "type",
    "%V": "volume",
    "%N": "number",
    "%P": "pages",
    "%I": "publisher",
    "%C": "place",
    "%E": "editor",
    "%@": "issn",
    "%S": "series",
    "%G": "language",
    "%Z": "notes",
    "%O": "notes",
    "%8": "date",
    "%7": "edition",
    "%9": "subtype",
    "%!": "short_title",
    "%+": "affiliation",
    "%~": "database",
    "%L": "call_number",
    "%M": "accession",
    "%?": "translator",
    "%Y": "series_editor",
}


def _begins(record: Tagged, tag: str, blank: bool) -> bool:
    if tag == "%0":
        return record.has("%0") or blank
    return blank and record.has("%T") and tag in {"%A", "%T", "%D", "%J", "%B"}


_GRAMMAR = Grammar(_TAG, _begins)


def sniff(dump: Dump) -> Sniff | None:
    lines = [line for line in dump.head.split("\n") if line.strip()]
    tags = [found[1] for line in lines if (found := _TAG.match(line))]
    if not {"%T", "%A", "%0"} & set(tags) or len(tags) * 10 < len(lines) * 3:
        return None
    seen = sorted(set(tags))
    why = f"refer tags {' '.join(seen[:8])} on {len(tags)} of {len(lines)} lines"
    return Sniff(0.97 if "%T" in seen and len(seen) > 2 else 0.5, why)


def read(dump: Dump) -> Iterator[Item]:
    return items(dump.lines(), _GRAMMAR, _entry)


def _entry(record: Tagged) -> Entry | Fault:
    if not record.all("%T", "%X", "%R"):
        return Fault(record.lines, "a record without title: add a line `%T Title`")
    fields, used = facts_of(record, _FACTS)
    used |= {"%T", "%A", "%K", "%U", "%F"}
    if authors := listed_names(value.rstrip(",") for value in texts(record, "%A")):
        fields["authors"] = authors
    if words := parts(record, r"[\n;]", "%K"):
        fields["keywords"] = words
    urls = unique(texts(record, "%U"))
    if urls:
        fields["url"] = urls[0]
    extra = leftovers(record, used, _NAMES)
    if urls[1:]:
        extra["links"] = urls[1:]
    return Entry(fields, record.lines, first(record, "%F", "%M") or None, extra)
