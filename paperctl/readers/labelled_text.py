"""Plain text with labels: blocks of "Title: ... / Authors: ... / Abstract: ...", numbered or not.

A new entry begins where a label comes again that the open entry already has, at a rule of dashes
or stars, or at the next number of a numbered list. Text without a label goes on with the field
before it; below a bare numbered title it is the abstract if it reads like prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._markdown.places import place_in
from paperctl.readers._once import skips_joined
from paperctl.readers._text import CODE_LINK, MARKDOWN_LINK, arxiv_id, people, prose, reads_like_title
from paperctl.record.items import Entry, Fault, Item, Object, Raw, Skip, by_fact
from paperctl.text.fold import fold

NAME = "labelled-text"
ABOUT = 'text blocks with labels ("Title: ... Abstract: ..."), numbered lists with abstracts'

FIELDS = {
    "title": "title", "paper title": "title", "paper": "title", "name": "title",
    "abstract": "abstract", "summary": "abstract", "tldr": "abstract", "tl dr": "abstract",
    "description": "abstract", "author": "authors", "authors": "authors", "by": "authors",
    "year": "year", "date": "year", "published": "year", "publication date": "year",
    "publication year": "year", "published date": "year",
    "venue": "venue", "journal": "venue", "conference": "venue", "source": "venue",
    "booktitle": "venue", "published in": "venue", "publication": "venue", "journal title": "venue",
    "doi": "doi", "url doi": "url", "doi url": "url", "arxiv": "arxiv_id", "arxiv id": "arxiv_id",
    "url": "url", "link": "url", "pdf": "url",
    "pdf url": "url", "pdf link": "url", "paper link": "url", "paper url": "url", "html": "url",
    "code": "code_urls", "github": "code_urls", "repository": "code_urls", "code url": "code_urls",
    "keywords": "keywords", "keyword": "keywords", "tags": "keywords", "key words": "keywords",
}  # fmt: skip
_KEYS = frozenset(("id", "paper id", "entry id", "number", "forum", "openreview id"))
_LABEL = re.compile(r"\W{0,4}([A-Za-z][A-Za-z ./;-]{0,24}?)\**\s?[:：]\**(?:\s+(.*)|$)")
_RULE = re.compile(
    r"\s*(?:[-=*_~#]\s?){3,}\s*|\W*(?:paper|entry|record|article|submission)\s*(?:no\.?|nr\.?|#)?\s*\d+\W*",
    re.IGNORECASE,
)
_OTHERS = {"\\\\", ":PROPERTIES:"}
"""Lines of arXiv's mails and of lists of org-mode."""
_DETAILS = ("abstract", "authors", "year", "venue", "doi", "url", "arxiv_id")
_NUMBERED = re.compile(r"\s{0,3}(?:\[(\d{1,5})\]|#?(\d{1,5})[.)])\s+(\S.*)")


@dataclass(slots=True)
class _Open:
    first: int
    last: int
    values: dict[str, list[str]] = field(default_factory=dict)
    label: str = ""
    number: str | None = None

    def add(self, line: int, label: str, text: str) -> None:
        """Takes a line of the entry."""
        self.last, self.label = line, label
        self.values.setdefault(label, []).append(text)


def _label(line: str, known: frozenset[str] = frozenset()) -> tuple[str, str] | None:
    """Label (folded) and value of a line that begins with a label that the dump uses."""
    match = _LABEL.fullmatch(line)
    if not match:
        return None
    name = fold(match[1])
    return (name, (match[2] or "").strip()) if name in FIELDS or name in _KEYS or name in known else None


def _known_labels(head: str) -> frozenset[str]:
    """Labels of the dump's own: they come about as often as titles do."""
    counts = Counter(
        fold(m[1]) for line in head.split("\n") if (m := _LABEL.fullmatch(line)) and m[1][0].isupper()
    )
    titles = max((counts[name] for name in ("title", "paper title", "paper", "abstract")), default=0)
    return frozenset(name for name, n in counts.items() if n >= 2 and 0.5 * titles <= n <= titles)


def _numbers_titles(lines: list[str]) -> bool:
    """Whether the dump numbers its entries in turn and sets the title behind the number."""
    found = [m for line in lines if (m := _NUMBERED.fullmatch(line))]
    titles = sum(reads_like_title(m[3].rstrip(".")) for m in found)
    counts = [int(m[1] or m[2]) for m in found]
    in_turn = sum(b == a + 1 for a, b in pairwise(counts))
    return titles >= max(2, 0.8 * len(found)) and in_turn >= 0.8 * (len(found) - 1)


def sniff(dump: Dump) -> Sniff | None:
    lines = [line for line in dump.head.split("\n") if line.strip()]
    if not lines or lines[0].lstrip()[0] in "<{@%" or _OTHERS & set(map(str.strip, lines)):
        return None
    labels = [found[0] for found in map(_label, lines) if found]
    counts = Counter(FIELDS.get(name, name) for name in labels)
    titles = counts["title"] if {"title", "paper title"} & set(labels) else 0
    if titles <= 1 and lines[0].strip() == "---":  # a note with front matter
        return None
    below_titles = counts["abstract"] + counts["authors"]
    if titles and below_titles and sum(map(counts.__getitem__, _DETAILS)) >= titles:
        return _sniff_labels(lines, counts, titles)
    return _sniff_numbers(lines, below_titles)


