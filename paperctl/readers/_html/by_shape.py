"""The papers of a page that carries them as data, or of no known site: its metadata, its links, its lists."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from paperctl.readers._html.nodes import Paper, address_of, attribute, query_id, words_of
from paperctl.readers._markdown.mention import LONGEST, mention
from paperctl.readers._table import Columns, header_score
from paperctl.readers._text import people, prose
from paperctl.readers._values import filled, stated
from paperctl.record.items import Object, Raw, by_fact
from paperctl.text.fold import fold
from paperctl.text.patterns import ARXIV_NEW


def hydrated(tree: Any) -> list[Paper]:
    """Papers of a Hugging Face page as its own data, which have authors and whole abstracts."""
    papers: list[Paper] = []
    for node in tree.css("[data-props*='Papers']"):
        try:
            props = json.loads(node.attributes.get("data-props") or "")
        except (ValueError, RecursionError):
            continue
        props = props if isinstance(props, dict) else {}
        listed = props.get("dailyPapers") or props.get("papers")
        for item in listed if isinstance(listed, list) else []:
            paper = item.get("paper", item) if isinstance(item, dict) else None
            if isinstance(paper, dict) and paper.get("title"):
                papers.append(_of_data(paper))
    return papers


def _of_data(paper: Object) -> Paper:
    authors, repository = paper.get("authors"), paper.get("githubRepo")
    people = [a for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    fields = stated(
        title=paper["title"],
        abstract=paper.get("summary"),
        authors=[name for person in people if (name := person.get("name"))],
        code_urls=[repository] if repository else [],
    )
    key = str(paper.get("id") or "")
    if re.fullmatch(ARXIV_NEW, key):
        fields |= {"arxiv_id": key, "url": f"https://huggingface.co/papers/{key}"}
    marks = [f'"/papers/{key}"', key] if key else []
    return fields, filled(date=paper.get("publishedAt")), key or None, marks


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


def single(tree: Any) -> list[Paper]:
    """A page about one paper, by its citation tags (https://scholar.google.com/intl/en/scholar/inclusion.html)."""
    fields: Raw = {}
    extra: Object = {}
    for node in tree.css("meta[name^='citation_']"):
        name, value = node.attributes.get("name") or "", (node.attributes.get("content") or "").strip()
        known = _CITATION.get(name)
        if not value:
            continue
        if known == "authors":
            fields.setdefault("authors", []).append(value)
        elif known and known != "pdf":
            by_fact(fields).setdefault(known, value)
        else:
            extra.setdefault(name.removeprefix("citation_"), value)
    return [(fields, extra, None, ["citation_title"])] if fields.get("title") else []


def tabled(tree: Any) -> list[Paper]:
    """The rows of tables whose first names columns that tables of papers have."""
    papers: list[Paper] = []
    for table in tree.css("table"):
        header, *rows = [row.css("th, td") for row in table.css("tr")] or [[]]
        names = [words_of(cell) for cell in header]
        if len(rows) < 1 or header_score(names) < 2:
            continue
        columns = Columns(names)
        for cells in rows:
            entry = columns.entry([words_of(cell) for cell in cells], (1, 1))
            title = entry.fields.get("title")
            if not title:
                continue
            links = [href for cell in cells for a in cell.css("a[href]") if (href := attribute(a, "href"))]
            found = address_of(next((href for href in links if "://" in href), ""), "")
            papers.append(({**found, **entry.fields}, entry.extra, entry.key, [title, title.split()[0]]))
    return papers


def cited(tree: Any) -> list[Paper]:
    """The items of lists that are references: nearly all with a title, people, and a year or a venue."""
    items = [node for node in tree.css("li") if len(node.css("li")) == 1]
    papers: list[Paper] = []
    for node in items:
        found = mention(_OUTER.sub("", node.html or "")) if len(node.html or "") < LONGEST else None
        fields: Raw = found.fields if found else {}
        if found and fields.get("authors") and (fields.get("year") or fields.get("venue")):
            title = fields["title"]
            papers.append((fields, found.extra, None, [title, title[:20], title.split()[0]]))
    return papers if len(papers) >= max(3, 0.6 * len(items)) else []


_OUTER = re.compile(r"^<li\b[^<>]*>|</li>\s*$", re.IGNORECASE)


def linked(tree: Any) -> list[Paper]:
    """The titles of a page of no known kind: the largest set of links of one shape that read like them."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for node in tree.css("a[href]"):
        href, words = node.attributes.get("href") or "", words_of(node)
        if len(words.split()) >= 3 and len(words) < 400 and prose(words) < 4:
            shape = re.sub(r"[\w%-]*\d[\w%-]*", "0", re.sub(r"[?#].*", "?", href))
            groups[shape if "0" in shape else shape.rpartition("/")[0]].append((href, words))
    best = max(groups.values(), key=len, default=[])
    if len(best) < 3:
        return []
    seen: set[str] = set()
    papers: list[Paper] = []
    for href, words in best:
        if (name := fold(words)) not in seen:
            seen.add(name)
            fields: Raw = {"title": words, **address_of(href, "")}
            papers.append((fields, {}, query_id(href), [f'"{href}"', href, words]))
    return papers


def listed(tree: Any) -> list[Paper]:
    """List items that read like titles, on a page without links to papers."""
    items = [
        node for node in tree.css("li") if len(node.css("li")) == 1
    ]  # an element is among its own matches
    strong = [node for node in items if node.css_first(_STRONG)]
    papers: list[Paper] = []
    for node in strong if len(strong) >= 3 else items:
        words = words_of(node.css_first(_STRONG)) or words_of(node)
        if len(words.split()) >= 3 and len(words) < 400 and prose(words) < 2:
            names = people(words_of(node.css_first("i, em, .authors")))
            papers.append((stated(title=words, authors=names), {}, None, [words[:40], words.split()[0]]))
    return papers if len(papers) >= 3 else []


_STRONG = "strong, b, .title"
