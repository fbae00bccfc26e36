"""A snapshot that fits into memory, in this process: the plan that a store's papers get."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from paperctl.bulk import outputs
from paperctl.bulk.inputs import Slice
from paperctl.bulk.job import Job, RunReceipt
from paperctl.bulk.reading import Read, Row, rows
from paperctl.deduplicate import Plan, plan
from paperctl.errors import MissingExtra
from paperctl.library.merge import Merger
from paperctl.library.naming import name_apart
from paperctl.parallel.reports import Progress
from paperctl.record import Record, as_record, by_name
from paperctl.record.ids import exact_id
from paperctl.record.works import linked, place_in_work

_decode = msgspec.json.Decoder().decode


def run(slices: Sequence[Slice], job: Job, work: Path, progress: Progress) -> RunReceipt:
    """Reads, compares, tags and writes."""
    read = Read()
    found: list[Row] = []
    for n, part in enumerate(slices):
        progress("reading", n / len(slices))
        found += rows(part, read)
    found.sort(key=lambda row: (row.order, row.entry, row.row))
    records = _records(found)
    decided = plan(records, progress=progress) if job.dedupe else Plan()
    merger = _joined(found, records, decided)
    papers = {n: record for n in range(len(records)) if (record := merger.now(n)) is not None}
    if job.tagger is not None:
        progress("tagging", 0.0)
        job.tagger.tag(papers.values())
    homes = [merger.place(n) for n in range(len(records))]
    _link(papers, {(homes[i], homes[j]) for i, j in decided.versions})
    _write(
        job,
        {
            "kept": ({**record, "cluster": record["id"]} for record in papers.values()),
            "records": (
                _outcome(row, own, papers[home]) for row, own, home in zip(found, records, homes, strict=True)
            ),
            "doubtful": _doubtful(decided, [papers[home] for home in homes]),
        },
    )
    outputs.write_set_aside(job.output / outputs.SET_ASIDE, read.aside)
    return RunReceipt(
        read=len(found),
        papers=len(papers),
        merged=len(found) - len(papers),
        works=len({by_name(record)["work"] for record in papers.values()}),
        versions=sum(len(record["versions"]) for record in papers.values()) // 2,
        doubtful=len(decided.maybes),
        set_aside=len(read.aside),
        skipped=dict(read.skipped),
        rules=[
            {"kind": kind, "rule": rule, "pairs": pairs}
            for (kind, rule), pairs in sorted(
                decided.rules.items(), key=lambda item: (item[0][0], -item[1], item[0][1])
            )
        ],
    )


def _records(found: Sequence[Row]) -> list[Record]:
    """The rows as papers; of those that one title names the first has the id made of it."""
    taken: set[str] = set()
    made: dict[int, str] = {}
    for n in sorted(range(len(found)), key=lambda n: (found[n].entry, n)):
        row = found[n]
        made[n] = row.title_id if row.title_id and row.title_id not in taken else exact_id(row.entry, taken)
        taken.add(made[n])
    return [as_record({**_decode(row.record), "id": made[n]}) for n, row in enumerate(found)]


def _joined(found: Sequence[Row], records: Sequence[Record], decided: Plan) -> Merger:
    """The rows joined and named."""
    merger = Merger(records)
    merger.join(decided.clusters)
    if decided.keys is not None:
        ids = {record["id"] for record in records}
        name_apart(merger, decided.keys, lambda: ids, _crowded(found), decided.clusters)
    return merger


def _crowded(found: Sequence[Row]) -> dict[str, list[int]]:
    """The numbers of the rows of each title that several have."""
    by_title: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(found):
        by_title[row.title_id].append(n)
    return {name: rows for name, rows in by_title.items() if name and len(rows) > 1}


def _link(papers: Mapping[int, Record], pairs: Iterable[tuple[int, int]]) -> None:
    """Writes into each paper its versions, and the one that is in front of its work."""
    others: dict[str, set[str]] = defaultdict(set)
    by_id = {record["id"]: record for record in papers.values()}
    for a, b in ((papers[i]["id"], papers[j]["id"]) for i, j in pairs if i != j):
        others[a].add(b)
        others[b].add(a)
    for record in papers.values():
        record["versions"] = sorted(others.get(record["id"], ()))
        by_name(record)["work"] = record["id"]
    for group in linked(others):
        first = min(group, key=lambda name: place_in_work(by_id[name]))
        for name in group:
            by_name(by_id[name])["work"] = first


def _outcome(row: Row, own: Record, paper: Record) -> dict[str, object]:
    return {
        "file": row.file,
        "line": row.line,
        "key": row.key,
        "id": own["id"],
        "cluster": paper["id"],
        "work": by_name(paper)["work"],
        "versions": paper["versions"],
        "topics": paper["topics"],
        "topic_scores": paper["topic_scores"],
    }


def _doubtful(decided: Plan, papers: Sequence[Record]) -> Iterator[dict[str, object]]:
    for i, j, why in decided.maybes:
        a, b = papers[i], papers[j]
        yield {
            "id": a["id"],
            "other": b["id"],
            "title": a["title"],
            "other_title": b["title"],
            "score": why.score,
            "evidence": list(why.evidence),
        }


def _write(job: Job, tables: Mapping[str, Iterator[dict[str, object]]]) -> None:
    for name in tables:
        outputs.clear(job.output, name)
    if job.format == "jsonl":
        for name, rows_ in tables.items():
            outputs.write_lines(job.output / f"{name}.jsonl", rows_)
        return
    try:
        from paperctl.bulk.tables import DOUBTFUL, RECORDS, write_table
    except ImportError:
        raise MissingExtra("Parquet", "parquet") from None
    columns = {"kept": None, "records": RECORDS, "doubtful": DOUBTFUL}
    for name, rows_ in tables.items():
        write_table(job.output / f"{name}.parquet", columns[name], rows_)
