"""The plan: which records are to be merged, which linked as versions, which asked about."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from paperctl.deduplicate import names, title_match, titles
from paperctl.deduplicate.candidates import (
    Scan,
    both,
    ends,
    merge_tables,
    of_entries,
    pairs_between,
    pairs_within,
    renumbered,
    scan,
    without,
)
from paperctl.deduplicate.clusters import NOT_MERGED, cluster
from paperctl.deduplicate.entries import Entries, Numbered, is_merged
from paperctl.deduplicate.judge import Judged, Verdict, verdict_if_any
from paperctl.deduplicate.recurring import doubt_recurring
from paperctl.deduplicate.rivals import doubt_shared_abstracts
from paperctl.store.judgements import Judgement, Judgements

if TYPE_CHECKING:
    from paperctl.deduplicate.candidates import Candidates, Pairs, Table

Records = Sequence[Mapping[str, Any]]
Progress = Callable[[str, float], None]


@dataclass(slots=True)
class Plan:
    """What to do with the records, by their indexes. Everything not named stays as it is."""

    clusters: list[list[int]] = field(default_factory=list)
    versions: list[tuple[int, int]] = field(default_factory=list)
    maybes: list[tuple[int, int, Verdict]] = field(default_factory=list)
    keys: Table | None = field(default=None, compare=False, repr=False)
    """The key table of all the records, for a caller that keeps it."""


def plan(
    records: Records,
    *,
    known: int = 0,
    words: Judgements[int] | Mapping[tuple[int, int], Judgement] | None = None,
    progress: Progress | None = None,
    stored: Table | None = None,
) -> Plan:
    """Find duplicates and versions among records. Merged papers are judged by their entries.

    `records[:known]` are resolved among themselves: only pairs with a record from `known` on are
    judged, and no two known ones are merged. `words` are a user's answers for pairs of indexes; they
    outrank every rule. `stored` is the key table of `records[:known]` where a caller keeps one.
    `progress` is told the stage and its share done, 0..1. Records may be any sequence that reads on
    demand. Deterministic; near-linear in the number of records.
    """
    if len(records) - known < 1:
        return Plan()
    order = [*range(known), *_in_order(records, known)]
    ordered = _Ordered(records, order)
    answers = words if isinstance(words, Judgements) else Judgements(words)
    ranked = answers.among(lambda n: [ordered.rank[n]])
    found = _plan_in_order(ordered, known, ranked, progress, stored)
    return _as_given(found, order)


def _in_order(records: Records, known: int) -> list[int]:
    """The numbers of the records from `known` on, ordered by what they say: which of them are compared and
    which are joined first where nothing else decides must not depend on which dump came first."""
    title_of = {n: str(records[n].get("title") or "").casefold() for n in range(known, len(records))}
    ordered: list[int] = []
    for _, alike in itertools.groupby(sorted(title_of, key=title_of.__getitem__), title_of.__getitem__):
        some = [*alike]
        ordered += some if len(some) == 1 else sorted(some, key=lambda n: _exactly(records[n]))
    return ordered


def _exactly(record: Mapping[str, Any]) -> tuple[str, str]:
    """What tells records of one title apart: the fingerprint of the first entry, or all that is known."""
    sources: Sequence[Mapping[str, Any]] = record.get("sources") or ({},)
    rest = (record.get(name) for name in ("authors", "year", "venue", "doi", "arxiv_id", "abstract", "extra"))
    return str(sources[0].get("entry") or repr([*rest])), str(record.get("id"))


class _Ordered(Sequence[Mapping[str, Any]]):
    """Records in another order."""

    def __init__(self, records: Records, order: Sequence[int]) -> None:
        self._records, self._order = records, order
        self.rank = {n: at for at, n in enumerate(order)}
        """For each record as they were given its number here."""

    def scan(self, start: int) -> Scan:
        """Reads the records from `start` on, of which all before keep their places. They are read as they lie
        in memory: one after the other takes half as long as here and there."""
        found = _scan(self._records, start, len(self))
        flats = [found.flats[n - start] for n in self._order[start:]]
        table = renumbered(found.table, [self.rank[n] for n in range(len(self))])
        return Scan(table, flats, sorted(self.rank[n] for n in found.merged))

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, n: Any) -> Any:
        return self._records[self._order[n]]


def _as_given(found: Plan, order: Sequence[int]) -> Plan:
    """A plan by the numbers that its records had before they were put in order."""

    def pair(a: int, b: int) -> tuple[int, int]:
        return min(order[a], order[b]), max(order[a], order[b])

    return Plan(
        sorted(sorted(order[n] for n in cluster) for cluster in found.clusters),
        sorted(pair(a, b) for a, b in found.versions),
        sorted(
            ((*pair(a, b), judged) for a, b, judged in found.maybes),
            key=lambda asked: (-asked[2].score, *asked[:2]),
        ),
        renumbered(found.keys, order) if found.keys is not None else None,
    )


def _plan_in_order(
    records: _Ordered,
    known: int,
    answers: Judgements[int],
    progress: Progress | None,
    stored: Table | None,
) -> Plan:
    tell = progress or (lambda stage, share: None)
    tell("keys", 0.0)
    new = records.scan(known)
    keys, pairs, merged = new.table, pairs_within(new.table), new.merged
    if known:
        before = stored if stored is not None else key_table(records, 0, known)
        pairs = both(pairs, pairs_between(before, new.table))
        keys = merge_tables([before, new.table])
        merged += [n for n in ends(pairs) if n < known and is_merged(records[n])]
    pairs = without(pairs, ((a, b) for a, b, word in answers.pairs() if word == "same"))
    entries = Entries(records, merged)
    if merged:
        pairs = of_entries(pairs, entries)
    tell("compare", 0.0)
    judged = _judge_all(entries, pairs, dict(enumerate(new.flats, known)), tell)
    judged = doubt_shared_abstracts(entries, doubt_recurring(entries, judged))
    tell("group", 0.0)
    clusters = cluster(entries, judged, answers, known)
    found = _plan(clusters, [_of_papers(pair, entries) for pair in judged] if merged else judged, answers)
    found.keys = keys
    return found


def _of_papers(pair: Judged, entries: Entries) -> Judged:
    i, j = sorted(map(entries.paper, pair[:2]))
    return i, j, pair[2]


def _plan(clusters: list[list[int]], judged: Sequence[Judged], answers: Judgements[int]) -> Plan:
    home = {i: c[0] for c in clusters for i in c}
    versions: dict[tuple[int, int], tuple[int, int]] = {}
    maybes: dict[tuple[int, int], tuple[int, int, Verdict]] = {}
    told = [
        (i, j, Verdict("version", 1.0, ("a user said so",)))
        for i, j, word in answers.pairs()
        if word == "version"
    ]
    for i, j, found in sorted([*told, *judged], key=lambda p: (-p[2].score, p[0], p[1])):
        homes = home.get(i, i), home.get(j, j)
        between = min(homes), max(homes)
        if between[0] == between[1] or answers.get(i, j) in ("same", "distinct"):
            continue
        if found.kind == "version":
            versions.setdefault(between, (i, j))
        elif found.kind == "maybe":
            maybes.setdefault(between, (i, j, found))
        elif found.kind == "duplicate":
            maybes.setdefault(between, (i, j, Verdict("maybe", found.score, (*found.evidence, NOT_MERGED))))
    asked = [m for between, m in maybes.items() if between not in versions]
    return Plan(clusters, sorted(versions.values()), asked)


# ---- both cores -------------------------------------------------------------------------------
# Worker processes are forked and read the records where they lie; only numbers and verdicts travel.

_SMALL = 4000
_shared: dict[str, Any] = {}


def _workers(size: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    can_fork = sys.platform.startswith("linux") and "fork" in multiprocessing.get_all_start_methods()
    return min(cores, 4) if can_fork and size >= _SMALL else 1


def _in_parallel(work: Callable[[int, int], Any], size: int, parts: int) -> Iterable[Any]:
    """`work(start, stop)` over `parts` equal ranges of `size`, in order; in this process if need be."""
    bounds = [(size * n // parts, size * (n + 1) // parts) for n in range(parts)]
    workers = _workers(size)
    if workers > 1:
        _shared["work"] = work
        try:
            with multiprocessing.get_context("fork").Pool(workers, _deaf) as pool:
                yield from pool.imap(_call, bounds)
            return
        except OSError:  # no more processes allowed, or no memory for them
            pass
        finally:
            _shared.clear()
    for bound in bounds:
        yield work(*bound)


def _deaf() -> None:
    """A worker leaves Ctrl-C to the process that started it, which ends it without a word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _call(bound: tuple[int, int]) -> Any:
    return _shared["work"](*bound)


