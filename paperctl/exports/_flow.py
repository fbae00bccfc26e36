"""The PRISMA 2020 flow of a review (https://doi.org/10.1136/bmj.n71) as boxes, whatever draws them.

Papers that a search of databases and registers found go down one column, those that only other methods
found (citations followed, websites, people asked) down another; both end in what was included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from paperctl.exports import Flow
from paperctl.library.stats import statistics
from paperctl.record import Record, Source

MOST_SOURCES = 12
"""A box of more sources than this is no longer read; the rest is counted together."""
_SEARCHED = (("database", "databases"), ("register", "registers"))


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its name in the diagram, and its lines, the first of which says what is counted."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A box of a column, and the boxes of what leaves the column there."""

    box: Box
    out: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One way by which papers came, from top to bottom."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The flow: its columns, what was included, and for an updated review what it had before and has now."""

    columns: tuple[Column, ...]
    included: Box
    previous: Box | None = None
    total: Box | None = None


def chart(records: Iterable[Record], flow: Flow) -> Chart:
    """The flow of papers with the sources that count."""
    papers = list(_counted(records, flow))
    searched = [record for record in papers if not _by_others_only(record)]
    others = [record for record in papers if _by_others_only(record)]
    types = Counter(source.get("type") or "database" for record in papers for source in record["sources"])
    in_full = any(record["decision"] and record.get("stage") == "fulltext" for record in papers)
    columns = [_column(searched, _searched(searched, types), in_full)]
    if types["other"]:
        columns.append(_column(others, _by_others(others, types["other"]), in_full, "others_"))
    included = [record for record in papers if _is_included(record, in_full)]
    works = _works(included)
    reports_of = [] if _works(papers) == len(papers) else [f"reports of {works:,} works"]
    kept = Box("kept", (f"Papers included {_n(len(included))}", *reports_of))
    if not flow.previous:
        return Chart(tuple(columns), kept)
    return Chart(tuple(columns), kept, *_updated(flow, works, len(included)))


def _updated(flow: Flow, works: int, new: int) -> tuple[Box, Box]:
    """What an updated review had before, and what it has now with the `new` reports of so many works."""
    studies, reports = (int(flow.previous.get(name) or 0) for name in ("studies", "reports"))
    before = Box("previous", (f"Studies of the previous review {_n(studies)}", f"reports {_n(reports)}"))
    all_studies = f"Studies in the updated review {_n(studies + works)}"
    total = Box("total", (all_studies, f"reports {_n(reports + new)}"))
    return before, total


def _by_others_only(record: Record) -> bool:
    """Whether no database and no register has a paper."""
    sources = record["sources"]
    return bool(sources) and all(source.get("type") == "other" for source in sources)


def _searched(papers: Sequence[Record], types: Counter[str]) -> Step:
    """What databases and registers gave, and what of it was there already."""
    files = Counter(
        source["file"] for record in papers for source in record["sources"] if source.get("type") != "other"
    )
    sources = files.most_common()
    lines = [f"{file}: {_n(count)}" for file, count in sources[:MOST_SOURCES]]
    if rest := sources[MOST_SOURCES:]:
        lines.append(f"{len(rest)} further sources: {_n(sum(count for _, count in rest))}")
    title = "Records identified"
    if len(types) > 1:
        title += " from databases and registers"
        lines = [*(f"{name} {_n(types[kind])}" for kind, name in _SEARCHED if kind in types), *lines]
    removed = f"duplicates {_n(max(0, files.total() - len(papers)))}"
    return Step(
        Box("identified", (f"{title} {_n(files.total())}", *lines)),
        (Box("removed", ("Records removed before screening", removed)),),
    )


def _by_others(papers: Sequence[Record], entries: int) -> Step:
    """What other methods gave, and what of it databases and registers had, too."""
    own = sum(len(record["sources"]) for record in papers)
    removed = [f"duplicates {_n(own - len(papers))}"]
    if entries > own:
        removed.append(f"found by the searches too {_n(entries - own)}")
    return Step(
        Box("others", (f"Records identified by other methods {_n(entries)}",)),
        (Box("others_removed", ("Records removed before screening", *removed)),),
    )


def _column(papers: Sequence[Record], first: Step, in_full: bool, prefix: str = "") -> Column:
    """The way of some papers from what gave them to the decisions, on full texts where these were read."""
    counts = statistics(papers)
    flow, full = counts["funnel"], counts["full_texts"]
    late = counts["full_text_reasons"]
    early = Counter(counts["reasons"]) - Counter(late)

    def box(name: str, title: str, count: int, *lines: str) -> Box:
        return Box(prefix + name, (f"{title} {_n(count)}", *lines))

    maybe = [f"of these maybe {_n(flow['maybe'])}"] if flow["maybe"] else []
    skipped = flow["skipped"] - full.get("skip", 0)
    out = [box("excluded", "Papers excluded", skipped, *_reasons(early))]
    steps = [
        first,
        Step(
            box("papers", "Papers to screen", flow["papers"]),
            (box("waiting", "Not yet decided", flow["papers"] - flow["screened"], *maybe),),
        ),
    ]
    if in_full and (waits := flow["kept"] - full.get("keep", 0)):
        out.append(box("unread", "Full texts not yet assessed", waits))
    steps.append(Step(box("screened", "Papers screened", flow["screened"]), tuple(out)))
    if in_full:
        assessed = box("assessed", "Full texts assessed", full.get("keep", 0) + full.get("skip", 0))
        rejected = box("rejected", "Full texts excluded", full.get("skip", 0), *_reasons(late))
        steps.append(Step(assessed, (rejected,)))
    return Column(tuple(steps))


def _is_included(record: Record, in_full: bool) -> bool:
    """Whether a paper is kept, from its full text where full texts were read."""
    return record["decision"] == "keep" and (not in_full or record.get("stage") == "fulltext")


def _works(papers: Sequence[Record]) -> int:
    """How many works papers are: versions of one work count once."""
    return len({record.get("work") or str(place) for place, record in enumerate(papers)})


def _counted(records: Iterable[Record], flow: Flow) -> Iterator[Record]:
    """The papers with the sources that count, under their names in the flow; those without one are none of
    it. A source goes by its path or the last part of it."""
    if not (flow.names or flow.left_out):
        yield from records
        return
    for record in records:
        sources = [source for source in record["sources"] if not _calls(source["file"]) & {*flow.left_out}]
        if sources or not record["sources"]:
            yield {**record, "sources": [_renamed(source, flow.names) for source in sources]}


def _renamed(source: Source, names: Mapping[str, object]) -> Source:
    """The source under its name in the flow."""
    found = (str(names[name]) for name in _calls(source["file"]) if name in names)
    return {**source, "file": next(found, source["file"])}


def _calls(file: str) -> set[str]:
    return {file, PurePath(file).name}


def _reasons(counts: Mapping[str, int]) -> list[str]:
    """A line for each reason, if any was given."""
    if not any(counts):
        return []
    return [f"{reason or 'no reason given'} {_n(count)}" for reason, count in counts.items()]


def _n(count: int) -> str:
    return f"(n = {count:,})"
