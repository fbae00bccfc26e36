"""Which doubtful pairs are still a question while others are being answered. Pure.

Two pairs are one question once two of their papers were merged, and one that was judged, also
by way of merged papers, is none any more. Pairs about one title that one rule asks about, a column's as
a rule, are a group that can be answered at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paperctl.deduplicate import Verdict, verdict
from paperctl.record import Record
from paperctl.record.ids import known_ids
from paperctl.store.judgements import Judgement, Judgements
from paperctl.text.fold import fold

Pair = tuple[Record, Record, Verdict]
Ends = frozenset[str]


class Doubts:
    """The doubtful pairs of a session, numbered from 0; those of a group stand together."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        groups = grouped(pairs)
        order = sorted(range(len(pairs)), key=lambda n: groups[n])
        self._ids = [(pairs[n][0]["id"], pairs[n][1]["id"]) for n in order]
        self.asked = {known for ids in self._ids for known in ids}
        """The ids of the papers of all pairs."""
        self._verdicts = [pairs[n][2] for n in order]
        self._groups = [groups[n] for n in order]
        self._papers: dict[str, Record] = {}
        self._home: dict[str, str] = {}
        self._judgements: Judgements[str] = Judgements()
        self._later: dict[int, None] = {}
        self.open: list[int] = []
        """The pairs yet to be asked about, one for each two papers."""
        self.left = 0
        """How many questions have no answer: the open ones and those put off."""
        self.set_papers(record for a, b, _ in pairs for record in (a, b))

    def set_papers(self, papers: Iterable[Record]) -> None:
        """Takes the papers as they are now; others than those of the pairs are left out."""
        self._papers, self._home = {}, {}
        for record in papers:
            ids = known_ids(record)
            if not self.asked.isdisjoint(ids):
                self._papers[record["id"]] = record
                self._home.update((known, record["id"]) for known in reversed(ids))
        self._settle()

    def set_judgements(self, judgements: Judgements[str]) -> None:
        """Takes the user's judgements on pairs of ids so far."""
        home = {known: [paper] for known, paper in self._home.items()}
        self._judgements = judgements.among(lambda known: home.get(known, []))
        self._settle()

    def put_off(self, pairs: Iterable[int]) -> None:
        """Asks about these pairs no more."""
        self._later.update(dict.fromkeys(pairs))
        self._settle()

    def bring_back(self, pairs: Iterable[int]) -> None:
        """Asks about pairs that were put off again."""
        for n in pairs:
            self._later.pop(n, None)
        self._settle()

    def ends(self, n: int) -> Ends:
        """The ids of the papers that a pair is about now: two, or fewer if it is no question."""
        return frozenset(self._home[known] for known in self._ids[n] if known in self._home)

    def judgement(self, n: int) -> Judgement | None:
        """The judgement on the two papers of a pair."""
        ends = self.ends(n)
        return self._judgements.get(*ends) if len(ends) == 2 else None

    def pair(self, n: int) -> Pair:
        """The papers of an open pair as they are now, and why they are asked about: what is seen in them
        now or, if that would be no doubt, what raised the question."""
        a, b = (self._papers[self._home[known]] for known in self._ids[n])
        now = verdict(a, b)
        return a, b, now if now.kind == "maybe" else self._verdicts[n]

    def group(self, n: int) -> list[int]:
        """The open pairs of the group of a pair."""
        return [m for m in self.open if self._groups[m] == self._groups[n]]

    def papers(self, pairs: Iterable[int]) -> list[Record]:
        """The papers of these pairs, each once."""
        return [self._papers[known] for known in dict.fromkeys(i for n in pairs for i in self.ends(n))]

    def _settle(self) -> None:
        left: dict[Ends, int] = {}
        for n in range(len(self._ids)):
            ends = self.ends(n)
            if len(ends) == 2 and self._judgements.get(*ends) is None:
                left.setdefault(ends, n)
        later = {self.ends(n) for n in self._later}
        self.left = len(left)
        self.open = [n for ends, n in left.items() if ends not in later]


Node = tuple[str, ...]


def grouped(pairs: Sequence[Pair]) -> list[int]:
    """For each pair the first one of its group: pairs that one rule asks about, of papers with one title,
    that share a paper or are of one column (the same people in the same venue)."""
    above: dict[Node, Node] = {}

    def top(node: Node) -> Node:
        while (higher := above.setdefault(node, node)) != node:
            above[node] = node = above[higher]
        return node

    first: dict[Node, int] = {}
    nodes = [_nodes(n, pair) for n, pair in enumerate(pairs)]
    for one, *others in nodes:
        for other in others:
            above[top(other)] = top(one)
    return [first.setdefault(top(one), n) for n, (one, *_) in enumerate(nodes)]


def _nodes(n: int, pair: Pair) -> list[Node]:
    """What other pairs have, too, if they are of the group of this one."""
    *papers, judged = pair
    titles = {fold(str(record.get("title") or "")) for record in papers}
    if len(titles) > 1 or titles == {""} or not judged.evidence:
        return [(str(n),)]
    asked = (judged.evidence[-1], *titles)
    nodes: list[Node] = [(*asked, record["id"]) for record in papers]
    for record in papers:
        venue, people = fold(str(record.get("venue") or "")), [fold(p) for p in record.get("authors") or ()]
        if venue and people:
            nodes.append((*asked, venue, *people))
    return nodes
