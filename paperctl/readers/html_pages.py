"""Saved web pages with papers: Hugging Face, OpenReview, arXiv, proceedings, lists of links.

Each kind of page has an element per paper (`SITES`); a page of no known kind gives the largest
set of links that lead to like addresses and read like titles. The line of an entry is the line on
which its element stands in the file, found by its address or its words.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._html.sites import SITES, Site
from paperctl.readers._text import (
    CODE_LINK,
    arxiv_id,
    covered,
    in_title_case,
    people,
    prose,
    reads_like_title,
)
from paperctl.record.items import About, Entry, Fault, Item
from paperctl.text.fold import fold
from paperctl.text.patterns import ARXIV_NEW
from paperctl.text.references import joined_halves

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NAME = "html"
ABOUT = "saved web pages: Hugging Face papers, OpenReview, arXiv, proceedings, lists of titles"

MOST_BYTES = 64 << 20
"""A parsed page takes some ten times its size in memory; larger ones are refused."""


_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,999}?-->\s*)?"
    r"<(?:!doctype html|html|head|body|[uod]l|div|table|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_LABELLED = re.compile(r"^(?:Title|Authors?|Abstract)\s*:\s*", re.IGNORECASE)
_ABOUT_PAPERS = re.compile(
    r"<(?:title|h1)[^>]*>[^<]*\b(?:papers|proceedings|posters|publications)\b", re.IGNORECASE
)
_MARKDOWN = re.compile(r"^ {0,3}(?:#{1,6}\s+\S|[-*+]\s+.*\]\(|\|.*\|\s*$|\d{1,4}[.)]\s.*\]\()", re.M)
_META = re.compile(r"<meta\s[^>]*name=[\"']?citation_title\b", re.IGNORECASE)


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if not _HTML.match(head) or 'name="generator" content="paperctl"' in head:
        return None
    if len(_MARKDOWN.findall(head)) >= 2 and not re.match(r"\s*<(?:!doctype|html)\b", head, re.IGNORECASE):
        return None  # Markdown below a logo or a heading in HTML
    for site in SITES:
        if len(re.findall(site.evidence, head)) >= 1:
            return Sniff(0.95, f"an HTML page with the marks of {site.name}")
    if _META.search(head):
        return Sniff(0.93, "an HTML page of one paper (citation_title)")
    texts = re.findall(r"<(?:a|li)(?:\s[^>]*)?>\s*([^<>\s][^<>]{0,300})", head)
    titles = [text for text in texts if len(text.split()) > 3 and reads_like_title(text.strip())]
    if len(titles) >= max(5, 0.4 * len(texts)) and sum(map(in_title_case, titles)) >= 0.6 * len(titles):
        # Proceedings link to numbered pages; a manual's contents look the same but for that.
        numbered = len(re.findall(r"<a\s[^>]*href=[\"']?[^\"'#>\s]*\d{3}", head))
        score = 0.75 if numbered >= 0.5 * len(titles) else 0.5
        return Sniff(score, f"an HTML page in which {len(titles)} links or list items read like titles")
    if _ABOUT_PAPERS.search(head):
        return Sniff(0.5, "an HTML page that speaks of papers")
    return None


def read(dump: Dump) -> Iterator[Item]:
    with dump.open() as stream:
        size = len(stream.read(MOST_BYTES + 1))
    lines = [(n, line) for n, line in dump.lines()] if size <= MOST_BYTES else []
    if size > MOST_BYTES:
        last = max((n for n, _ in dump.lines()), default=1)
        yield Fault((1, last), f"an HTML page of over {MOST_BYTES >> 20} MiB: split it into smaller pages")
        return
    from selectolax.lexbor import LexborHTMLParser

    source = joined_halves("\n".join(line for _, line in lines))
    tree = LexborHTMLParser(source)
    heading = tree.css_first("title")
    if heading and heading.text(strip=True):
        yield About({"title": " ".join(heading.text().split())})
    papers = _papers(tree, source)
    places = _Places(source)
    entries = [Entry(fields, (1, 1), key=key, extra=extra) for fields, extra, key, _ in papers]
    starts = [places.line(marks) for _, _, _, marks in papers]
    last_line = max((n for n, line in lines if line.strip()), default=1)
    for at, entry in enumerate(entries):
        following = starts[at + 1] if at + 1 < len(starts) else None
        span = entries[at - 1].lines[1] - entries[at - 1].lines[0] if at else 1
        end = following - 1 if following else starts[at] + span
        entry.lines = (starts[at], max(starts[at], min(end, last_line)))
    yield from covered((n for n, line in lines if line.strip()), entries, {}, "HTML around the papers")


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


_Paper = tuple[dict[str, Any], dict[str, Any], str | None, list[str]]
"""Fields, extra, key, and what to look for in the source to find its line."""


def _papers(tree: Any, source: str) -> list[_Paper]:
    found = _single(tree) if _META.search(source) else []
    if not found:
        found = _hydrated(tree)
    for site in SITES:
        if not found and re.search(site.evidence, source):
            found = _of_site(tree, site)
    return found or _linked(tree) or _listed(tree)


def _words(node: LexborNode | None) -> str:
    return " ".join(node.text(separator=" ").split()) if node else ""


def _of_site(tree: Any, site: Site) -> list[_Paper]:
    papers: list[_Paper] = []
    meeting = _MEETING.search(_words(tree.css_first("title")))
    for node in tree.css(site.paper):
        title = node.css_first(site.title)
        words = _LABELLED.sub("", _title_words(title))
        if not words or (papers and fold(papers[-1][0]["title"]) == fold(words)):
            continue  # cards come twice, for wide and for narrow screens
        href = _paper_address(node, title, site)
        fields: dict[str, Any] = {"title": words, **_address(href, site.base), **_particulars(node, site)}
        if meeting and site.name in _ONE_MEETING:
            fields = {"venue": meeting[1], "year": int(meeting[2]), **fields}
        key = fields.get("arxiv_id") or _query_id(href) or _anthology_id(href)
        papers.append((fields, {}, key, [f'"{href}"', href, words]))
    return papers


_MEETING = re.compile(r"\b([A-Z][A-Za-z]*[A-Z]\w*)\s+((?:19|20)\d\d)\b")
"""A meeting and its year in a page's title: "CVPR 2023 Open Access Repository"."""
_ONE_MEETING = frozenset(("CVF open access", "a virtual conference", "NeurIPS proceedings"))


