"""Saved web pages with papers: Hugging Face, OpenReview, arXiv, proceedings, lists of links.

Each kind of page has an element per paper (`SITES`); a page of no known kind gives the largest
set of links that lead to like addresses and read like titles. The line of an entry is the line on
which its element stands in the file, found by its address or its words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._html.by_shape import cited, hydrated, linked, listed, single, tabled
from paperctl.readers._html.by_site import of_site
from paperctl.readers._html.nodes import Paper
from paperctl.readers._html.sites import SITES
from paperctl.readers._text import covered, in_title_case, reads_like_title
from paperctl.record.items import About, Entry, Fault, Item
from paperctl.text.references import joined_halves

NAME = "html"
ABOUT = "saved web pages: Hugging Face papers, OpenReview, arXiv, proceedings, lists of titles"

MOST_BYTES = 64 << 20
"""A parsed page takes some ten times its size in memory; larger ones are refused."""


_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,999}?-->\s*)?"
    r"<(?:!doctype html|html|head|body|[uod]l|div|table|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT_PAPERS = re.compile(
    r"<(?:title|h1)[^>]*>[^<]*\b(?:papers|proceedings|posters|publications)\b", re.IGNORECASE
)
_MARKDOWN = re.compile(r"^ {0,3}(?:#{1,6}\s+\S|[-*+]\s+.*\]\(|\|.*\|\s*$|\d{1,4}[.)]\s.*\]\()", re.M)
_QUOTED = re.compile(r"[\"“][^<>\"“”]{12,}[\"”]|<(?:em|i|cite)\b", re.IGNORECASE)
_META = re.compile(r"<meta\s[^>]*name=[\"']?citation_title\b", re.IGNORECASE)


_TITLES, _AUTHORS = (
    re.compile(rf"<t[hd][^<>]*>\s*(?:<\w+[^<>]*>\s*)*(?:\w+ )?{name}\s*<", re.IGNORECASE)
    for name in ("titles?", "authors?(?:\\(s\\))?")
)
"""Names of columns in a table's first row."""


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if not _HTML.match(head) or 'name="generator" content="paperctl"' in head:
        return None
    if len(_MARKDOWN.findall(head)) >= 2 and not re.match(r"\s*<(?:!doctype|html)\b", head, re.IGNORECASE):
        return None  # Markdown below a logo or a heading in HTML
    for site in SITES:
        if len(re.findall(site.evidence, head)) >= 1:
            return Sniff(0.95, f"an HTML page with the marks of {site.name}")
    return _sniff_shape(head)


def _sniff_shape(head: str) -> Sniff | None:
    """What tells that a page of no known site holds papers."""
    if _META.search(head):
        return Sniff(0.93, "an HTML page of one paper (citation_title)")
    if _TITLES.search(head) and _AUTHORS.search(head):
        return Sniff(0.8, "an HTML page with a table of titles and authors")
    texts = re.findall(r"<(?:a|li)(?:\s[^>]*)?>\s*([^<>\s][^<>]{0,300})", head)
    titles = [text for text in texts if len(text.split()) > 3 and reads_like_title(text.strip())]
    if len(titles) >= max(5, 0.4 * len(texts)) and sum(map(in_title_case, titles)) >= 0.6 * len(titles):
        # Proceedings link to numbered pages; a manual's contents look the same but for that.
        numbered = len(re.findall(r"<a\s[^>]*href=[\"']?[^\"'#>\s]*\d{3}", head))
        score = 0.75 if numbered >= 0.5 * len(titles) else 0.5
        return Sniff(score, f"an HTML page in which {len(titles)} links or list items read like titles")
    items = re.split(r"<li\b", head)[1:]
    dated = [
        item
        for item in items
        if re.search(r"\(?\b(?:19|20)\d\d\b", item[:600]) and _QUOTED.search(item[:600])
    ]
    if len(dated) >= max(3, 0.6 * len(items)):
        return Sniff(0.5, f"an HTML page with a list of {len(dated)} references")
    if _ABOUT_PAPERS.search(head):
        return Sniff(0.5, "an HTML page that speaks of papers")
    return None


def read(dump: Dump) -> Iterator[Item]:
    with dump.open() as stream:
        size = len(stream.read(MOST_BYTES + 1))
    if size > MOST_BYTES:
        last = max((n for n, _ in dump.lines()), default=1)
        yield Fault((1, last), f"an HTML page of over {MOST_BYTES >> 20} MiB: split it into smaller pages")
        return
    from selectolax.lexbor import LexborHTMLParser

    lines = list(dump.lines())
    source = joined_halves("\n".join(line for _, line in lines))
    tree = LexborHTMLParser(source)
    heading = tree.css_first("title")
    if heading and heading.text(strip=True):
        yield About({"title": " ".join(heading.text().split())})
    numbers = [n for n, line in lines if line.strip()]
    entries = _entries(_papers(tree, source), source, max(numbers, default=1))
    yield from covered(numbers, entries, {}, "HTML around the papers")


def _entries(papers: list[Paper], source: str, last_line: int) -> list[Entry]:
    """The entries of papers: each ends before the next begins, the last is as long as the one before it."""
    places = _Places(source)
    starts = [places.line(marks) for _, _, _, marks in papers]
    entries: list[Entry] = []
    for at, (fields, extra, key, _) in enumerate(papers):
        if at + 1 < len(starts):
            end = starts[at + 1] - 1
        else:
            end = starts[at] + (entries[-1].lines[1] - entries[-1].lines[0] if entries else 1)
        lines = (starts[at], max(starts[at], min(end, last_line)))
        entries.append(Entry(fields, lines, key=key, extra=extra))
    return entries


class _Places:
    """Finds the line of each paper in the source, going forward only."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._breaks = [m.start() for m in re.finditer("\n", source)]
        self._at = 0

    def line(self, marks: list[str]) -> int:
        for mark in marks:
            found = self._source.find(mark, self._at) if mark else -1
            if found >= 0:
                self._at = found + 1
                break
        return bisect_right(self._breaks, self._at - 1) + 1 if self._at else 1


def _papers(tree: object, source: str) -> list[Paper]:
    found = single(tree) if _META.search(source) else []
    if not found:
        found = hydrated(tree)
    for site in SITES:
        if not found and re.search(site.evidence, source):
            found = of_site(tree, site)
    return found or tabled(tree) or cited(tree) or linked(tree) or listed(tree)
