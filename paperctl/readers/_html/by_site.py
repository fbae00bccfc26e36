"""The papers of a page of a known site, each in an element of its own (`SITES`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from paperctl.readers._html.nodes import Paper, address_of, attribute, next_of, query_id, words_of
from paperctl.readers._html.sites import Site
from paperctl.readers._text import CODE_LINK, people, prose
from paperctl.readers._values import stated
from paperctl.record.items import Raw
from paperctl.text.fold import fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LABELLED = re.compile(r"^(?:Title|Authors?|Abstract)\s*:\s*", re.IGNORECASE)


def of_site(tree: Any, site: Site) -> list[Paper]:
    papers: list[Paper] = []
    meeting = _meeting_of(tree) if site.name in _ONE_MEETING else {}
    for node in tree.css(site.paper):
        title = node.css_first(site.title)
        words = _LABELLED.sub("", _title_words(title))
        if not words or (papers and fold(papers[-1][0]["title"]) == fold(words)):
            continue  # cards come twice, for wide and for narrow screens
        href = _paper_address(node, title, site)
        if _OF_A_VOLUME.search(href):
            continue
        fields: Raw = {"title": words, **address_of(href, site.base), **_particulars(node, site)}
        fields = {**meeting, **_year_in(href), **fields}
        key = fields.get("arxiv_id") or query_id(href) or _anthology_id(href)
        papers.append((fields, {}, key, [f'"{href}"', href, words]))
    return papers


_MEETING = re.compile(r"\b([A-Z][a-z]*[A-Z]\w*)\s+((?:19|20)\d\d)\b")
"""A meeting and its year in a page's title: "CVPR 2023 Open Access Repository"."""
_OF_A_VOLUME = re.compile(r"/\d{4}\.[a-z0-9-]+\.0/?$")
"""The ACL Anthology lists a volume's front matter before its papers."""
_YEAR_IN_ADDRESS = re.compile(
    r"/(?:paper|hash)/((?:19|20)\d\d)/|/((?:19|20)\d\d)\.[a-z0-9-]+\.\d+/?$|/v\d+/[a-z-]+(\d\d)[a-z]?(?:\.html|/|$)"
)
"""Where addresses of proceedings hold the year: NeurIPS, the ACL Anthology, PMLR (two digits)."""
_ONE_MEETING = frozenset(("CVF open access", "a virtual conference", "NeurIPS proceedings"))


def _meeting_of(tree: Any) -> Raw:
    """The meeting and the year that a page's title or its first headings name."""
    for node in tree.css("title, h1, h2, h3, h4")[:6]:
        if meeting := _MEETING.search(words_of(node)):
            return {"venue": meeting[1], "year": int(meeting[2])}
    return {}


def _year_in(href: str) -> Raw:
    found = _YEAR_IN_ADDRESS.search(href)
    if not found:
        return {}
    return {"year": int(found[1] or found[2] or 2000 + int(found[3]))}


def _paper_address(node: Any, title: Any, site: Site) -> str:
    link = title if title.tag == "a" else node.css_first(site.link or "a[href]")
    if site.name == "arXiv listing":
        before = node.prev
        while before is not None and before.tag != "dt":
            before = before.prev
        link = before.css_first("a[href*='/abs/']") if before else link
    return (link.attributes.get("href") or "") if link else ""


def _particulars(node: Any, site: Site) -> Raw:
    """Authors, abstract, venue, year and code of a paper's element."""
    abstract = _abstract(node, site)
    return stated(
        authors=_authors(node, site),
        abstract=abstract if prose(abstract) > 0 else "",
        venue=_text_of(node, site.venue),
        year=_text_of(node, site.year),
        code_urls=[u for a in node.css("a[href]") if CODE_LINK.match(u := attribute(a, "href"))],
    )


def _authors(node: Any, site: Site) -> list[str]:
    if site.name == "CVF open access" and (following := next_of(node, "dd")):
        return [name for a in following.css("a") if (name := words_of(a))]
    names = [_LABELLED.sub("", words_of(n)) for n in node.css(site.authors)] if site.authors else []
    return [name for part in names for name in people(part.replace(" · ", ", "))]


def _abstract(node: Any, site: Site) -> str:
    """The longest text that may be the abstract; the ACL Anthology has it folded behind the paper."""
    texts = [words_of(n) for n in node.css(site.abstract)] if site.abstract else []
    if site.name == "ACL Anthology" and (card := next_of(node, "div")):
        texts = [words_of(card)] if "abstract" in attribute(card, "class") else texts
    return _LABELLED.sub("", max(texts, key=len, default="")).removesuffix("△ Less").strip()


def _text_of(node: Any, selector: str | None) -> str:
    """The words of the first element that a selector finds, or its content; days and readers are no venue."""
    for found in node.css(selector) if selector else ():
        texts = words_of(found) or attribute(found, "content")
        if texts and not _NO_VENUE.match(texts):
            return texts
    return ""


_NO_VENUE = re.compile(
    r"(?:Published|Submitted|Last Modified|Modified|Created|Readers)\b|Everyone|\d{1,2} \w+ \d{4}|\d+ Repl"
)


def _title_words(node: LexborNode | None) -> str:
    """A title's words; elements within a word ("<span>G</span>ates") do not part it."""
    if node is None or node.css_first("br, p, div, li"):
        return words_of(node)
    return " ".join(node.text(separator="").split())


def _anthology_id(href: str) -> str | None:
    found = re.search(r"/(\d{4}\.[a-z0-9-]+-?\w*\.\d+|[A-Z]\d\d-\d{4})/?$", href)
    return found[1] if found else None
