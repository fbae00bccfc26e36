"""One Markdown table of all papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._markdown import code, document, escaped, linked, topic_names, versions
from paperctl.exports._regenerate import Line, Section
from paperctl.record import Record
from paperctl.record.links import link

NAME = "markdown-table"
ABOUT = "one Markdown table of all papers"
SUFFIX = ""
SHOWS = ()


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """A row for each paper, in the order given."""
    papers = list(records)
    rows = [Line(f"{record['id']}/row", _row(record, request)) for record in papers]
    return document(papers, request, [Section("#papers", "## Papers", rows)] if rows else [], "Papers")


def _row(record: Record, request: Request) -> str:
    cells = (
        linked(escaped(about.title(record)), link(record)),
        escaped(about.people(record)),
        ", ".join(part for part in (escaped(about.published(record)), versions(record)) if part),
        topic_names(record.get("topics") or (), request),
        code(record),
    )
    return f"| {' | '.join(cells)} |"
