"""Reading many records and judging many pairs, on all cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from paperctl.deduplicate import names, title_match, titles
from paperctl.deduplicate.candidates import Scan, merge_tables, scan
from paperctl.deduplicate.entries import Numbered
from paperctl.deduplicate.judge import Judged, verdict_if_any
from paperctl.parallel.processes import in_parallel, workers
from paperctl.parallel.reports import Progress
from paperctl.record import Paper

if TYPE_CHECKING:
    from paperctl.deduplicate.candidates import Candidates, Pairs, Table

Records = Sequence[Paper]


def key_table(records: Records, start: int, stop: int) -> Table:
    """The key table of `records[start:stop]`, made on all cores."""
    return scan_all(records, start, stop).table


def scan_all(records: Records, start: int, stop: int) -> Scan:
    """Read `records[start:stop]` once, on all cores."""
    size = stop - start
    parts = list(in_parallel(lambda a, b: scan(records, start + a, start + b), size, workers(size)))
    return Scan(
        merge_tables([part.table for part in parts]),
        [flat for part in parts for flat in part.flats],
        [n for part in parts for n in part.merged],
    )


_BATCH = 50_000


def judge_all(
    records: Numbered, pairs: Candidates, flats: dict[int, str], progress: Progress
) -> list[Judged]:
    """The verdicts on candidate pairs that are not `distinct`; `flats` are the flat titles known so far."""
    judged: list[Judged] = []
    total = max(1, len(pairs.firm) + len(pairs.loose))
    done = 0
    for which, glance in ((pairs.firm, None), (pairs.loose, flats)):
        parts = max(workers(len(which)), -(-len(which) // _BATCH))
        for found, seen in in_parallel(_judge_range(records, which, glance), len(which), parts):
            judged += found
            done += seen
            progress("compare", done / total)
    return judged


def _judge_range(
    records: Numbered, pairs: Pairs, flats: dict[int, str] | None
) -> Callable[[int, int], tuple[list[Judged], int]]:
    def judge(start: int, stop: int) -> tuple[list[Judged], int]:
        some = [(p >> 32, p & 0xFFFFFFFF) for p in pairs[start:stop].tolist()]
        return judge_pairs(records, some, flats), stop - start

    return judge


def judge_pairs(
    records: Numbered, pairs: Iterable[tuple[int, int]], flats: dict[int, str] | None = None
) -> list[Judged]:
    """The verdicts on candidate pairs that are not `distinct`.

    With `flats`, the flat titles known so far, a pair is judged only if its titles are alike at a
    glance and its authors no strangers: reason enough where only a few letters led to the pair.
    """
    if flats is not None:
        pairs = _worth_judging(records, [*pairs], flats)
    judged = []
    for i, j in pairs:
        found = verdict_if_any(records[i], records[j])
        if found is not None:
            judged.append((i, j, found))
    return judged


def _worth_judging(
    records: Numbered, pairs: Sequence[tuple[int, int]], flats: dict[int, str]
) -> Iterator[tuple[int, int]]:
    """The pairs whose titles are alike at a glance and whose authors are no strangers."""
    for n in {n for pair in pairs for n in pair if n not in flats}:
        flats[n] = "".join(titles.core(str(records[n].get("title") or "")))
    left, right = ([flats[n] for n in side] for side in zip(*pairs, strict=True)) if pairs else ([], [])
    for (i, j), alike in zip(pairs, title_match.alike_at_a_glance_each(left, right), strict=True):
        if alike and (
            flats[i] == flats[j] or not names.strangers(_authors(records[i]), _authors(records[j]))
        ):
            yield i, j


def _authors(record: Paper) -> Sequence[str]:
    return record.get("authors") or ()
