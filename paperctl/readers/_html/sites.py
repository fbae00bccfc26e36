"""Conference pages: where each kind keeps its papers, as CSS selectors."""

from __future__ import annotations

from dataclasses import dataclass

from paperctl.text.patterns import ARXIV_NEW


@dataclass(frozen=True, slots=True)
class Site:
    """Where a kind of page keeps its papers: CSS selectors, within an element for each paper."""

    name: str
    evidence: str
    paper: str
    title: str
    authors: str = ""
    abstract: str = ""
    base: str = ""
    venue: str = ""
    year: str = ""
    keywords: str = ""
    link: str = ""
    """The link to the paper, where it is not the title's own or the first."""


_TALK = "a:is([href*='/poster/'], [href*='/oral/'], [href*='/paper/'], [href*='/spotlight/'])"
SITES = (
    Site(
        "Hugging Face papers",
        rf'href=["\']?(?:https://huggingface\.co)?/papers/{ARXIV_NEW}',
        "article",
        "h3 a, h2 a, h4 a",
        "",
        "p",
        "https://huggingface.co/papers",
    ),
    Site(
        "OpenReview",
        r'href=["\']?(?:https://openreview\.net)?/forum\?id=',
        "li.note, div.note, div.note-card, li[data-id], tr:has(a[href*='forum?id='])",
        "h4 a[href*='forum?id='], h5 a[href*='forum?id='], a[href*='forum?id=']",
        ".note-authors, .authors",
        ".note-content-value p, .note_content_value, .abstract",
        "https://openreview.net/",
        venue=".note-meta-info li, .venue",
    ),
    Site(
        "an OpenReview forum",
        r'class=["\'][^"\']*forum-title',
        "body",
        ".forum-title h1, .forum-title h2, .forum-title",
        ".forum-authors",
        ".note-content-value p, .note-content-value",
        "https://openreview.net/",
        venue=".forum-meta .item",
        link="a[href*='forum?id=']",
    ),
    Site(
        "arXiv search",
        r"class=[\"']arxiv-result",
        "li.arxiv-result",
        "p.title",
        "p.authors",
        "span.abstract-full",
        "https://arxiv.org/",
    ),
    Site(
        "arXiv listing",
        r"class=[\"'][^\"']*list-title",
        "dl > dd",
        ".list-title",
        ".list-authors",
        "p.mathjax",
        "https://arxiv.org/",
    ),
    Site(
        "CVF open access", r"class=[\"']?ptitle", "dt.ptitle", "a", "", "", "https://openaccess.thecvf.com/"
    ),
    Site(
        "PMLR proceedings",
        r"<p class=[\"']?title",
        "div.paper",
        "p.title",
        "span.authors",
        "",
        "https://proceedings.mlr.press/",
        venue="span.info i",
    ),
    Site(
        "ACL Anthology",
        r"aclanthology\.org|class=\"?acl-paper|href=\"?/\d{4}\.[a-z-]+\.\d+",
        "p.d-sm-flex, div.d-sm-flex",
        "strong a",
        "a[href*='/people/']",
        "",
        "https://aclanthology.org/",
    ),
    Site(
        "NeurIPS proceedings",
        r'href=["\']?/paper(?:_files)?/(?:paper/)?\d{4}',
        "li:has(a[href*='/paper'])",
        "a[href*='/paper']",
        "i, .paper-authors",
        "",
        "https://papers.nips.cc/",
    ),
    Site(
        "a virtual conference",
        r'href=["\']?(?:https?://[\w.]+)?/virtual/\d{4}/(?:poster|oral|paper|spotlight)/\d+',
        ", ".join(f"{tag}:has({_TALK})" for tag in ("li", ".card", ".displaycards", ".track-schedule-card")),
        _TALK,
        ".card-subtitle, .author-str, .author",
        ".abstract-text, .abstract, .abstract-display, details",
    ),
    Site(
        "dblp",
        r'class=["\']publ-list|<li class=["\']entry (?:article|inproceedings|informal|book|incollection)',
        "li.entry",
        "span.title",
        "span[itemprop='author'] span[itemprop='name']",
        "",
        "https://dblp.org/",
        venue="span[itemprop='isPartOf'] span[itemprop='name']",
        year="span[itemprop='datePublished'], meta[itemprop='datePublished']",
        link="nav.publ a[href*='doi.org'], nav.publ .head a[href^='http'], nav.publ a[href^='http']",
    ),
)
