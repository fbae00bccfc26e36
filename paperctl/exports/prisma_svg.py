"""The PRISMA 2020 flow of a review as a drawing that papers and slides take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports._flow import chart
from paperctl.exports._flow_svg import svg
from paperctl.record import Record

NAME = "prisma-svg"
ABOUT = "PRISMA 2020 flow of the screening, a drawing"
SUFFIX = ".svg"


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """The drawing as SVG."""
    yield svg(chart(records, request.flow), request.title or "")