def _sniff_labels(lines: list[str], counts: Counter[str], titles: int) -> Sniff:
    written = [m[1] for line in lines if (m := _LABEL.fullmatch(line)) and fold(m[1]) in FIELDS]
    if 2 * sum(label[0].isupper() for label in written) < len(written):
        return Sniff(0.5, f"lower-case labels, as in YAML: {', '.join(sorted(set(written))[:4])}")
    seen = ", ".join(f"{n} {name}" for name, n in counts.most_common(4))
    return Sniff(0.92 if titles > 1 else 0.8, f"labelled blocks: {seen}")


def _sniff_numbers(lines: list[str], labelled: int) -> Sniff | None:
    """For lines that number titles: `labelled` of them are authors or abstracts by their labels."""
    if not _numbers_titles(lines):
        return None
    below = [line for line in lines if not _NUMBERED.fullmatch(line)]
    numbered = len(lines) - len(below)
    below_titles = labelled + sum(prose(line) > 6 for line in below)
    before = next(n for n, line in enumerate(lines) if _NUMBERED.fullmatch(line))
    marks = sum(line.lstrip()[:1] in "#|!" or "](" in line for line in lines)
    if (
        below_titles < 0.6 * numbered
        or before > 3
        or marks > 0.1 * len(lines)
        or any("\t" in line for line in lines)
    ):
        return None
    return Sniff(0.72, f"{numbered} numbered entries with authors or abstracts below them")


class _Line(NamedTuple):
    """What a line says by its marks: a label with its value, a number with the title behind it, a rule."""

    label: str
    value: str
    number: str | None
    rule: bool


def _marks(line: str, known: frozenset[str], numbered: bool) -> _Line:
    found = _label(line, known)
    counted = _NUMBERED.fullmatch(line) if numbered else None
    if counted:
        found = _label(counted[3], known) or found or ("title", counted[3])
    number = counted[1] or counted[2] if counted else None
    label, value = found or ("", "")
    return _Line(label, value, number, bool(_RULE.fullmatch(line)))


def read(dump: Dump) -> Iterator[Item]:
    return skips_joined(_items(dump))


def _items(dump: Dump) -> Iterator[Item]:
    known = _known_labels(dump.head)
    numbered = _numbers_titles(dump.head.split("\n"))
    current: _Open | None = None
    blank = False
    for number, line in dump.lines():
        if not line.strip():
            blank = True
            continue
        marks = _marks(line, known, numbered)
        if current and (marks.rule or marks.number or (marks.label and _has(current, marks.label))):
            yield _item(current)
            current = None
        if current is None and marks.label and not marks.rule:
            current = _Open(number, number, number=marks.number)
        if current is None:
            yield Skip((number, number), "rule between entries" if marks.rule else "text before an entry")
        elif marks.label:
            current.add(number, marks.label, marks.value)
        else:
            text = line.strip()
            current.add(number, _label_of(current, text, blank), text)
        blank = False
    if current:
        yield _item(current)


def _has(current: _Open, name: str) -> bool:
    """Whether the entry already has this label (or, for a title, another name of it)."""
    titles = {n for n in current.values if FIELDS.get(n) == "title"}
    return name in current.values or (FIELDS.get(name) == "title" and bool(titles))


def _label_of(current: _Open, text: str, blank: bool) -> str:
    """What a line without a label is: below a bare numbered title it may be of another kind than that."""
    if current.number is None:
        return current.label
    bare = current.label == "title"
    if (bare or current.label == "authors") and prose(text) > 4:
        return "abstract"
    if bare and (blank or len(people(text)) > 1) and "authors" not in current.values:
        return "authors"
    return "url" if bare and re.match(r"https?://", text) else current.label


def _item(current: _Open) -> Item:
    values = {name: " ".join(filter(None, parts)) for name, parts in current.values.items()}
    lines = (current.first, current.last)
    fields, extra = _fields(values)
    if not fields.get("title"):
        what = ", ".join(filter(None, values)) or "text"
        return Fault(lines, f"an entry with {what} but no title: add a line that begins with Title:")
    everything = " ".join(str(fields.get(name, "")) for name in ("arxiv_id", "url", "code_urls"))
    if "arxiv_id" not in fields and (found := arxiv_id(everything)):
        fields["arxiv_id"] = found
    if code := CODE_LINK.findall(str(fields.pop("code_urls", ""))):
        fields["code_urls"] = code
    key = next((value for name, value in reversed(values.items()) if name in _KEYS), current.number)
    return Entry(fields, lines, key=key, extra=extra)


def _unmarked(value: str, address: bool) -> str:
    """A value without the Markdown around it: bold, a link, of which the `address` may be wanted."""
    value = re.sub(r"^(\*\*|__|`)(.+)\1$", r"\2", value)
    link = MARKDOWN_LINK.fullmatch(value)
    return (link[2] if address else link[1]) if link else value


def _fields(values: dict[str, str]) -> tuple[Raw, Object]:
    """Facts by their labels, and what has another label."""
    fields: Raw = {}
    extra: Object = {}
    for name, value in values.items():
        known = FIELDS.get(name)
        if not value or name in _KEYS:
            continue
        if known in {"title", "url"}:
            value = _unmarked(value, known == "url")
        place = place_in(value) if known == "venue" else None
        if known == "authors":
            fields["authors"] = people(value)
        elif place and place[0] and place[1]:
            fields["venue"] = place[0]
            fields.setdefault("year", place[1])
        elif known and known not in fields:
            by_fact(fields)[known] = value
        else:
            extra[name.replace(" ", "_") or "text"] = value
    return fields, extra
