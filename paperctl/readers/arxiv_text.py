"""arXiv as text: its announcement mails, and its listing pages copied from the browser.

A mail parts its entries by lines of two backslashes and wraps its fields with an indent; a
listing page puts "[3] arXiv:2403.08763 [pdf, ...]" before the fields, and the authors stand on a
line of their own. Format of the mails: https://info.arxiv.org/help/subscribe.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._arxiv import journal_reference, withdrawn, year_of_id
from paperctl.readers._text import people, prose
from paperctl.record.items import Entry, Fault, Item, Markup, Skip
from paperctl.text.patterns import ARXIV

NAME = "arxiv-text"
ABOUT = "arXiv announcement mails and listing pages copied as text"

_START = re.compile(
    r"(?:\[\d{1,5}\]\s*|\\\\\s*)?(?:replaced with |cross-list: )?"
    r"(?:arXiv:\s?|Paper(?: \(\*cross-listing\*\))?:\s+(?:arXiv:)?)"
    rf"({ARXIV})(?:v\d+)?\b(.*)"
)
_LABEL = re.compile(
    r"(Title|Authors?|Categories|Comments?|Subjects?|Journal-ref|DOI|Report-no|MSC-class|ACM-class|License|From|Date"
    r"|Proxy|Abstract|Submitted|Related DOI|Date \([^)]*\)|replaced with revised version)\s?:\s*(.*)"
)
_REPLACED = re.compile(r"(?:replaced with|revised|cross-?list)\b.*\d{4}", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:-{5,}|={5,}|_{5,}|\\\\.*|%[-%]*)\s*")
_PAGE = re.compile(r"(?:New|Cross|Replacement) submissions|Showing \w+|Total of \d+|\w{3,6}day, |\[Total of")
_NAMES = {"title": "title", "author": "authors", "authors": "authors", "doi": "doi", "abstract": "abstract"}


@dataclass(slots=True)
class _Open:
    """The entry being read."""

    first: int
    last: int
    key: str
    values: dict[str, list[str]] = field(default_factory=dict)
    label: str = ""
    rules: int = 0


def sniff(dump: Dump) -> Sniff | None:
    lines = dump.head.split("\n")
    starts = sum(bool(_START.match(line)) for line in lines)
    titles = sum(line.startswith("Title:") for line in lines)
    if not starts or titles < 0.5 * starts:
        return None
    backslashes = sum(line.startswith("\\\\") for line in lines)
    kind = "mail" if backslashes >= starts else "listing"
    return Sniff(0.97 if starts > 1 else 0.9, f"arXiv {kind}: {starts} entries with their arXiv id and title")


def read(dump: Dump) -> Iterator[Item]:
    markup: Markup = "tex" if re.search(r"^\\\\", dump.head, re.MULTILINE) else "plain"
    current: _Open | None = None
    skip: Skip | None = None
    blank = False
    for number, line in dump.lines():
        if not line.strip():
            blank = True
            continue
        start = _START.match(line)
        rule = bool(_RULE.fullmatch(line))
        if start or (rule and current and _ends(current, line)):
            if current:
                yield _entry(current, markup)
            current = None
        if start:
            current = _Open(number, number, start[1])
        if current and not start and rule:
            current.rules += 1
            current.label = "abstract" if current.rules == 1 else ""
            current.last = number
        elif current and not start:
            taken = _take(current, line, blank)
            current.last = number if taken else current.last
        if current and current.last == number:
            if skip:
                yield skip
            skip = None
        else:
            reason = "rule between entries" if rule else "mail or page text between entries"
            if current and not start:
                # What an entry does not take ends it: the next heading of the page.
                yield _entry(current, markup)
                current = None
            if skip and skip.reason != reason:
                yield skip
                skip = None
            skip = Skip((skip.lines[0] if skip else number, number), reason)
        blank = False
    if current:
        yield _entry(current, markup)
    if skip:
        yield skip


def _ends(current: _Open, line: str) -> bool:
    """Whether a rule ends the entry: dashes do, backslashes do after the abstract."""
    return not line.startswith("\\\\") or current.rules >= 1


def _take(current: _Open, line: str, blank: bool) -> bool:
    """Put a line where it belongs in the entry; False if it does not."""
    text = line.strip()
    if not current.rules and _PAGE.match(text):
        return False
    if not current.rules and not current.values and _REPLACED.match(text):
        current.values["replaced"] = [text]
        return True
    label = _LABEL.match(line.lstrip()) if not (current.rules and current.label == "abstract") else None
    if label:
        current.label = label[1].lower().replace("-", "_")
        current.values.setdefault(current.label, []).append(label[2])
    elif current.rules:
        current.values.setdefault("abstract", []).append(text)
    elif current.label and line[:1].isspace():
        current.values[current.label].append(text)
    elif current.label == "title" and not blank and "authors" not in current.values:
        current.values["authors"] = [text]
        current.label = "authors"
    elif current.label and prose(text) > 4:
        # Listing pages of new papers set the abstract as a paragraph of its own.
        current.label = "abstract"
        current.values.setdefault("abstract", []).append(text)
    elif current.label and not blank:
        current.values[current.label].append(text)
    else:
        return False
    return True


def _entry(current: _Open, markup: Markup) -> Item:
    values = {name: " ".join(" ".join(parts).split()) for name, parts in current.values.items()}
    title = values.get("title", "")
    lines = (current.first, current.last)
    if not title:
        return Fault(lines, f"arXiv:{current.key} has no title: add a line that begins with Title:")
    fields: dict[str, Any] = {"arxiv_id": current.key, "url": f"https://arxiv.org/abs/{current.key}"}
    extra: dict[str, Any] = {}
    for name, value in values.items():
        known = _NAMES.get(name)
        if known == "authors":
            fields["authors"] = people(value)
        elif known:
            fields[known] = value
        elif value:
            extra[name] = value
    year = re.search(r"\b(?:19|20)\d\d\b", values.get("date", ""))
    fields["year"] = year_of_id(current.key) or (int(year[0]) if year else None)
    venue, told = journal_reference(extra.get("journal_ref"))
    if venue:
        fields["venue"] = venue
        extra |= told
    if withdrawn(extra.get("comments"), fields.get("abstract")):
        extra["withdrawn"] = True
    return Entry(fields, lines, key=current.key, extra=extra, markup=markup)
