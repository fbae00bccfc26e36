"""The PRISMA 2020 flow of a review as plain text: one box after another, what left at each step indented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports._flow import Box, Chart, chart
from paperctl.exports._paper import one_line
from paperctl.record import Record

NAME = "prisma-text"
ABOUT = "PRISMA 2020 flow of the screening, plain text"
SUFFIX = ""


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """The flow from the entries identified in each source to the papers kept, with the counts."""
    return text_of(chart(records, request.flow), request.title)


def text_of(flow: Chart, title: str | None) -> Iterator[str]:
    """The columns of the flow one below the other, then what was included."""
    if title:
        yield f"{one_line(title)}\n\n"
    if flow.previous:
        yield from _lines(flow.previous, "")
        yield "\n"
    for column in flow.columns:
        for step in column.steps:
            yield from _lines(step.box, "")
            for box in step.out:
                yield from _lines(box, "    - ")
        yield "\n"
    yield from _lines(flow.included, "")
    if flow.total:
        yield from _lines(flow.total, "")


def _lines(box: Box, mark: str) -> Iterator[str]:
    """The lines of a box, those below the first further to the right."""
    first, *rest = map(one_line, box.lines)
    yield f"{mark}{first}\n"
    yield from (f"{' ' * len(mark)}    {line}\n" for line in rest)
