"""A reading list in Markdown: by topic, with checkboxes, made again without losing a reader's notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._groups import grouped
from paperctl.exports._markdown import code, code_table, document, escaped, linked, topic_names, versions
from paperctl.exports._regenerate import Line
from paperctl.record import Record
from paperctl.record.links import link

NAME = "markdown"
ABOUT = "a reading list by topic with checkboxes, which keeps what you write into it"
SUFFIX = ".md"
SHOWS = ("decision", "note")
GROUPED = True


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """A title, a section for each topic or other group, and a table of the papers with code.

    A kept paper is ticked, a skipped one struck, a doubtful one marked. With `request.existing`,
    everything in it that a reader wrote stays (see `_regenerate`).
    """
    papers = list(records)
    sections = grouped(papers, request, lambda record: _item(record, request))
    return document(papers, request, [*sections, *code_table(papers)])


def _item(record: Record, request: Request) -> Line:
    decision, main = record.get("decision"), about.main_topic(record)
    name = f"**{linked(escaped(about.title(record)), link(record))}**"
    others = topic_names([topic for topic in record.get("topics") or () if topic != main], request)
    parts = [
        f"~~{name}~~" if decision == "skip" else name,
        {"maybe": "_maybe_", "skip": "_skipped_"}.get(decision or "", ""),
        escaped(about.people(record)),
        escaped(about.published(record)),
        versions(record),
        code(record),
        f"also {others}" if others else "",
    ]
    takeaway = escaped(about.takeaway(record))
    text = " · ".join(part for part in parts if part) + (f"<br>{takeaway}" if takeaway else "")
    return Line(record["id"], f"- [{'x' if decision == 'keep' else ' '}] {text}", decision is not None)