def _paper_address(node: Any, title: Any, site: Site) -> str:
    link = title if title.tag == "a" else node.css_first(site.link or "a[href]")
    if site.name == "arXiv listing":
        before = node.prev
        while before is not None and before.tag != "dt":
            before = before.prev
        link = before.css_first("a[href*='/abs/']") if before else link
    return (link.attributes.get("href") or "") if link else ""


def _particulars(node: Any, site: Site) -> dict[str, Any]:
    """Authors, abstract, venue, year and code of a paper's element."""
    fields: dict[str, Any] = {}
    if site.authors and (names := [_LABELLED.sub("", _words(n)) for n in node.css(site.authors)]):
        fields["authors"] = [name for part in names for name in people(part.replace(" · ", ", "))]
    elif site.name == "CVF open access" and (beside := _next_of(node, "dd")):
        fields["authors"] = [_words(a) for a in beside.css("a") if _words(a)]
    told = [_words(n) for n in node.css(site.abstract)] if site.abstract else []
    if (
        site.name == "ACL Anthology"
        and (card := _next_of(node, "div"))
        and "abstract" in _attribute(card, "class")
    ):
        told = [_words(card)]
    if told:
        abstract = _LABELLED.sub("", max(told, key=len)).removesuffix("△ Less").strip()
        fields |= {"abstract": abstract} if prose(abstract) > 0 else {}
    for fact, selector in (("venue", site.venue), ("year", site.year)):
        found = node.css_first(selector) if selector else None
        if found and (value := _words(found) or _attribute(found, "content")):
            fields[fact] = value
    code = [u for a in node.css("a[href]") if CODE_LINK.match(u := _attribute(a, "href"))]
    return fields | ({"code_urls": code} if code else {})


def _abstract_card(node: Any) -> Any:
    """The folded abstract behind a paper of the ACL Anthology, before the next paper."""
    after = node.next
    while after is not None and after.tag not in {"p", "div"}:
        after = after.next
    return after if after is not None and "abstract" in _attribute(after, "class") else None


def _attribute(node: Any, name: str) -> str:
    return node.attributes.get(name) or ""


def _title_words(node: LexborNode | None) -> str:
    """A title's words; elements within a word ("<span>G</span>ates") do not part it."""
    if node is None or node.css_first("br, p, div, li"):
        return _words(node)
    return " ".join(node.text(separator="").split())


def _anthology_id(href: str) -> str | None:
    found = re.search(r"/(\d{4}\.[a-z0-9-]+-?\w*\.\d+|[A-Z]\d\d-\d{4})/?$", href)
    return found[1] if found else None


def _next_of(node: Any, tag: str) -> Any:
    after = node.next
    while after is not None and after.tag != tag:
        after = after.next
    return after


