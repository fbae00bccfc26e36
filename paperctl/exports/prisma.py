"""The PRISMA 2020 flow of a review (https://doi.org/10.1136/bmj.n71) as a Mermaid diagram.

GitHub, GitLab, Obsidian and mermaid.live draw it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from paperctl.exports import Request
from paperctl.exports._flow import Box, chart
from paperctl.exports._paper import one_line
from paperctl.record import Record

NAME = "prisma"
ABOUT = "PRISMA 2020 flow of the screening, a Mermaid diagram"
SUFFIX = ".mmd"


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """The flow from the entries identified in each source to the papers kept, with the counts."""
    flow = chart(records, request.flow)
    if request.title:
        yield f"---\ntitle: {json.dumps(one_line(request.title), ensure_ascii=False)}\n---\n"
    yield "flowchart TD\n"
    for column in flow.columns:
        for step in column.steps:
            yield from map(_box, (step.box, *step.out))
    yield _box(flow.included)
    if flow.previous and flow.total:
        yield _box(flow.previous) + _box(flow.total)
        yield "    previous --> total\n    kept --> total\n"
    for column in flow.columns:
        yield f"    {' --> '.join([*(step.box.name for step in column.steps), 'kept'])}\n"
        for step in column.steps:
            yield from (f"    {step.box.name} --> {box.name}\n" for box in step.out)


def _box(box: Box) -> str:
    return f'    {box.name}["{"<br/>".join(map(_text, box.lines))}"]\n'


def _text(text: str) -> str:
    """Text inside a quoted label, where only Mermaid's own entity codes escape; a leading list mark or
    backquote would turn it into Markdown."""
    return re.sub(r"[^\w\s.,:;=()/–—…’-]", lambda sign: f"#{ord(sign[0])};", one_line(text))
