"""Plan files: what deduplication proposes, one verdict a line, for the user to edit.

    merge     3f2a90c1d4e5 9b8c7d6e5f40   # LoRA: Low-Rank … | LORA: LOW-RANK …
    version   …      link them, keep both
    maybe     …      undecided: nothing happens
    distinct  …      not a duplicate, and never asked again

Whatever names a paper on the command line names it here. Lines that contradict each other are
refused: carried out in any order, one of them would not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from paperctl.errors import UsageError
from paperctl.library.ids import the_one
from paperctl.record import Record
from paperctl.record.ids import known_ids
from paperctl.store.judgements import Judgement, Judgements

MEANING: Mapping[str, Judgement] = {"merge": "same", "version": "version", "distinct": "distinct"}
"""The verbs that decide something, and the judgement on a pair of papers that each stands for."""
VERBS = (*MEANING, "maybe")
APART = ("version", "distinct")
"""The verbs by which papers stay apart."""
HEAD = "# paperctl plan."
_COMMENT = re.compile(r"(?:^|\s)#.*")  # a DOI may have a # within

Pair = tuple[int, int]
Found = Mapping[str, Sequence[str]]


class PlanLine(NamedTuple):
    """A line of a plan as it was written; 0 is the line number of one that stands in no file."""

    verb: str
    ids: Sequence[str]
    line: int = 0


class ResolvedLine(NamedTuple):
    """A line of a plan and the papers it is about: their ids and places among the store's papers."""

    verb: str
    ids: list[str]
    places: list[int]
    line: int

    def pairs(self) -> Iterable[tuple[Pair, tuple[str, str]]]:
        """Each two papers of the line: their places, in order, and their ids."""
        for (a, one), (b, other) in combinations(zip(self.places, self.ids, strict=True), 2):
            yield (min(a, b), max(a, b)), (one, other)


def header() -> str:
    """The first line of a plan, by which paperctl knows its own."""
    return f"{HEAD} One line a verdict: merge, version, maybe or distinct, then ids. Edit, then apply."


def row(verb: str, papers: Sequence[Record]) -> str:
    """A line of a plan."""
    titles = " | ".join(" ".join(paper["title"].split())[:70] for paper in papers)
    return f"{verb:<9} {' '.join(paper['id'] for paper in papers)}   # {titles}"


def parsed(text: str, name: str) -> list[PlanLine]:
    """The lines of a plan that have a verdict. Raises UsageError with the file's name and the line."""
    rows = []
    for n, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        verb, *ids = _COMMENT.sub("", line).split() or [""]
        if not verb:
            continue
        if verb not in VERBS:
            raise UsageError(f"{name} line {n}: {verb!r} is not one of {', '.join(VERBS)}")
        if len(ids) < 2:
            raise UsageError(f"{name} line {n}: {verb} needs two ids or more")
        rows.append(PlanLine(verb, ids, n))
    return rows


def resolved(
    rows: Iterable[PlanLine], papers: Sequence[Record], found: Found, name: str
) -> list[ResolvedLine]:
    """The lines of a plan with their papers; `found` are the ids that each name may stand for.

    Raises UsageError for a name of no paper, of several, or of one that the line has already, and
    for papers to be kept apart that are one paper.
    """
    where = {known: n for n, record in enumerate(papers) for known in reversed(known_ids(record))}
    lines = []
    for row in rows:
        at = f"{name} line {row.line}: " if row.line else ""
        ids = _ids_of(row, papers, where, found, at)
        line = ResolvedLine(row.verb, ids, [where[known] for known in ids], row.line)
        if row.verb in APART:
            _refuse_one_paper(line, papers, at)
        lines.append(line)
    return lines


def _ids_of(
    row: PlanLine, papers: Sequence[Record], where: Mapping[str, int], found: Found, at: str
) -> list[str]:
    """The ids that the names of a line stand for."""
    ids: list[str] = []
    for name in row.ids:
        # Another command may have merged or removed what was found.
        there = [known for known in found[name] if known in where]
        known = name if name in where else _named(name, there, papers, where, at)
        if known in ids:
            raise UsageError(f"{at}{row.ids[ids.index(known)]} and {name} are the same paper, {known}")
        ids.append(known)
    return ids


def _named(
    name: str, found: Sequence[str], papers: Sequence[Record], where: Mapping[str, int], at: str
) -> str:
    """The one id that a name stands for: of a merged paper the id that starts with the name."""
    titles = {known: papers[where[known]]["title"] for known in found}
    the_one(name, found, titles, at)
    ids = known_ids(papers[where[found[0]]])
    return next((known for known in ids if known.startswith(name.lower())), ids[0])