def _address(href: str, base: str) -> dict[str, Any]:
    if not href or href.startswith(("#", "javascript:")):
        return {}
    url = urljoin(base, href) if base or "://" in href else href
    identified = arxiv_id(url)
    return {"url": url, **({"arxiv_id": identified} if identified else {})} if "://" in url else {}


def _query_id(href: str) -> str | None:
    found = re.search(r"[?&]id=([\w-]+)", href)
    return found[1] if found else None


def _hydrated(tree: Any) -> list[_Paper]:
    """Papers of a Hugging Face page as its own data, which have authors and whole abstracts."""
    papers: list[_Paper] = []
    for node in tree.css("[data-props*='Papers']"):
        try:
            props = json.loads(node.attributes.get("data-props") or "")
        except (ValueError, RecursionError):
            continue
        listed = props.get("dailyPapers") or props.get("papers") if isinstance(props, dict) else None
        for item in listed if isinstance(listed, list) else []:
            paper = item.get("paper", item) if isinstance(item, dict) else None
            if not isinstance(paper, dict) or not paper.get("title"):
                continue
            key = str(paper.get("id") or "") or None
            fields: dict[str, Any] = {"title": paper["title"], "abstract": paper.get("summary")}
            authors = paper.get("authors")
            if isinstance(authors, list):
                fields["authors"] = [a["name"] for a in authors if isinstance(a, dict) and a.get("name")]
            if key and re.fullmatch(ARXIV_NEW, key):
                fields |= {"arxiv_id": key, "url": f"https://huggingface.co/papers/{key}"}
            if repository := paper.get("githubRepo"):
                fields["code_urls"] = [repository]
            extra = {"date": paper["publishedAt"]} if paper.get("publishedAt") else {}
            papers.append(
                ({k: v for k, v in fields.items() if v}, extra, key, [f'"/papers/{key}"', str(key)])
            )
    return papers


_CITATION = {
    "citation_title": "title",
    "citation_author": "authors",
    "citation_authors": "authors",
    "citation_doi": "doi",
    "citation_journal_title": "venue",
    "citation_conference_title": "venue",
    "citation_publication_date": "year",
    "citation_date": "year",
    "citation_year": "year",
    "citation_abstract": "abstract",
    "citation_arxiv_id": "arxiv_id",
    "citation_keywords": "keywords",
    "citation_abstract_html_url": "url",
    "citation_pdf_url": "pdf",
}


def _single(tree: Any) -> list[_Paper]:
    """A page about one paper, by its citation tags (https://scholar.google.com/intl/en/scholar/inclusion.html)."""
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for node in tree.css("meta[name^='citation_']"):
        name, value = node.attributes.get("name") or "", (node.attributes.get("content") or "").strip()
        known = _CITATION.get(name)
        if not value:
            continue
        if known == "authors":
            fields.setdefault("authors", []).append(value)
        elif known and known != "pdf":
            fields.setdefault(known, value)
        else:
            extra.setdefault(name.removeprefix("citation_"), value)
    return [(fields, extra, None, ["citation_title"])] if fields.get("title") else []


def _linked(tree: Any) -> list[_Paper]:
    """The titles of a page of no known kind: the largest set of links of one shape that read like them."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for node in tree.css("a[href]"):
        href, words = node.attributes.get("href") or "", _words(node)
        if len(words.split()) >= 3 and len(words) < 400 and prose(words) < 4:
            shape = re.sub(r"[\w%-]*\d[\w%-]*", "0", re.sub(r"[?#].*", "?", href))
            groups[shape if "0" in shape else shape.rpartition("/")[0]].append((href, words))
    best = max(groups.values(), key=len, default=[])
    if len(best) < 3:
        return []
    seen: set[str] = set()
    papers: list[_Paper] = []
    for href, words in best:
        if (name := fold(words)) not in seen:
            seen.add(name)
            fields = {"title": words, **_address(href, "")}
            papers.append((fields, {}, _query_id(href), [f'"{href}"', href, words]))
    return papers


def _listed(tree: Any) -> list[_Paper]:
    """List items that read like titles, on a page without links to papers."""
    papers: list[_Paper] = []
    for node in tree.css("li"):
        strong = node.css_first("strong, b, .title")
        words = _words(strong) or _words(node)
        if len(words.split()) >= 3 and len(words) < 400 and prose(words) < 2 and not node.css_first("li"):
            papers.append(({"title": words}, {}, None, [words[:40], words.split()[0]]))
    return papers if len(papers) >= 3 else []
