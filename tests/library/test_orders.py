"""Papers, their ids and their links do not depend on which dump or entry came first."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.library.dedupe import carry_out, propose
from paperctl.library.load import load
from paperctl.reading.read import read_dumps
from paperctl.store import Store
from tests.conftest import Paperctl

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
@given(st.permutations(KEYED), st.integers(1, 5))
def test_loading_in_pieces_ends_where_loading_at_once_does(order: list[Raw], cut: int) -> None:
    whole = {keys for _, keys, _ in after(order, deduped=True)}
    assert {keys for _, keys, _ in after(order[:cut], order[cut:], deduped=True)} == whole


LONG = "We counted the birds of the polder from two boats in every month and compared them with old logs. "
SETS: dict[str, list[Raw]] = {
    "bibliographies": DENSE,
    "titles alone": [
        {"title": title}
        for title in (
            "Eels in the lock of the old canal",
            "EELS IN THE LOCK OF THE OLD CANAL.",
            "Eels in the lock of the old canal: a survey",
            "Eels in the lock of the old canal, part II",
            "Pike in the lock of the old canal",
        )
    ],
    "preprints and articles": [
        {**MARSH, "venue": "bioRxiv", "year": 2009},
        {**MARSH, "venue": "bioRxiv", "year": 2009, "authors": ["Moe D", "Lind I"]},
        {**MARSH, "venue": "Journal of Marsh Birds", "doi": "10.9999/2"},
        {**MARSH, "venue": "J Marsh Birds", "doi": "10.9999/2", "abstract": LONG * 3},
        {**MARSH, "venue": "Marsh Conference", "year": 2008},
    ],
    "columns": [
        {
            "title": "From the editors of the marsh",
            "authors": ["Dag Moe"],
            "year": year,
            "venue": "Marsh Letters",
        }
        for year in (2001, 2002, 2003, 2004)
    ]
    + [{"title": "Editorial", "authors": ["Dag Moe"], "year": year} for year in (2001, 2002)],
    "one abstract": [
        {"title": "Counting birds from boats", "abstract": LONG * 3},
        {"title": "Counting birds from boats in the polder", "abstract": LONG * 3},
        {"title": "COUNTING BIRDS FROM BOATS", "abstract": LONG * 2},
        {"title": "What the old logs show", "abstract": LONG * 3},
    ],
    "numbers and opposites": [
        {**MARSH, "title": title}
        for title in (
            "Growth of reeds in fresh water: Part I",
            "Growth of reeds in fresh water: Part II",
            "Growth of reeds in salt water: Part I",
            "Growth of reeds in fresh water, part 1",
            "Erratum to: Growth of reeds in fresh water: Part I",
        )
    ],
    "rewritten records": [
        {**MARSH, "abstract": LONG * 3, "venue": "Marsh Letters", "volume": "4", "pages": "11-19"},
        {**MARSH, "abstract": LONG * 3 + "Copyright of the marsh.", "volume": "4", "pages": "11-9"},
        {
            **MARSH,
            "title": "Reiher der entwaesserten Marsch",
            "volume": "4",
            "pages": "11-19",
            "venue": "Marsh Letters",
        },
        {**MARSH, "title": "Herons of the drained marsh an their young", "venue": "Marsh Letters"},
        {"title": MARSH["title"], "doi": "10.9999/7"},
        {"title": "Herons of the drained marsh", "authors": ["D. Moe"], "doi": "10.9999/7"},
    ],
}
NAMED = {kind: [{**one, "id": f"k{n}"} for n, one in enumerate(some)] for kind, some in SETS.items()}


def everything(
    *dumps: Sequence[Raw], deduped: bool = False, as_loaded: bool = True
) -> tuple[Seen, set[frozenset[str]]]:
    """The papers after these dumps, and the doubtful pairs by the ids of the papers. `as_loaded` deduplicates
    each dump, `deduped` the whole store."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        for n, some in enumerate(dumps):
            file = Path(folder) / f"{n}.jsonl"
            file.write_bytes(b"".join(msgspec.json.encode(entry) + b"\n" for entry in some))
            incoming, receipt = read_dumps([str(file)], format="jsonl")
            load(store, incoming, receipt, tagger=None, dedupe=as_loaded)
        if deduped:
            carry_out(store)
        left = propose(store)
        asked = {frozenset((left.papers[a]["id"], left.papers[b]["id"])) for a, b, _ in left.maybes}
        return papers(store), asked


@pytest.mark.parametrize("kind", NAMED)
def test_no_kind_of_set_depends_on_how_it_is_shuffled(kind: str) -> None:
    whole = everything(NAMED[kind])
    for seed in range(4):
        some = random.Random(seed).sample(NAMED[kind], len(NAMED[kind]))
        assert everything(some) == whole


@pytest.mark.parametrize("kind", NAMED)
def test_no_kind_of_set_depends_on_how_it_is_split(kind: str) -> None:
    whole = everything(NAMED[kind], deduped=True)
    for seed in range(4):
        draw = random.Random(seed)
        some, cut = draw.sample(NAMED[kind], len(NAMED[kind])), draw.randint(1, len(NAMED[kind]) - 1)
        assert everything(some[:cut], some[cut:], deduped=True) == whole


@pytest.mark.parametrize("kind", NAMED)
def test_a_pass_over_undeduplicated_loads_gives_papers_ids_and_links_of_one_load(kind: str) -> None:
    whole = everything(NAMED[kind])
    for seed in range(4):
        draw = random.Random(seed)
        some, cut = draw.sample(NAMED[kind], len(NAMED[kind])), draw.randint(1, len(NAMED[kind]) - 1)
        assert everything(some[:cut], some[cut:], deduped=True, as_loaded=False) == whole


def dumps_of_one_title(folder: Path) -> None:
    """0.jsonl holds a preprint, 1.jsonl another work of its title."""
    for n, entry in enumerate(NAMED["preprints and articles"][:3:2]):
        (folder / f"{n}.jsonl").write_bytes(msgspec.json.encode(entry) + b"\n")


def test_a_mark_stays_with_its_paper_when_another_of_its_title_comes(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    dumps_of_one_title(tmp_path)
    paperctl("load", tmp_path / "0.jsonl")
    (before,) = paperctl("list", "--ids").out.split()
    paperctl("mark", "keep", before, "--alone")
    paperctl("load", tmp_path / "1.jsonl")
    records = paperctl("list", "--jsonl").records
    assert before not in [record["id"] for record in records]
    (kept,) = [record for record in records if record["decision"] == "keep"]
    assert kept["venue"] == "bioRxiv"
    assert json.loads(paperctl("show", before, "--json").out)["id"] == kept["id"]
    assert {version for record in records for version in record["versions"]} == {r["id"] for r in records}
    paperctl("undo")
    assert paperctl("list", "--ids", "decision:keep").out.split() == [before]


def test_show_notes_the_decision_on_an_entry_whose_paper_was_named_otherwise_since(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    dumps_of_one_title(tmp_path)
    paperctl("load", tmp_path / "0.jsonl")
    (before,) = paperctl("list", "--ids").out.split()
    paperctl("mark", "skip", before, "--alone")
    paperctl("load", tmp_path / "1.jsonl")
    (skipped,) = paperctl("list", "--ids", "decision:skip").out.split()
    (other,) = paperctl("list", "--ids", "no:decision").out.split()
    assert skipped != before
    paperctl("mark", "keep", other, "--alone")
    paperctl("dedupe", "--apply", "-", stdin=f"merge {skipped} {other}\n")
    assert "decision before: skip" in paperctl("show", before).out