def _refuse_one_paper(line: ResolvedLine, papers: Sequence[Record], at: str) -> None:
    """Raises UsageError if two ids of a line are one merged paper."""
    for n, place in enumerate(line.places):
        if place in line.places[:n]:
            now = papers[place]["id"]
            raise UsageError(
                f"{at}{line.ids[line.places.index(place)]} and {line.ids[n]} are one paper now; "
                f"`paperctl dedupe split {now}` takes it apart"
            )


def agreed_clusters(
    lines: Sequence[ResolvedLine], earlier: Judgements[int], papers: Sequence[Record], name: str
) -> list[list[int]]:
    """The clusters that the lines make. `earlier` are the user's judgements from before; a line on the very
    pair takes precedence. Raises UsageError, naming the lines, where they cannot all hold."""
    merges = [line for line in lines if line.verb == "merge"]
    clusters = united(line.places for line in merges)
    _refuse_contradictions(lines, merges, clusters, papers, name)
    if earlier:
        _refuse_against_earlier(merges, clusters, earlier, papers, name)
    return clusters


def _refuse_contradictions(
    lines: Sequence[ResolvedLine],
    merges: Sequence[ResolvedLine],
    clusters: Sequence[Sequence[int]],
    papers: Sequence[Record],
    name: str,
) -> None:
    """Raises UsageError for a pair to be kept apart that other lines merge, and for a pair of papers (as
    they will be after the merges) that two lines give different verdicts."""
    home = {n: cluster[0] for cluster in clusters for n in cluster}
    first: dict[Pair, ResolvedLine] = {}
    for line in lines:
        if line.verb not in APART:
            continue
        for pair, _ in line.pairs():
            a, b = (home.get(n, n) for n in pair)
            if a == b:
                raise UsageError(
                    f"{name}: {_lines(_way(merges, pair))} merge {_ids(papers, pair)}, line {line.line} "
                    f"says {line.verb}; nothing was done",
                    "take one of these lines out",
                )
            before = first.setdefault((min(a, b), max(a, b)), line)
            if before.verb != line.verb:
                raise UsageError(
                    f"{name}: line {before.line} says {before.verb}, line {line.line} {line.verb} of "
                    f"{_ids(papers, pair)}; nothing was done",
                    "take one of these lines out",
                )


def _refuse_against_earlier(
    merges: Sequence[ResolvedLine],
    clusters: Sequence[Sequence[int]],
    earlier: Judgements[int],
    papers: Sequence[Record],
    name: str,
) -> None:
    """Raises UsageError for a pair that lines merge by way of other papers although the user had judged
    it not to be the same."""
    direct = {pair for line in merges for pair, _ in line.pairs()}
    for pair in chain.from_iterable(combinations(cluster, 2) for cluster in clusters):
        judgement = earlier.get(*pair)
        if judgement not in (None, "same") and pair not in direct:
            raise UsageError(
                f"{name}: {_lines(_way(merges, pair))} merge {_ids(papers, pair)}, which you called "
                f"{judgement} before; nothing was done",
                f"take one of these lines out, or add: merge {_ids(papers, pair, ' ')}",
            )


def _ids(papers: Sequence[Record], pair: Pair, joint: str = " and ") -> str:
    return joint.join(papers[n]["id"] for n in pair)


def _way(merges: Sequence[ResolvedLine], pair: Pair) -> list[int]:
    """The lines of the fewest merges that lead from one paper to the other."""
    start, end = pair
    reached: dict[int, list[int]] = {start: []}
    waiting = [start]
    for here in waiting:
        for line in merges if end not in reached else ():
            for n in line.places if here in line.places else ():
                if n not in reached:
                    reached[n] = [*reached[here], line.line]
                    waiting.append(n)
    return reached[end]


def _lines(numbers: Sequence[int]) -> str:
    """The numbers of lines as the subject of `merge`."""
    *others, last = sorted(numbers)
    return f"lines {', '.join(map(str, others))} and {last} together" if others else f"line {last} says to"


def united(clusters: Iterable[Iterable[int]]) -> list[list[int]]:
    """The clusters, those that share a paper joined; a cluster of one paper is left out."""
    home: dict[int, list[int]] = {}
    for cluster in clusters:
        whole: list[int] = []
        for part in {id(c): c for n in cluster for c in [home.setdefault(n, [n])]}.values():
            whole += part
        home.update(dict.fromkeys(whole, whole))
    found = {id(c): sorted(c) for c in home.values() if len(c) > 1}
    return sorted(found.values())
