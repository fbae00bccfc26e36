"""Parts that the Markdown exports share: escaping, links, and the list by topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._regenerate import Line, Section, regenerated
from paperctl.record import Record
from paperctl.record.links import code_links, link
from paperctl.text.numbers import counted

_SPECIAL = re.compile(r"[\\`*_\[\]~|#$>]|&(?=#?\w+;)|([=%])(?=\1)|(?<==)=|(?<=%)%")
_CODE = "#code"
_OTHER = "#other"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: CommonMark, GitHub's tables, strikes and math, Obsidian's signs."""
    return _SPECIAL.sub(r"\\\g<0>", text).replace("<", "&lt;")


def linked(text: str, url: str | None) -> str:
    """The text, already Markdown, linked where there is a url."""
    return f"[{text}]({re.sub('&(?=#?[0-9A-Za-z]+;)', '&amp;', url)})" if url else text


def code(record: Record) -> str:
    """Links to the paper's code, "code" alone if a dump mentions code without its address."""
    links = code_links(record)
    return " ".join(linked("code", url) for url in links) or ("code" if record.get("has_code") else "")


def versions(record: Record) -> str:
    """The other versions of its work, linked; empty if there are none or each is listed by itself."""
    others = [linked(escaped(name), url) for name, url in about.versions(record)]
    return f"also as {', '.join(others)}" if others else ""


def topic_names(topics: Iterable[str], request: Request) -> str:
    """The display names of topics, escaped."""
    return ", ".join(escaped(about.topic_name(topic, request.topic_names)) for topic in topics)


def by_topic(records: Sequence[Record], request: Request, item: Callable[[Record], Line]) -> list[Section]:
    """A section for each topic, a paper once, under its strongest topic."""
    groups: dict[str | None, list[Line]] = {}
    for record in records:
        groups.setdefault(about.main_topic(record), []).append(item(record))
    sections = []
    for topic in about.topic_order({topic for topic in groups if topic}, request.topic_names):
        heading = f"## {escaped(about.topic_name(topic, request.topic_names))}"
        sections.append(Section(f"#topic/{quote(topic, safe='')}", heading, groups[topic]))
    if None in groups:
        sections.append(Section(_OTHER, "## Other papers" if sections else "## Papers", groups[None]))
    return sections


def code_table(records: Iterable[Record]) -> list[Section]:
    """The table of the papers that come with code; none if there are no such papers."""
    rows = []
    for record in records:
        links = code_links(record)
        if links or record.get("has_code"):
            where = " ".join(linked(escaped(url.partition("://")[2].rstrip("/")), url) for url in links)
            name = linked(escaped(about.title(record)), link(record))
            rows.append(Line(f"{record['id']}/code", f"| {name} | {where or 'yes, without a link'} |"))
    return [Section(_CODE, "## Code", rows)] if rows else []


def document(
    records: Sequence[Record], request: Request, sections: Iterable[Section], title: str = "Reading list"
) -> Iterator[str]:
    """The document, with the reader's own lines of its older generation."""
    sections = list(sections)
    with_code = sum(1 for record in records if record.get("has_code"))
    query = f", from the query “{escaped(about.one_line(request.query))}”" if request.query.strip() else ""
    count = f"{counted(len(records), 'paper')}, {with_code:,} with code{query}"
    line = f"_{count}. Made by paperctl: what you write or tick here stays when the list is made again._"
    heading = f"# {escaped(about.one_line(request.title or title))}"
    order = {topic: n for n, topic in enumerate(request.topic_names)}
    groups = {section.key.partition("/")[2]: n for n, section in enumerate(sections)}

    def place(key: str) -> tuple[int, int, str]:
        kind, _, topic = key.partition("/")
        if kind == "#group":
            return 1, groups.get(topic, len(groups)), topic
        rank = {"#papers": 0, "#topic": 1, _OTHER: 2, _CODE: 4}.get(kind, 3)
        return rank, order.get(topic, len(order)), topic

    return regenerated(heading, line, sections, place, request.existing)
