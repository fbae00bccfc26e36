"""Plan files: what deduplication proposes, one line a verdict, for a person to edit.

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
from paperctl.store.events import known_ids
from paperctl.store.judgements import Judgement, Judgements

MEANING: Mapping[str, Judgement] = {"merge": "same", "version": "version", "distinct": "distinct"}
"""The verbs that say something, and the word on a pair of papers that each gives."""
VERBS = (*MEANING, "maybe")
HEAD = "# paperctl plan."
_COMMENT = re.compile(r"(?:^|\s)#.*")  # a DOI may have a # within

Pair = tuple[int, int]
Found = Mapping[str, Sequence[str]]


class PlanLine(NamedTuple):
    """A line of a plan as it was written; line 0 is none of a file."""

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
    """The lines of a plan that say something. Raises UsageError with the file's name and the line."""
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


def understood(
    rows: Iterable[PlanLine], papers: Sequence[Record], found: Found, name: str
) -> list[ResolvedLine]:
    """The lines with every word resolved; `found` are the ids that each may stand for.

    Raises UsageError for a word that names no paper, several, or one that the line has already, and
    for papers to be kept apart that are one paper.
    """
    where = {known: n for n, record in enumerate(papers) for known in reversed(known_ids(record))}
    lines = []
    for row in rows:
        at = f"{name} line {row.line}: " if row.line else ""
        ids: list[str] = []
        for word in row.ids:
            # Another command may have merged or removed what was found.
            there = [known for known in found[word] if known in where]
            known = word if word in where else _named(word, there, papers, where, at)
            if known in ids:
                raise UsageError(f"{at}{row.ids[ids.index(known)]} and {word} are the same paper, {known}")
            ids.append(known)
        places = [where[known] for known in ids]
        for n, place in enumerate(places):
            if row.verb in ("version", "distinct") and place in places[:n]:
                now = papers[place]["id"]
                raise UsageError(
                    f"{at}{ids[places.index(place)]} and {ids[n]} are one paper now; "
                    f"`paperctl dedupe split {now}` takes it apart"
                )
        lines.append(ResolvedLine(row.verb, ids, places, row.line))
    return lines


def _named(
    word: str, found: Sequence[str], papers: Sequence[Record], where: Mapping[str, int], at: str
) -> str:
    """The one id that a word stands for: of a merged paper the id that it is the beginning of."""
    titles = {known: papers[where[known]]["title"] for known in found}
    the_one(word, found, titles, at)
    ids = known_ids(papers[where[found[0]]])
    return next((known for known in ids if known.startswith(word.lower())), ids[0])


def agreed(
    lines: Sequence[ResolvedLine], spoken: Judgements[int], papers: Sequence[Record], name: str
) -> list[list[int]]:
    """The clusters that the lines make. `spoken` is what the person said earlier; a line on the very
    pair outranks it. Raises UsageError, with the lines, where they cannot all hold."""
    clusters = united(line.places for line in lines if line.verb == "merge")
    home = {n: cluster[0] for cluster in clusters for n in cluster}

    def ids(pair: Pair) -> str:
        return " and ".join(papers[n]["id"] for n in pair)

    merges = [line for line in lines if line.verb == "merge"]
    direct = {pair for line in merges for pair, _ in line.pairs()}
    first: dict[Pair, ResolvedLine] = {}
    for line in lines:
        for pair, _ in line.pairs() if line.verb in ("version", "distinct") else ():
            a, b = (home.get(n, n) for n in pair)
            if a == b:
                raise UsageError(
                    f"{name}: {_lines(_way(merges, pair))} merge {ids(pair)}, line {line.line} says "
                    f"{line.verb}; nothing was done",
                    "take one of these lines out",
                )
            earlier = first.setdefault((min(a, b), max(a, b)), line)
            if earlier.verb != line.verb:
                raise UsageError(
                    f"{name}: line {earlier.line} says {earlier.verb}, line {line.line} {line.verb} of "
                    f"{ids(pair)}; nothing was done",
                    "take one of these lines out",
                )
    for pair in chain.from_iterable(combinations(cluster, 2) for cluster in clusters if spoken):
        word = spoken.get(*pair)
        if word not in (None, "same") and pair not in direct:
            raise UsageError(
                f"{name}: {_lines(_way(merges, pair))} merge {ids(pair)}, which you called {word} before; "
                "nothing was done",
                f"take one of these lines out, or add: merge {ids(pair).replace(' and ', ' ')}",
            )
    return clusters


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
    *others, last = sorted(numbers)
    return f"lines {', '.join(map(str, others))} and {last} together" if others else f"line {last} says to"


def united(clusters: Iterable[Iterable[int]]) -> list[list[int]]:
    """Clusters that share a paper become one; those of one paper are none."""
    home: dict[int, list[int]] = {}
    for cluster in clusters:
        whole: list[int] = []
        for part in {id(c): c for n in cluster for c in [home.setdefault(n, [n])]}.values():
            whole += part
        home.update(dict.fromkeys(whole, whole))
    found = {id(c): sorted(c) for c in home.values() if len(c) > 1}
    return sorted(found.values())
