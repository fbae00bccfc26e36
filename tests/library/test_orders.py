"""Papers, their ids and their links do not depend on which dump or entry came first."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.library.dedupe import carry_out
from paperctl.library.load import load
from paperctl.reading.read import read_dumps
from paperctl.store import Store

Raw = dict[str, Any]
Seen = set[tuple[str, frozenset[str], frozenset[str]]]

MARSH: Raw = {
    "title": "Herons of the drained marsh and their young",
    "authors": ["Dag Moe", "Ida Lind"],
    "year": 2010,
}
RENAMED: Raw = {"title": "Grey birds on the polder", "authors": MARSH["authors"], "year": 2011}
DENSE: list[Raw] = [
    {**MARSH, "venue": "Journal of Marsh Birds"},
    {**MARSH, "venue": "J. Marsh Birds", "authors": ["Moe, D.", "Lind, I."]},
    {**MARSH, "venue": "Proc. of the Bird Conference"},
    {**MARSH, "venue": "bioRxiv"},
    {**MARSH, "title": "Herons of the drained marsh"},
    {**MARSH, "title": "HERONS OF THE DRAINED MARSH AND THEIR YOUNG", "venue": "Journal of Marsh Birds"},
    {**MARSH, "year": 2012, "venue": "Journal of Marsh Birds"},
    {**MARSH, "title": "Herons of the drained marsch and their young", "doi": "10.9999/1"},
    {**RENAMED, "doi": "10.9999/1"},
    {**RENAMED, "venue": "Marsh Letters"},
    {"title": "Curlews of the salt flats", "year": 2010},
    {"title": "Curlews of the salt flats: a count", "year": 2010},
]
KEYED = [{**entry, "id": f"e{n}"} for n, entry in enumerate(DENSE)]


def papers(store: Store) -> Seen:
    """Each paper's id, the keys of its entries and the ids of its versions."""
    return {
        (r["id"], frozenset(str(s["key"]) for s in r["sources"]), frozenset(r["versions"]))
        for r in store.papers()
    }


def after(*dumps: Sequence[Raw], deduped: bool = False) -> Seen:
    """The papers of a store after these dumps were loaded one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        for n, entries in enumerate(dumps):
            file = Path(folder) / f"{n}.jsonl"
            file.write_bytes(b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries))
            incoming, receipt = read_dumps([str(file)], format="jsonl")
            load(store, incoming, receipt, tagger=None)
        if deduped:
            carry_out(store)
        return papers(store)


@settings(max_examples=25, deadline=None)
@given(st.permutations(KEYED))
def test_the_order_of_entries_changes_nothing(order: list[Raw]) -> None:
    assert after(order) == after(KEYED)


PAIRS = {
    "one title": (KEYED[0], KEYED[1]),
    "two titles": (KEYED[0], {**KEYED[4], "venue": "J. Marsh Birds"}),
    "capitals": (KEYED[0], KEYED[5]),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=list(PAIRS))
def test_the_id_of_a_merged_paper_does_not_depend_on_which_dump_came_first(pair: tuple[Raw, Raw]) -> None:
    one, other = pair
    ((name, keys, _),) = after([one], [other])
    assert len(keys) == 2
    assert {(name, keys, frozenset())} == after([other], [one]) == after([one, other])


def test_the_ids_that_papers_had_before_a_merge_still_name_it(tmp_path: Path) -> None:
    found = {}
    for way, dumps in (("forth", (KEYED[1:2], KEYED[4:5])), ("back", (KEYED[4:5], KEYED[1:2]))):
        store = Store(tmp_path / way)
        before = []
        for n, entries in enumerate(dumps):
            file = tmp_path / f"{way}{n}.jsonl"
            file.write_bytes(b"".join(msgspec.json.encode({**e, "venue": "Marsh"}) + b"\n" for e in entries))
            incoming, receipt = read_dumps([str(file)], format="jsonl")
            load(store, incoming, receipt, tagger=None)
            before += [r["id"] for r in store.papers()]
        (paper,) = store.papers()
        assert all(store.find([name])[name] == [paper["id"]] for name in before)
        found[way] = paper["id"]
    assert found["forth"] == found["back"]


@settings(max_examples=10, deadline=None)
@given(st.permutations(KEYED[:2] + KEYED[4:6] + KEYED[10:]), st.integers(1, 5))
def test_loading_in_pieces_ends_where_loading_at_once_does(order: list[Raw], cut: int) -> None:
    whole = {keys for _, keys, _ in after(order, deduped=True)}
    assert {keys for _, keys, _ in after(order[:cut], order[cut:], deduped=True)} == whole
