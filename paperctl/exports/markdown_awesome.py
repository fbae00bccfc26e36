"""An "awesome list": contents, a section for each topic, a link and a description for each paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._groups import grouped
from paperctl.exports._markdown import code, document, escaped, linked, versions
from paperctl.exports._regenerate import Line
from paperctl.record import Record
from paperctl.record.links import link

NAME = "markdown-awesome"
ABOUT = "an awesome list: a bullet with link and description for each paper, by topic"
SUFFIX = ""
SHOWS = ("note",)
GROUPED = True


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """Papers by topic or other group, without checkboxes; papers that were skipped are left out."""
    papers = [record for record in records if record.get("decision") != "skip"]
    return document(papers, request, grouped(papers, request, _item), "Awesome papers")


def _item(record: Record) -> Line:
    published = escaped(about.published(record))
    others = versions(record)
    parts = [
        f"({published})" if published else "",
        f"({others})" if others else "",
        f"[{code(record)}]" if record.get("has_code") else "",
    ]
    takeaway = escaped(about.takeaway(record))
    name = linked(escaped(about.title(record)), link(record))
    text = " ".join(part for part in (name, *parts) if part) + (f" - {takeaway}" if takeaway else "")
    return Line(record["id"], f"- {text}")
