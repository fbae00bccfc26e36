"""One HTML page that needs nothing else: a list to search, filter by topic, read in the dark and print.

Papers are part of the page and not data for its script, so that it works without JavaScript. All
text is escaped, and a content security policy lets nothing run but the page's own script.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from urllib.parse import quote

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._html_chart import chart
from paperctl.exports._spool import spooled
from paperctl.record import Record
from paperctl.record.links import arxiv_link, code_links, doi_link, link
from paperctl.text.numbers import counted

NAME = "html"
ABOUT = "one web page with search and topic filters, for any browser, without a server"
SUFFIX = ".html"
SHOWS = ("decision", "note")


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """The page, one paper after the other in the order given."""
    facets = Facets()

    with spooled(records, facets.see) as again:
        yield _head(request, facets.papers, facets.with_code)
        yield _form(facets, request)
        yield chart(facets.topic_years, facets.names(request))
        yield "<ol>\n"
        for record in again:
            yield _paper(record, request)
        yield f'</ol>\n<p class="none"{" hidden" * bool(facets.papers)}>No paper matches.</p>\n'
        yield '<div class="end"></div>\n'
    yield f"<script>{_script()}</script>\n</body>\n</html>\n"


class Facets:
    """What the controls offer: the topics, years, venues and decisions that the papers have."""

    def __init__(self) -> None:
        self.papers = self.with_code = 0
        self.topics: Counter[str] = Counter()
        self.years: Counter[int | None] = Counter()
        self.venues: Counter[str] = Counter()
        self.topic_years: Counter[tuple[str, int]] = Counter()

    def see(self, record: Record) -> None:
        """Counts a paper."""
        year = record.get("year")
        self.papers += 1
        self.with_code += bool(record.get("has_code"))
        self.topics.update(record.get("topics") or ())
        self.years[year] += 1
        self.topic_years.update((topic, year) for topic in record.get("topics") or () if year)
        if record.get("venue"):
            self.venues[about.one_line(record["venue"])] += 1

    def names(self, request: Request) -> dict[str, str]:
        """The display name of each topic."""
        return {topic: about.one_line(about.topic_name(topic, request.topic_names)) for topic in self.topics}


def _part(name: str) -> str:
    return (resources.files("paperctl.exports") / "_html" / name).read_text(encoding="utf-8")


def _head(request: Request, papers: int, with_code: int) -> str:
    title = _text(request.title or "Reading list")
    query = f", from the query <code>{_text(request.query)}</code>" if request.query.strip() else ""
    policy = f"default-src 'none'; style-src '{_hash(_part('page.css'))}'; script-src '{_hash(_script())}'"
    count = f"{counted(papers, 'paper')}, {with_code:,} with code{query}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="paperctl">\n'
        f"<title>{title}</title>\n<style>{_part('page.css')}</style>\n</head>\n<body>\n"
        f'<h1>{title}</h1>\n<p class="about">{count}</p>\n'
    )


def _script() -> str:
    return _part("query.js") + _part("page.js")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


_DECISIONS = (("keep", "kept"), ("maybe", "maybe"), ("skip", "skipped"), ("none", "undecided"))
_ORDERS = (("newest", "newest first"), ("oldest", "oldest first"), ("title", "by title"))
_HELP = "words, &quot;phrases&quot;, author:name, year:2022..2024, -not, or, ( ); keys: / j k o a"
_VENUES = 200


def _form(facets: Facets, request: Request) -> str:
    """The controls; shown by the script, since without it they would do nothing."""
    topics = facets.topics
    buttons = "\n".join(
        f'<button type="button" class="topic" aria-pressed="false" data-topic="{_slug(topic)}">'
        f"{_text(about.topic_name(topic, request.topic_names))} {topics[topic]:,}</button>"
        for topic in about.topic_order(set(topics), request.topic_names)
    )
    years = sorted((year for year in facets.years if year), reverse=True)
    named_years = [(str(year), str(year)) for year in years]
    named_years += [("none", "no year")] if facets.years[None] and years else []
    venues = sorted(name for name, _ in facets.venues.most_common(_VENUES))
    choices = (
        _select("decision", "any decision", _DECISIONS)
        + _select("year", "any year", named_years)
        + _select("venue", "any venue", [(name, name) for name in venues])
        + _select("sort", "as listed", _ORDERS)
    )
    return (
        '<form hidden role="search">\n<div class="row">'
        '<input type="search" name="q" placeholder="Search titles, authors, abstracts" aria-label="Search" '
        f'autocomplete="off" title="{_HELP}"><output></output></div>\n<div class="row">{choices}'
        '<label><input type="checkbox" name="code"> with code</label></div>\n'
        + (f'<div class="row" role="group" aria-label="Topics">\n{buttons}\n</div>\n' if topics else "")
        + "</form>\n"
    )


def _select(name: str, nothing: str, options: Iterable[tuple[str, str]]) -> str:
    inner = "".join(
        f'<option value="{escape(value)}" data-name="{escape(shown)}">{escape(shown)}</option>'
        for value, shown in options
    )
    return f'<select name="{name}" aria-label="{nothing}"><option value="">{nothing}</option>{inner}</select>'


def _paper(record: Record, request: Request) -> str:
    decision = record.get("decision") if record.get("decision") in ("keep", "maybe", "skip") else ""
    topics = record.get("topics") or ()
    by = [_text(about.people(record, 6)), _text(about.published(record)), *_links(record), _versions(record)]
    tags = [f'<span class="{decision}">{decision}</span>'] if decision else []
    tags += [f"<span>{_text(about.topic_name(topic, request.topic_names))}</span>" for topic in topics]
    takeaway = about.takeaway({**record, "abstract": None})
    abstract = _text(record.get("abstract") or "")
    where = link(record)
    title = _text(about.title(record))
    return "".join(
        (
            f'<li class="paper {decision}" id="{_slug(record["id"])}" ',
            f'data-topics="{" ".join(map(_slug, topics))}" data-decision="{decision or "none"}"',
            _data("year", record.get("year")),
            _data("venue", record.get("venue")),
            _data("authors", "; ".join(record.get("authors") or ())),
            " data-code" if record.get("has_code") else "",
            f'>\n<a class="self" href="#{_slug(record["id"])}" aria-label="Link to this paper">#</a>\n<h2>',
            _linked(title, where) if where else title,
            "</h2>\n",
            f'<p class="by">{" · ".join(filter(None, by))}</p>\n' if any(by) else "",
            f'<p class="note">{_text(takeaway)}</p>\n' if takeaway else "",
            f'<p class="tags">{"".join(tags)}</p>\n' if tags else "",
            f"<details><summary>Abstract</summary><p>{abstract}</p></details>\n" if abstract else "",
            "</li>\n",
        )
    )


def _versions(record: Record) -> str:
    others = [_linked(_text(name), url) if url else _text(name) for name, url in about.versions(record)]
    return f"also as {', '.join(others)}" if others else ""


def _links(record: Record) -> Iterator[str]:
    for name, url in (("doi", doi_link(record)), ("arXiv", arxiv_link(record))):
        if url and url != link(record):
            yield _linked(name, url)
    links = code_links(record)
    yield from (_linked("code", url) for url in links)
    if record.get("has_code") and not links:
        yield "code"


def _linked(markup: str, url: str) -> str:
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{markup}</a>'


def _data(name: str, value: object) -> str:
    return f' data-{name}="{_text(value)}"' if value else ""


def _text(text: object) -> str:
    return escape(about.one_line(text))


def _slug(text: object) -> str:
    """A value of an attribute that is a list of words or an id: no blanks, nothing to escape."""
    return quote(str(text), safe="")
