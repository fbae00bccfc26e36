"""The PRISMA 2020 flow of a review as a page: the drawing, and the same as text for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from paperctl.exports import Request
from paperctl.exports._flow import chart
from paperctl.exports._flow_svg import svg
from paperctl.exports._paper import one_line
from paperctl.exports.prisma_text import text_of
from paperctl.record import Record

NAME = "prisma-html"
ABOUT = "PRISMA 2020 flow of the screening, a page with the drawing"
SUFFIX = ""


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """The page."""
    flow = chart(records, request.flow)
    text = "".join(text_of(flow, request.title))
    title = escape(one_line(request.title or "PRISMA 2020 flow"))
    yield f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
    yield f"<body>\n{svg(flow, request.title or '')}"
    yield f"<details><summary>As text</summary><pre>{escape(text)}</pre></details>\n</body>\n</html>\n"
