"""The PRISMA 2020 flow of a review (https://doi.org/10.1136/bmj.n71) as a Mermaid diagram.

GitHub, GitLab, Obsidian and mermaid.live draw it; `mmdc` turns it into SVG.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from paperctl.exports import Flow, Request
from paperctl.exports._paper import one_line
from paperctl.library.stats import statistics
from paperctl.record import Record

NAME = "prisma"
ABOUT = "PRISMA 2020 flow of the screening, a Mermaid diagram"
SUFFIX = ".mmd"

MOST_SOURCES = 12
"""A box of more sources than this is no longer read; the rest is counted together."""


_SEARCHED = {"database": "databases", "register": "registers"}


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """The flow from the entries identified in each source to the papers kept, with the counts."""
    counts = statistics(_counted(records, request.flow))
    flow, sources = counts["funnel"], list(counts["sources"].items())
    undecided = flow["papers"] - flow["screened"]
    if request.title:
        yield f"---\ntitle: {json.dumps(one_line(request.title), ensure_ascii=False)}\n---\n"
    yield "flowchart TD\n"
    rest = sources[MOST_SOURCES:]
    lines = [f"{file}: {_n(count)}" for file, count in sources[:MOST_SOURCES]]
    if rest:
        lines.append(f"{len(rest)} further sources: {_n(sum(count for _, count in rest))}")
    types = counts["source_types"]
    other = types.get("other", 0)
    title = f"Records identified {_n(flow['identified'])}"
    if len(types) > 1:
        title = f"Records identified from databases and registers {_n(flow['identified'] - other)}"
        lines = [
            *(f"{name} {_n(types[kind])}" for kind, name in _SEARCHED.items() if kind in types),
            *lines,
        ]
    yield _box("identified", title, *lines)
    yield _box("removed", "Records removed before screening", f"duplicates {_n(flow['duplicates_removed'])}")
    yield _box("papers", f"Papers to screen {_n(flow['papers'])}")
    waiting = [f"of these maybe {_n(flow['maybe'])}"] if flow["maybe"] else []
    yield _box("waiting", f"Not yet decided {_n(undecided)}", *waiting)
    yield _box("screened", f"Papers screened {_n(flow['screened'])}")
    full, early = counts["full_texts"], Counter(counts["reasons"]) - Counter(counts["full_text_reasons"])
    yield _box("excluded", f"Papers excluded {_n(flow['skipped'] - full.get('skip', 0))}", *_reasons(early))
    if full:
        late = counts["full_text_reasons"]
        yield _box("assessed", f"Full texts assessed {_n(full.get('keep', 0) + full.get('skip', 0))}")
        yield _box("rejected", f"Full texts excluded {_n(full.get('skip', 0))}", *_reasons(late))
        if waits := flow["kept"] - full.get("keep", 0):
            yield _box("unread", f"Full texts not yet assessed {_n(waits)}")
            yield "    screened --> unread\n"
        yield _box("kept", f"Papers included {_n(full.get('keep', 0))}", *_works(counts))
        yield "    identified --> papers --> screened --> assessed --> kept\n    assessed --> rejected\n"
    else:
        yield _box("kept", f"Papers included {_n(flow['kept'])}", *_works(counts))
        yield "    identified --> papers --> screened --> kept\n"
    if request.flow.previous:
        yield from _updated(request.flow.previous, counts, full.get("keep", 0) if full else flow["kept"])
    if other:
        only = counts["papers_by_other_methods"]
        told = f"papers found in no other way {_n(only)}"
        yield _box("others", f"Records identified by other methods {_n(other)}", told)
        yield "    others --> papers\n"
    yield "    identified --> removed\n    papers --> waiting\n    screened --> excluded\n"


def _updated(previous: Mapping[str, int], counts: Mapping[str, Any], new: int) -> Iterator[str]:
    """The boxes of an updated review: what it had before, and all together with the `new` reports."""
    studies, reports = (int(previous.get(name) or 0) for name in ("studies", "reports"))
    yield _box("previous", f"Studies of the previous review {_n(studies)}", f"reports {_n(reports)}")
    total = f"Studies in the updated review {_n(studies + counts['works']['kept'])}"
    yield _box("total", total, f"reports {_n(reports + new)}")
    yield "    previous --> total\n    kept --> total\n"


def _counted(records: Iterable[Record], flow: Flow) -> Iterator[Record]:
    """The papers with the sources that count, under their names in the flow; those without one are none of
    it. A source goes by its path or the last part of it."""
    if not (flow.names or flow.left_out):
        yield from records
        return
    for record in records:
        sources = [source for source in record["sources"] if not _calls(source["file"]) & {*flow.left_out}]
        if not sources and record["sources"]:
            continue
        for source in sources:
            named = (flow.names[name] for name in _calls(source["file"]) if name in flow.names)
            if (name := next(named, None)) is not None:
                source["file"] = str(name)
        record["sources"] = sources
        yield record


def _calls(file: str) -> set[str]:
    return {file, PurePath(file).name}


def _works(counts: Mapping[str, Any]) -> list[str]:
    """How many works were included, where some papers are versions of one."""
    if counts["works"]["works"] == counts["papers"]:
        return []
    return [f"reports of {counts['works']['kept']:,} works"]


def _reasons(counts: Mapping[str, int]) -> list[str]:
    """A line for each reason, if any was given."""
    if not any(counts):
        return []
    return [f"{reason or 'no reason given'} {_n(count)}" for reason, count in counts.items()]


def _n(count: int) -> str:
    return f"(n = {count:,})"


def _box(name: str, *lines: str) -> str:
    return f'    {name}["{"<br/>".join(map(_text, lines))}"]\n'


def _text(text: str) -> str:
    """Text inside a quoted label, where only Mermaid's own entity codes escape; a leading list mark or
    backquote would turn it into Markdown."""
    return re.sub(r"[^\w\s.,:;=()/–—…’-]", lambda sign: f"#{ord(sign[0])};", one_line(text))
