"""Judgements on pairs: groups kept apart say what all their pairs would say, at the size of the groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.deduplicate import plan
from paperctl.library.dedupe import apply_plan, carry_out
from paperctl.library.load import load
from paperctl.library.split import split
from paperctl.reading.read import read_dumps
from paperctl.record import FACTS, Record
from paperctl.store import Store
from paperctl.store.judgements import Judgement, Judgements

Pair = tuple[int, int, Judgement]
Groups = Sequence[Sequence[int]]

PAPERS = 6
PAIRS = st.tuples(
    st.integers(0, PAPERS - 1), st.integers(0, PAPERS - 1), st.sampled_from(["same", "distinct", "version"])
).filter(lambda said: said[0] != said[1])
GROUPS = st.lists(st.integers(-1, 3), min_size=PAPERS, max_size=PAPERS).map(
    lambda sides: [[n for n in range(PAPERS) if sides[n] == side] for side in range(4)]
)
SAYINGS = st.lists(PAIRS | GROUPS, max_size=6)


def told(sayings: Iterable[Pair | Groups]) -> Judgements[int]:
    words: Judgements[int] = Judgements()
    for said in sayings:
        if isinstance(said, tuple):
            words.add(*said)
        else:
            words.separate(said)
    return words


def one_by_one(
    sayings: Iterable[Pair | Groups], became: Sequence[int] = range(PAPERS)
) -> dict[Any, Judgement]:
    """The same, every pair written out."""
    words: dict[Any, Judgement] = {}
    for said in sayings:
        pairs = (
            [said]
            if isinstance(said, tuple)
            else [(a, b, "distinct") for one, two in combinations(said, 2) for a, b in product(one, two)]
        )
        for a, b, word in pairs:
            if became[a] != became[b]:
                words[min(became[a], became[b]), max(became[a], became[b])] = word
    return words


@given(SAYINGS, st.lists(st.integers(0, PAPERS - 1), min_size=PAPERS, max_size=PAPERS))
def test_groups_say_what_their_pairs_would(sayings: list[Pair | Groups], became: list[int]) -> None:
    words, pairs = told(sayings), one_by_one(sayings)
    later = words.among(lambda n: [became[n]])
    after = one_by_one(sayings, became)
    for a, b in combinations(range(PAPERS), 2):
        assert words.get(a, b) == words.get(b, a) == pairs.get((a, b))
        assert later.get(a, b) == after.get((a, b))
    again = later.among(lambda n: [n // 2])
    assert {pair: again.get(*pair) for pair in combinations(range(3), 2) if again.get(*pair)} == one_by_one(
        sayings, [n // 2 for n in became]
    )


@settings(deadline=None)
@given(SAYINGS)
def test_a_plan_obeys_them_alike(sayings: list[Pair | Groups]) -> None:
    records: Any = [{**FACTS, **MOTHS, "year": 2019}] * PAPERS
    assert plan(records, judgements=told(sayings)) == plan(records, judgements=one_by_one(sayings))


MOTHS = {"title": "Counting moths at the lamp", "authors": ["Ada Winter"], "pages": "1-9"}


def entry(n: int) -> Any:
    return {**MOTHS, "id": f"k{n}"}


def loaded(store: Store, entries: Iterable[Any], name: str) -> list[Record]:
    """The papers after these and a strange one were loaded."""
    dump = store.folder.parent / name
    dump.write_bytes(b"".join(msgspec.json.encode(e) + b"\n" for e in [*entries, {"title": name}]))
    incoming, receipt = read_dumps([str(dump)], format="jsonl")
    load(store, incoming, receipt, tagger=None)
    return [paper for paper in Store(store.folder).papers() if paper["title"] == MOTHS["title"]]


@pytest.mark.parametrize("out", [[], [7]])
def test_a_large_paper_is_taken_apart_at_the_size_of_its_entries(tmp_path: Path, out: list[int]) -> None:
    sizes = []
    for count in (100, 300):
        store = Store(tmp_path / str(count) / "store")
        store.folder.mkdir(parents=True)
        (whole,) = loaded(store, map(entry, range(count)), "dump.jsonl")
        before = store.papers_file.read_bytes()
        parts = len(split(store, [whole["id"]], out))
        assert parts == (2 if out else count)
        sizes.append(store.corrections_file.stat().st_size)
        assert carry_out(store).surplus == 0
        papers = loaded(store, map(entry, range(count)), "again.jsonl")
        assert len(papers) == parts
        assert all(len({source["key"] for source in paper["sources"]}) in (1, count - 1) for paper in papers)
        for _ in range(2):
            store.undo()
        assert store.papers_file.read_bytes() == before and not Store(store.folder).overlay.judgements
    assert sizes[1] < 3.5 * sizes[0]


def test_two_that_are_merged_again_stay_apart_from_the_third(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    (whole,) = loaded(store, map(entry, range(3)), "dump.jsonl")
    a, _, c = (part["id"] for part in split(store, [whole["id"]]))
    apply_plan(store, [("merge", [a, c])])
    assert carry_out(store).surplus == 0
    assert [len(paper["sources"]) for paper in loaded(store, map(entry, range(3)), "more.jsonl")] == [4, 2]
