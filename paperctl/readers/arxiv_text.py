"""arXiv as text: its announcement mails, and its listing pages copied from the browser.

A mail parts its entries by lines of two backslashes and wraps its fields with an indent; a
listing page puts "[3] arXiv:2403.08763 [pdf, ...]" before the fields, and the authors stand on a
line of their own; a page of search results has the title on a line of its own, too. Format of the mails: https://info.arxiv.org/help/subscribe.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._arxiv import journal_reference, withdrawn, year_of_id
from paperctl.readers._once import skips_joined
from paperctl.readers._text import people, prose
from paperctl.record.items import Entry, Fault, Item, Markup, Object, Raw, Skip, by_fact
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
    authors = sum(line.startswith("Authors:") for line in lines)
    if not starts or max(titles, authors) < 0.5 * starts:
        return None
    backslashes = sum(line.startswith("\\\\") for line in lines)
    kind = "mail" if backslashes >= starts else "listing"
    return Sniff(0.97 if starts > 1 else 0.9, f"arXiv {kind}: {starts} entries with their arXiv id and title")


def read(dump: Dump) -> Iterator[Item]:
    return skips_joined(_items(dump))


def _items(dump: Dump) -> Iterator[Item]:
    markup: Markup = "tex" if re.search(r"^\\\\", dump.head, re.MULTILINE) else "plain"
    current: _Open | None = None
    blank = False
    for number, line in dump.lines():
        if not line.strip():
            blank = True
            continue
        start = _START.match(line)
        rule = bool(_RULE.fullmatch(line))
        if current and (start or (rule and _ends(current, line))):
            yield _entry(current, markup)
            current = None
        if start:
            current = _Open(number, number, start[1])
        elif current and _take(current, line, rule, blank):
            current.last = number
        else:
            if current:  # what an entry does not take ends it: the next heading of the page
                yield _entry(current, markup)
                current = None
            yield Skip(
                (number, number), "rule between entries" if rule else "mail or page text between entries"
            )
        blank = False
    if current:
        yield _entry(current, markup)


def _ends(current: _Open, line: str) -> bool:
    """Whether a rule ends the entry: dashes do, backslashes do after the abstract."""
    return not line.startswith("\\\\") or current.rules >= 1


def _take(current: _Open, line: str, rule: bool, blank: bool) -> bool:
    """Put a line where it belongs in the entry; False if it does not."""
    text = line.strip()
    if rule:
        current.rules += 1
        current.label = "abstract" if current.rules == 1 else ""
        return True
    if current.rules:
        label = _LABEL.match(line.lstrip()) if current.label != "abstract" else None
        return _add(current, label[1] if label else "abstract", label[2] if label else text)
    if _PAGE.match(text):
        return False
    if not current.values and _REPLACED.match(text):
        current.values["replaced"] = [text]
        return True
    if label := _LABEL.match(line.lstrip()) or _SUBMITTED.match(text):
        return _add(current, label[1], label[2])
    return _go_on(current, line, blank)


def _add(current: _Open, label: str, text: str) -> bool:
    current.label = label.lower().replace("-", "_")
    current.values.setdefault(current.label, []).append(text)
    return True


def _go_on(current: _Open, line: str, blank: bool) -> bool:
    """Puts a line without a label to the field above it, or to the one that it begins by its kind."""
    text = line.strip()
    if not current.label or (current.label in {"categories", "doi"} and "title" not in current.values):
        return _of_search(current, text)
    if line[:1].isspace():
        return _add(current, current.label, text)
    if current.label == "title" and not blank and "authors" not in current.values:
        return _add(current, "authors", text)
    if prose(text) > 4:
        # Listing pages of new papers set the abstract as a paragraph of its own.
        return _add(current, "abstract", text)
    return not blank and _add(current, current.label, text)


_CATEGORIES = re.compile(r"[a-z-]{2,9}(?:\.[A-Za-z-]{2,4})?(?: [a-z-]{2,9}(?:\.[A-Za-z-]{2,4})?)*")
_SUBMITTED = re.compile(r"(Submitted) (\d{1,2} \w+, \d{4}.*)")
_UNFOLDED = re.compile(r"\s*[△▽] (?:Less|More)\b")


def _of_search(current: _Open, text: str) -> bool:
    """Puts a line above the authors of a search result: its categories, its DOI, its title."""
    if _CATEGORIES.fullmatch(text):
        return _add(current, "categories", text)
    if doi := re.fullmatch(r"doi:?\s+(10\.\S+)", text, re.IGNORECASE):
        return _add(current, "doi", doi[1])
    return "title" not in current.values and len(text.split()) > 1 and _add(current, "title", text)


def _entry(current: _Open, markup: Markup) -> Item:
    values = {name: " ".join(" ".join(parts).split()) for name, parts in current.values.items()}
    if "abstract" in values:
        values["abstract"] = _UNFOLDED.sub("", values["abstract"])
    title = values.get("title", "")
    lines = (current.first, current.last)
    if not title:
        return Fault(lines, f"arXiv:{current.key} has no title: add a line that begins with Title:")
    fields: Raw = {"arxiv_id": current.key, "url": f"https://arxiv.org/abs/{current.key}"}
    extra: Object = {}
    for name, value in values.items():
        known = _NAMES.get(name)
        if known == "authors":
            fields["authors"] = people(value)
        elif known:
            by_fact(fields)[known] = value
        elif value:
            extra[name] = value
    year = re.search(r"\b(?:19|20)\d\d\b", values.get("date", ""))
    fields["year"] = year_of_id(current.key) or (int(year[0]) if year else None)
    venue, details = journal_reference(extra.get("journal_ref"))
    if venue:
        fields["venue"] = venue
        extra |= details
    if withdrawn(extra.get("comments"), fields.get("abstract")):
        extra["withdrawn"] = True
    return Entry(fields, lines, key=current.key, extra=extra, markup=markup)
