"""Why two papers are one, two, or asked about: the verdict of the rules and the user's judgement."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import NamedTuple

from paperctl.deduplicate import Verdict, keys, titles, verdict
from paperctl.deduplicate.candidates import Table, blocks_of, pairs_within
from paperctl.deduplicate.entries import entries
from paperctl.deduplicate.judging import key_table
from paperctl.deduplicate.title_match import alike_at_a_glance
from paperctl.library.merge import judgements_on
from paperctl.record import Record
from paperctl.store.judgements import Judgement, Judgements

KEYS = {
    "d": "DOI",
    "x": "arXiv id",
    "m": "PubMed number",
    "t": "title",
    "h": "beginning of the title",
    "e": "end of the title",
    "w": "two words of the title",
    "a": "first author and year",
    "p": "volume and first page",
    "b": "beginning of the abstract",
    "z": "end of the abstract",
}
"""The kinds of blocking keys, the most telling first, and what the user calls them."""


class PairExplanation(NamedTuple):
    """Two papers, what the rules call them, the kinds of keys under which they were compared (empty:
    they never were), and the user's judgement on them."""

    a: Record
    b: Record
    found: Verdict
    keys: list[str]
    judgement: Judgement | None


def explained(a: Record, b: Record, judgements: Judgements[str]) -> PairExplanation:
    """What is known of two papers; `judgements` are the user's, on pairs of ids."""
    shared = {key[0] for key in {*keys(a)} & {*keys(b)}}
    names = [name for kind, name in KEYS.items() if kind in shared]
    return PairExplanation(a, b, verdict(a, b), names, judgements_on([a, b], judgements).get(0, 1))


def among(papers: Sequence[Record], judgements: Judgements[str]) -> list[PairExplanation]:
    """Each two of the papers."""
    return [explained(a, b, judgements) for a, b in combinations(papers, 2)]


def around(
    papers: Sequence[Record], n: int, table: Table | None, judgements: Judgements[str]
) -> list[PairExplanation]:
    """Paper n and every one that a pass compares it with, the most alike first; `table` holds the keys of
    the papers, if they are cached."""
    blocks = blocks_of(n, table or key_table(papers, 0, len(papers)))
    ends = ([(pair >> 32, pair & 0xFFFFFFFF) for pair in some.tolist()] for some in pairs_within(blocks))
    firm, loose = ({end for pair in some if n in pair for end in pair} - {n} for some in ends)
    flats = _flats(papers[n])
    alike = firm | {
        other
        for other in loose
        if any(alike_at_a_glance(*pair) for pair in product(flats, _flats(papers[other])))
    }
    judged = [explained(papers[n], papers[other], judgements) for other in sorted(alike)]
    return sorted(judged, key=lambda one: (one.found.kind == "distinct", -one.found.score))


def _flats(record: Record) -> list[str]:
    return ["".join(titles.core(entry["title"])) for entry in entries(record)]
