"""The steps of the stages: tables in, tables out. They call the rules, hold none, and run in any process."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from paperctl.bulk import tables
from paperctl.deduplicate import Verdict, merge, steps
from paperctl.library.merge import main_id
from paperctl.record import Record
from paperctl.record import sources as paper
from paperctl.record.ids import exact_id
from paperctl.record.works import place_in_work

if TYPE_CHECKING:
    from paperctl.bulk.tagging import BulkTagger

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def table(columns: dict[str, Sequence[Any]]) -> pa.Table:
    """A table of Python values; an engine gives it its types."""
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def _columns(rows: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(rows.column(name).to_pylist() for name in names), strict=True)


def _groups(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of each value of their first column, which stand together."""
    for _, some in itertools.groupby(rows, lambda row: row[0]):
        yield list(some)


def ids(rows: pa.Table) -> pa.Table:
    """The id of each row, and the one that it has if its title turns out to be that of several papers. Of the
    rows that one title names the first has its id made of the title."""
    made: list[str] = []
    apart: list[str] = []
    numbers: list[int] = []
    for group in _groups(_columns(rows, "named", "n", "entry", "title_id")):
        taken: set[str] = set()
        for _, n, entry, title_id in group:
            found = title_id if title_id and title_id not in taken else exact_id(entry, taken)
            taken.add(found)
            made.append(found)
            numbers.append(n)
        _, _, entry, title_id = group[0]
        first, *others = made[-len(group) :]
        apart += [exact_id(entry, taken) if title_id else first, *others]
    return table({"n": numbers, "id": made, "apart": apart})


def pairs(rows: pa.Table) -> pa.Table:
    """Rows of whole blocks → candidate pairs."""
    i, j, firm = steps.pairs(rows.column("key").to_numpy(), rows.column("n").to_numpy())
    return pa.table({"i": i, "j": j, "firm": firm})


def alike(rows: pa.Table) -> pa.Table:
    """The candidate pairs that are worth judging by their flat titles."""
    fit = [firm or steps.alike(a or "", b or "") for firm, a, b in _columns(rows, "firm", "flat_i", "flat_j")]
    return rows.select(["i", "j", "firm"]).filter(pa.array(fit, pa.bool_()))


def judge(rows: pa.Table) -> pa.Table:
    """Pairs with their records → verdicts, and the columns seen in them."""
    records = _records(rows)
    firm: list[tuple[int, int]] = []
    loose: list[tuple[int, int]] = []
    for i, j, sure in _columns(rows, "i", "j", "firm"):
        (firm if sure else loose).append((i, j))
    judged = steps.judge(records, firm, loose)
    seen = [steps.seen_columns(records, [pair]) for pair in judged]
    return table(
        {
            "i": [i for i, _, _ in judged],
            "j": [j for _, j, _ in judged],
            "kind": [found.kind for _, _, found in judged],
            "score": [found.score for _, _, found in judged],
            "rule": [found.evidence[-1] for _, _, found in judged],
            "evidence": [list(found.evidence) for _, _, found in judged],
            "seen": [_encode(some).decode() if some else None for some in seen],
        }
    )


def settle(seen: Sequence[tuple[str, str, Any]], rows: pa.Table) -> pa.Table:
    """Judged pairs of whole groups → clusters (each row's first one), versions, doubtful pairs."""
    verdicts = _columns(rows, "i", "j", "kind", "score", "evidence")
    judged = [(i, j, Verdict(kind, score, tuple(evidence))) for i, j, kind, score, evidence in verdicts]
    plan = steps.settle(_records(rows), judged, seen)
    found: list[tuple[str, int, int, float | None, list[str]]] = []
    for cluster in plan.clusters:
        found += (("cluster", cluster[0], n, None, []) for n in cluster)
    found += (("version", i, j, None, []) for i, j in plan.versions)
    found += (("maybe", i, j, why.score, list(why.evidence)) for i, j, why in plan.maybes)
    names = ("what", "i", "j", "score", "evidence")
    return table({name: [row[n] for row in found] for n, name in enumerate(names)})


def _records(rows: pa.Table) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for side in ("i", "j"):
        for n, text in _columns(rows, side, f"record_{side}"):
            if n not in found:
                found[n] = _decode(text)
    return found


def alone(tagger: BulkTagger | None, rows: pa.Table) -> pa.Table:
    """Rows that are papers by themselves → papers, tagged."""
    found = [(n, _record(id_, text)) for n, id_, text in _columns(rows, "paper", "id", "record")]
    return _papers(found, tagger)


def merged(tagger: BulkTagger | None, rows: pa.Table) -> pa.Table:
    """Rows of whole clusters → one paper each, tagged."""
    found = []
    for group in _groups(_columns(rows, "paper", "id", "record", "apart", "shared")):
        members = sorted((_record(id_, text) for _, id_, text, _, _ in group), key=main_id)
        whole = paper.joined(members[0], members[1:], merge)
        if any(shared for *_, shared in group):
            whole = paper.named(whole, min(apart for *_, apart, _ in group))
        found.append((group[0][0], whole))
    return _papers(found, tagger)


def _record(id_: str, text: str) -> Record:
    record: Record = _decode(text)
    record["id"] = id_
    return record


def _papers(found: Sequence[tuple[int, Record]], tagger: BulkTagger | None) -> pa.Table:
    records = [record for _, record in found]
    if tagger is not None:
        tagger.tag(records)
    return pa.table(
        {
            "paper": pa.array([n for n, _ in found], pa.int64()),
            "id": [record["id"] for record in records],
            "title": [record["title"] for record in records],
            "topics": pa.array([record["topics"] for record in records], pa.list_(pa.string())),
            "topic_scores": pa.array(
                [[*record["topic_scores"].items()] for record in records], pa.map_(pa.string(), pa.float64())
            ),
            "record": [_encode(record).decode() for record in records],
        }
    )


def fronts(rows: pa.Table) -> pa.Table:
    """Papers of whole works → for each the id of the one in front."""
    numbers: list[int] = []
    works: list[str] = []
    for group in _groups(_columns(rows, "part", "paper", "id", "record")):
        first = min(group, key=lambda row: place_in_work(_record(row[2], row[3])))
        numbers += (row[1] for row in group)
        works += [first[2]] * len(group)
    return table({"paper": numbers, "work": works})


def kept(rows: pa.Table) -> pa.Table:
    """Papers with their links → whole records in the columns of the Parquet export, and their cluster."""
    records = []
    for id_, work, versions, text in _columns(rows, "id", "work", "versions", "record"):
        records.append({**_decode(text), "versions": versions or [], "work": work, "cluster": id_})
    return tables.kept(records)
