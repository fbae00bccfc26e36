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
from paperctl.exports._spool import spooled
from paperctl.record import Record

NAME = "html"
ABOUT = "one web page with search and topic filters, for any browser, without a server"
SUFFIX = ".html"


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """The page, one paper after the other in the order given."""
    topics: Counter[str] = Counter()
    codes: list[bool] = []

    def see(record: Record) -> None:
        topics.update(record.get("topics") or ())
        codes.append(bool(record.get("has_code")))

    with spooled(records, see) as again:
        yield _head(request, len(codes), sum(codes))
        yield _form(topics, request)
        yield "<ol>\n"
        for record in again:
            yield _paper(record, request)
        yield f'</ol>\n<p class="none"{" hidden" * bool(codes)}>No paper matches.</p>\n'
        yield '<div class="end"></div>\n'
    yield f"<script>{_part('page.js')}</script>\n</body>\n</html>\n"


def _part(name: str) -> str:
    return (resources.files("paperctl.exports") / "_html" / name).read_text(encoding="utf-8")


def _head(request: Request, papers: int, with_code: int) -> str:
    title = _text(request.title or "Reading list")
    query = f", from the query <code>{_text(request.query)}</code>" if request.query.strip() else ""
    policy = f"default-src 'none'; style-src '{_hash('page.css')}'; script-src '{_hash('page.js')}'"
    count = f"{papers:,} paper{'s' * (papers != 1)}, {with_code:,} with code{query}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="paperctl">\n'
        f"<title>{title}</title>\n<style>{_part('page.css')}</style>\n</head>\n<body>\n"
        f'<h1>{title}</h1>\n<p class="about">{count}</p>\n'
    )


def _hash(name: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(_part(name).encode()).digest()).decode()}"


def _form(topics: Counter[str], request: Request) -> str:
    """The controls; shown by the script, since without it they would do nothing."""
    buttons = "\n".join(
        f'<button type="button" class="topic" aria-pressed="false" data-topic="{_slug(topic)}">'
        f"{_text(about.topic_name(topic, request.topic_names))} {topics[topic]:,}</button>"
        for topic in about.topic_order(set(topics), request.topic_names)
    )
    decisions = (
        ("", "any decision"),
        ("keep", "kept"),
        ("maybe", "maybe"),
        ("skip", "skipped"),
        ("none", "undecided"),
    )
    options = "".join(f'<option value="{value}">{name}</option>' for value, name in decisions)
    return (
        '<form hidden role="search">\n<div class="row">'
        '<input type="search" name="q" placeholder="Search titles, authors, abstracts" aria-label="Search" '
        'autocomplete="off">'
        f'<select name="decision" aria-label="Decision">{options}</select>'
        '<label><input type="checkbox" name="code"> with code</label><output></output></div>\n'
        + (f'<div class="row" role="group" aria-label="Topics">\n{buttons}\n</div>\n' if topics else "")
        + "</form>\n"
    )


def _paper(record: Record, request: Request) -> str:
    decision = record.get("decision") if record.get("decision") in ("keep", "maybe", "skip") else ""
    topics = record.get("topics") or ()
    by = [_text(about.people(record, 6)), _text(about.published(record)), *_links(record), _versions(record)]
    tags = [f'<span class="{decision}">{decision}</span>'] if decision else []
    tags += [f"<span>{_text(about.topic_name(topic, request.topic_names))}</span>" for topic in topics]
    takeaway = about.takeaway({**record, "abstract": None})
    abstract = _text(record.get("abstract") or "")
    where = about.link(record)
    title = _text(about.title(record))
    return "".join(
        (
            f'<li class="paper {decision}" id="{_slug(record["id"])}" ',
            f'data-topics="{" ".join(map(_slug, topics))}" data-decision="{decision or "none"}"',
            " data-code" if record.get("has_code") else "",
            ">\n<h2>",
            _linked(title, where) if where else title,
            "</h2>\n",
            f'<p class="by">{" · ".join(filter(None, by))}</p>\n' if any(by) else "",
            f"<p>{_text(takeaway)}</p>\n" if takeaway else "",
            f'<p class="tags">{"".join(tags)}</p>\n' if tags else "",
            f"<details><summary>Abstract</summary><p>{abstract}</p></details>\n" if abstract else "",
            "</li>\n",
        )
    )


def _versions(record: Record) -> str:
    others = [_linked(_text(name), url) if url else _text(name) for name, url in about.versions(record)]
    return f"also as {', '.join(others)}" if others else ""


def _links(record: Record) -> Iterator[str]:
    for name, url in (
        ("doi", f"https://doi.org/{record['doi']}" if record.get("doi") else None),
        ("arXiv", f"https://arxiv.org/abs/{record['arxiv_id']}" if record.get("arxiv_id") else None),
    ):
        if url and (url := about.web(url)) and url != about.link(record):
            yield _linked(name, url)
    links = about.code_links(record)
    yield from (_linked("code", url) for url in links)
    if record.get("has_code") and not links:
        yield "code"


def _linked(markup: str, url: str) -> str:
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{markup}</a>'


def _text(text: object) -> str:
    return escape(about.one_line(text))


def _slug(text: object) -> str:
    """A value of an attribute that is a list of words or an id: no blanks, nothing to escape."""
    return quote(str(text), safe="")