def key_table(records: Records, start: int, stop: int) -> Table:
    """The key table of `records[start:stop]`, made on all cores."""
    return _scan(records, start, stop).table


def _scan(records: Records, start: int, stop: int) -> Scan:
    size = stop - start
    parts = list(_in_parallel(lambda a, b: scan(records, start + a, start + b), size, _workers(size)))
    return Scan(
        merge_tables([part.table for part in parts]),
        [flat for part in parts for flat in part.flats],
        [n for part in parts for n in part.merged],
    )


_BATCH = 50_000


def _judge_all(records: Numbered, pairs: Candidates, flats: dict[int, str], tell: Progress) -> list[Judged]:
    judged: list[Judged] = []
    total = max(1, len(pairs.firm) + len(pairs.loose))
    done = 0
    for which, glance in ((pairs.firm, None), (pairs.loose, flats)):
        parts = max(_workers(len(which)), -(-len(which) // _BATCH))
        for found, seen in _in_parallel(_judge_range(records, which, glance), len(which), parts):
            judged += found
            done += seen
            tell("compare", done / total)
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
    judged = []
    for i, j in pairs:
        if flats is not None and not _worth_judging(records, i, j, flats):
            continue
        found = verdict_if_any(records[i], records[j])
        if found is not None:
            judged.append((i, j, found))
    return judged


def _worth_judging(records: Numbered, i: int, j: int, flats: dict[int, str]) -> bool:
    for n in (i, j):
        if n not in flats:
            flats[n] = "".join(titles.core(str(records[n].get("title") or "")))
    if not title_match.alike_at_a_glance(flats[i], flats[j]):
        return False
    return flats[i] == flats[j] or not names.strangers(_authors(records[i]), _authors(records[j]))


def _authors(record: Mapping[str, Any]) -> Sequence[str]:
    return record.get("authors") or ()
