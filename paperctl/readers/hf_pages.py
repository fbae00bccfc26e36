"""Hugging Face Daily Papers pages as people keep them: pasted text, reader views, markdown captures.

A page is a run of cards: title, abstract, and around them votes, avatars, author counts and
dates. Where the capture marks titles (a heading, a link to the paper) the marks are believed.
A bare paste marks nothing; there titles and abstracts alternate, and the most likely sequence of
the two is found with a Viterbi pass (Viterbi 1967) over sentence shape, so that a missing
abstract or one in two paragraphs costs that card alone and not the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._hf.lines import DATE_LINE, Line, day_of_copy, page_head, page_lines
from paperctl.readers._text import ARXIV_LINK, CODE_LINK, arxiv_id, covered, prose
from paperctl.record.items import About, Entry, Item, Raw
from paperctl.text.fold import fold
from paperctl.text.patterns import ARXIV_NEW

NAME = "hf-page"
ABOUT = "Hugging Face Daily Papers pages: pasted text, reader views and markdown captures"

_PERSON = r"[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){1,4}"
_FIRST_AUTHORS = re.compile(rf"{_PERSON}(?:, {_PERSON})*,? (?:et al\.?|(?:and|\+) ?\d+ (?:more|others))")
"""A line of authors that are not all named: none that are looks so little like a title or a sentence."""
CHROME = "page chrome"
AGAIN = "the same card again"

_PAPER_PATH = re.compile(rf"huggingface\.co/papers/{ARXIV_NEW}(?!\d)", re.IGNORECASE)


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if head.lstrip()[:1] in {"<", "{"}:
        return None
    lowered = head.lower()
    if re.search(r"^\W*get trending papers in your email inbox", lowered, re.MULTILINE):
        return Sniff(0.98, 'says "Get trending papers in your email inbox"')
    if re.search(r"^\W*by ?(?:\[.*\])?ak(?:\]\S+)? and the research community", lowered, re.MULTILINE):
        return Sniff(0.96, 'says "by AK and the research community"')
    linked = len(set(_PAPER_PATH.findall(head)))
    lines = [line for line in head.split("\n") if line.strip()]
    if linked >= 3 and linked * 30 >= len(lines) and "[[" not in head and "|--" not in head:
        return Sniff(0.9, f"{linked} links to huggingface.co/papers")
    return _alternates(lines)


def _alternates(lines: list[str]) -> Sniff | None:
    """Whether lines are a bare paste with nothing of the page left: titles and abstracts in turn."""
    marked = sum(line.lstrip()[:1] in "#-*|@%<>{}[" for line in lines)
    if len(lines) < 6 or 20 * marked > len(lines):
        return None
    shapes = [prose(line) for line in lines]
    pairs = sum(
        a < 0 and b > 6 and 3 <= len(t.split()) <= 40
        for a, b, t in zip(shapes, shapes[1:], lines, strict=False)
    )
    if 2 * pairs < 0.85 * len(lines) or 20 * sum(len(line) < 10 for line in lines) > len(lines):
        return None
    return Sniff(0.75, f"titles and abstracts alternate ({pairs} pairs in {len(lines)} lines)")


def read(dump: Dump) -> Iterator[Item]:
    lines, about = page_lines(dump)
    start = page_head(lines)
    about.update(day_of_copy(lines[: start + 1]))
    if about:
        yield About(about)
    numbers = [line.number for line in lines]
    entries, again = _cards(lines[start:])
    reasons = dict.fromkeys(again, AGAIN)
    yield from covered(numbers, entries, reasons, CHROME)


TITLE, ABSTRACT, OTHER = range(3)
_FAR = -1e9


def _roles(lines: list[Line]) -> list[int]:
    """The most likely role of each line, given its shape, its marks and its neighbours."""
    marked = any(line.title for line in lines)
    shapes = [max(-12.0, min(12.0, prose(line.text))) for line in lines]
    # A page of titles alone has no abstracts to alternate with.
    bare_titles = 5 * sum(s > 5 for s in shapes) < len(lines)
    back: list[tuple[int, ...]] = []
    scores = [-2.0, -6.0, -2.0]
    before: Line | None = None
    for line, shape in zip(lines, shapes, strict=True):
        own = _alone(line, shape, marked)
        table = _steps(before, line, marked, bare_titles)
        came = [max(range(3), key=lambda i: scores[i] + table[i][j]) for j in range(3)]
        scores = [scores[came[j]] + table[came[j]][j] + own[j] for j in range(3)]
        back.append(tuple(came))
        before = line
    state = max(range(3), key=lambda j: scores[j])
    path: list[int] = []
    for came_from in reversed(back):
        path.append(state)
        state = came_from[state]
    return path[::-1]


def _alone(line: Line, shape: float, marked: bool) -> tuple[float, float, float]:
    """How likely each role of a line is by itself."""
    if not marked:
        return -shape / 2, shape / 2, _FAR
    return (0.0, _FAR, _FAR) if line.title else (_FAR, shape / 2, -1.0)


def _steps(
    before: Line | None, line: Line, marked: bool, bare_titles: bool
) -> tuple[tuple[float, float, float], ...]:
    """How likely each role is behind each role of the line before."""
    wrapped = line.adjacent and before is not None and _wraps(before.text, line.text)
    again = -2.0 if marked else -5.0  # an abstract in two paragraphs
    if wrapped:
        again = 3.0 * (not bare_titles) + 3.0 * line.text[:1].islower()
    return (
        (0.0 if bare_titles and not marked else -4.0, -2.0 if bare_titles else 0.0, -2.0),
        (0.0, again, -1.0),
        (0.0, -3.0, 0.0),
    )


def _wraps(before: str, after: str) -> bool:
    """Whether two lines look like one sentence broken at the width of a window."""
    return (
        40 <= len(before) <= 160 and len(after) <= len(before) + 20 and not before.endswith((".", "!", "?"))
    )


@dataclass(slots=True)
class _Card:
    first: int
    last: int
    title: list[str]
    abstract: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    date: str | None = None
    authors: str = ""


def _cards(lines: list[Line]) -> tuple[list[Entry], list[int]]:
    """The entries, and the numbers of the lines that repeat the card before them."""
    content = [line for line in lines if not line.chrome and not _FIRST_AUTHORS.fullmatch(line.text)]
    role = dict(zip((line.number for line in content), _roles(content), strict=True))
    cards: list[_Card] = []
    for line in lines:
        kind = role.get(line.number)
        if kind == TITLE:
            cards.append(_Card(line.number, line.number, [line.text], urls=list(line.urls)))
        elif cards and kind is None:
            _add_chrome(cards[-1], line)
        elif cards:
            card = cards[-1]
            continues = line.adjacent and card.last == line.number - 1 and card.abstract
            if kind == ABSTRACT or continues:
                card.abstract.append(line.text)
                card.urls += line.urls
                card.last = line.number
    return _entries(cards)


def _add_chrome(card: _Card, line: Line) -> None:
    """What the page itself sets below a card: date, first authors, links to the paper and to its code."""
    useful = [url for url in line.urls if CODE_LINK.match(url) or ARXIV_LINK.search(url)]
    date = DATE_LINE.fullmatch(line.text)
    if not card.abstract and _FIRST_AUTHORS.fullmatch(line.text):
        card.authors, card.last = line.text, line.number
    card.urls += useful
    if date and not card.date:
        card.date = date[1]
    if line.wrap or date or (useful and not line.text) or any(map(CODE_LINK.match, useful)):
        card.last = line.number


def _entries(cards: list[_Card]) -> tuple[list[Entry], list[int]]:
    entries: list[Entry] = []
    again: list[int] = []
    for card in cards:
        entry = _entry(card)
        before = entries[-1] if entries else None
        if before and fold(before.fields["title"]) == fold(entry.fields["title"]):
            # Pages render a card twice, for wide and for narrow screens: keep the fuller one.
            if len(str(entry.fields.get("abstract", ""))) > len(str(before.fields.get("abstract", ""))):
                entries[-1], entry = entry, before
            again += range(entry.lines[0], entry.lines[1] + 1)
            continue
        entries.append(entry)
    return entries, again


def _entry(card: _Card) -> Entry:
    fields: Raw = {"title": " ".join(card.title)}
    if card.authors:
        fields["authors"] = card.authors
    if card.abstract:
        fields["abstract"] = " ".join(card.abstract)
    found = next((i for u in card.urls if (i := arxiv_id(u))), None)
    if found:
        fields["arxiv_id"] = found
        fields["url"] = next(u for u in card.urls if arxiv_id(u))
    code = [u for u in dict.fromkeys(card.urls) if CODE_LINK.match(u)]
    if code:
        fields["code_urls"] = code
    extra = {"date": card.date} if card.date else {}
    return Entry(fields, (card.first, card.last), key=found, extra=dict(extra))
