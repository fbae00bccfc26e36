"""CSL-JSON, for pandoc, citeproc and Zotero (citationstyles.org, schema 1.0.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._kinds import Kind, kind
from paperctl.exports._places import own_fields
from paperctl.record import Record, by_name
from paperctl.record.marks import line_of, tags_of
from paperctl.record.names import Name, authors_in_parts, is_incomplete

NAME = "csl-json"
ABOUT = "CSL-JSON, for pandoc, citeproc and Zotero"
SUFFIX = ""
CITES = True

_TYPES: dict[Kind, str] = {
    "article": "article-journal",
    "conference": "paper-conference",
    "preprint": "article",
    "book": "book",
    "chapter": "chapter",
    "thesis": "thesis",
    "report": "report",
    "web": "webpage",
    "data": "dataset",
    "other": "document",
}
_OTHERS = {"literal": "others"}
"""What citeproc takes for "et al.": CSL has no mark of its own for a list that is not whole."""
_VARIABLES = {"venue": "container-title", "doi": "DOI", "url": "URL", "abstract": "abstract"}
_VARIABLES_OF_EXTRA = {
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "publisher": "publisher",
    "place": "publisher-place",
    "issn": "ISSN",
    "isbn": "ISBN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "edition": "edition",
    "language": "language",
}


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """An array with one item for each paper; ids are the cite keys that the BibTeX export gives.

    What CSL has no variable for stands in `custom`, which the schema leaves to applications.
    """
    opened = "[\n"
    for record in records:
        yield opened + msgspec.json.encode(_item(record, about.cite_key(record))).decode()
        opened = ",\n"
    yield "[]\n" if opened == "[\n" else "\n]\n"


def _item(record: Record, key: str) -> dict[str, object]:
    extra = own_fields(record)
    item: dict[str, Any] = {"id": key, "type": _TYPES[kind(record)], "title": about.title(record)}
    if record.get("authors"):
        item["author"] = [_person(name) for name in authors_in_parts(record)]
        item["author"] += [_OTHERS] if is_incomplete(record) else []
    if year := record.get("year"):
        item["issued"] = {"date-parts": about.days(record) or [(year,)]}
    elif in_its_place := about.year(record):
        item["issued"] = {"literal": in_its_place}
    values = by_name(record)
    for name, variable in _VARIABLES.items():
        if values.get(name):
            item[variable] = about.one_line(values[name])
    if words := [*(record.get("keywords") or ()), *tags_of(record)]:
        item["keyword"] = "; ".join(map(about.one_line, words))
    if line := line_of(record):
        item["note"] = about.one_line(line)
    item |= _of_extra(extra)
    custom = {name: values[name] for name in ("arxiv_id", "code_urls", "has_code") if values.get(name)}
    item["custom"] = {**custom, "extra": extra, "paperctl_id": record["id"]}
    return item


def _of_extra(extra: Mapping[str, object]) -> dict[str, str]:
    found = {
        variable: about.one_line(held)
        for name, variable in _VARIABLES_OF_EXTRA.items()
        if isinstance(held := extra.get(name), str | int)
    }
    if "page" in found:
        found["page"] = found["page"].replace("--", "-").replace("–", "-")
    return found


def _person(name: Name) -> dict[str, str]:
    family, given, suffix = name
    if not given:
        return {"literal": family}
    return {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}
