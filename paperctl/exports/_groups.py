"""The groups of a reading list: by part of the dump, topic, year, venue, source or decision."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._markdown import by_topic, escaped
from paperctl.exports._regenerate import Line, Section
from paperctl.record import Record

_WITH_PARTS = frozenset(("slide-deck", "markdown"))
"""Formats of dumps that have parts under headings."""


def grouped(records: Sequence[Record], request: Request, item: Callable[[Record], Line]) -> list[Section]:
    """A section for each group that `request.group_by` makes, a paper once; by topic if it names nothing."""
    by = request.group_by or "topic"
    if by == "topic":
        return by_topic(records, request, item)
    name = _NAMES[by]
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(name(record), []).append(record)
    rest = groups.pop("", [])
    sections = [
        Section(
            f"#group/{by}/{quote(label, safe='')}", f"## {escaped(label)}", [item(r) for r in groups[label]]
        )
        for label in sorted(groups, key=_order(by, records))
    ]
    if rest:
        heading = "## Other papers" if sections else "## Papers"
        sections.append(Section("#other", heading, [item(record) for record in rest]))
    return sections


def _order(by: str, records: Sequence[Record]) -> Callable[[str], Any]:
    """How the labels of groups are ordered."""
    if by == "year":
        return lambda label: -int(label)
    if by == "venue":
        return str.casefold
    if by == "decision":
        return list(_DECISIONS.values()).index
    # In the order in which dumps were read. A paper that another dump had before tells little of the order
    # of parts, so it counts only where a part has no others.
    name = _NAMES[by]
    files: dict[str, int] = {}
    places: dict[str, tuple[object, ...]] = {}
    for place, record in enumerate(records):
        file = files.setdefault(_source(record), len(files))
        label, elsewhere = name(record), by == "section" and not _first_read_under_a_heading(record)
        found = (elsewhere, file, _part(record) if by == "section" else (), place)
        places[label] = min(places.get(label, found), found)
    return places.__getitem__


def _part(record: Record) -> tuple[bool, list[tuple[int, str]]]:
    """Orders the lettered parts of a deck: a, b-1, b-10, c, other. A code table at its end may be all that
    names a paper, so the lines at which papers stand do not give the order."""
    extra = record.get("extra") or {}
    part = extra.get("section") if extra.get("section_title") else None
    words = re.findall(r"[a-z]+|[0-9]+", part.lower()) if isinstance(part, str) else []
    return part == "other", [(int(word), "") if word.isdecimal() else (0, word) for word in words]


def _first_read_under_a_heading(record: Record) -> bool:
    sources = record.get("sources") or []
    return bool(sources) and sources[0].get("format") in _WITH_PARTS


def _section(record: Record) -> str:
    """The heading that a paper stood under, with the letter of a deck's part: "b-1) Efficient ViT"."""
    extra = record.get("extra") or {}
    part, heading = extra.get("section"), extra.get("section_title")
    if not isinstance(part, str):
        return ""
    if not isinstance(heading, str):
        return about.one_line(part)
    return about.one_line(heading if part == "other" else f"{part}) {heading}")


def _source(record: Record) -> str:
    sources = record.get("sources") or ()
    return next((PurePath(str(source["file"])).name for source in sources if source.get("file")), "")


_DECISIONS: dict[str | None, str] = {"keep": "Kept", "maybe": "Maybe", None: "Undecided", "skip": "Skipped"}
_NAMES: dict[str, Callable[[Record], str]] = {
    "section": _section,
    "year": lambda record: str(record.get("year") or ""),
    "venue": lambda record: about.one_line(record.get("venue") or ""),
    "source": _source,
    "decision": lambda record: _DECISIONS.get(record.get("decision"), "Undecided"),
}
