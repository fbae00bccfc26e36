"""A collection that comes in several loads ends as if it had come in one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.deduplicate import keys, plan, verdict
from paperctl.deduplicate.entries import entries
from paperctl.deduplicate.thresholds import ENTRIES_JUDGED
from paperctl.library.dedupe import apply_plan, carry_out
from paperctl.library.load import load
from paperctl.reading.read import read_dumps
from paperctl.record import Record, as_record
from paperctl.store import Store

PEOPLE = ["Ada Winter", "Bo Quist", "Cyr Odden"]
MOTHS: dict[str, Any] = {
    "title": "Moths at the lamp: a count over many winters",
    "authors": PEOPLE,
    "year": 2019,
    "venue": "Journal of Field Optics",
    "volume": "12",
    "pages": "101-118",
    "doi": "10.9999/moths.12",
}
SHORT = {**MOTHS, "title": "Moths at the lamp", "doi": ""}
FOREIGN = {**MOTHS, "title": "Nattfjärilar vid lampan under flera vintrar", "doi": ""}
SECOND_DOI = {**MOTHS, "doi": "10.8888/reprint.7", "authors": ["A. Winter", "B. Quist", "C. Odden"]}
REPRINT = {**MOTHS, "doi": "10.8888/reprint.7", "pages": None, "volume": None}
HERONS: dict[str, Any] = {
    "title": "Herons of the drained marsh",
    "authors": ["Dag Moe", "Eli Berg"],
    "year": 2021,
    "venue": "Marsh Letters",
    "volume": "3",
    "pages": "7-19",
    "abstract": "We followed forty herons with small tags for two years after the marsh had been drained. "
    * 3,
}
COLLECTION: list[tuple[str, dict[str, Any]]] = [
    ("moths 1", MOTHS),
    ("moths 2", SHORT),
    ("moths 3", FOREIGN),
    ("moths 4", SECOND_DOI),
    ("moths 5", REPRINT),
    ("herons 1", HERONS),
    ("herons 2", {**HERONS, "title": HERONS["title"].upper(), "abstract": None}),
    ("herons 3", {**HERONS, "authors": ["Moe D.", "Berg E."], "pages": "7-19", "year": None}),
    ("marsh I", {**HERONS, "title": "The marsh and its birds: Part I", "pages": "20-31", "abstract": None}),
    ("marsh II", {**HERONS, "title": "The marsh and its birds: Part II", "pages": "32-40", "abstract": None}),
    ("preprint", {**HERONS, "venue": "bioRxiv", "volume": None, "pages": None, "year": 2020}),
]


def loaded(folder: Path, batches: Iterable[Sequence[tuple[str, dict[str, Any]]]]) -> Store:
    """A store into which these were loaded, one dump after the other."""
    store = Store(folder / "store")
    for n, batch in enumerate(batches):
        dump = folder / f"dump{len(list(folder.iterdir()))}-{n}.jsonl"
        dump.write_bytes(b"".join(msgspec.json.encode({"id": key, **facts}) + b"\n" for key, facts in batch))
        incoming, receipt = read_dumps([str(dump)], format="jsonl")
        assert not receipt.faulty
        load(store, incoming, receipt, tagger=None)
    return store


def papers(store: Store) -> set[frozenset[str]]:
    """Which entries are one paper."""
    return {frozenset(str(source["key"]) for source in paper["sources"]) for paper in store.papers()}


def paper_of(*facts: dict[str, Any]) -> Record:
    """One paper that was merged of these."""
    with TemporaryDirectory() as folder:
        store = loaded(Path(folder), [[(str(n), one)] for n, one in enumerate(facts)])
        carry_out(store)
        (record,) = store.papers()
        return record


ONE_LOAD = {
    frozenset(key for key, _ in COLLECTION if key.startswith(work))
    for work in ("moths", "herons", "marsh I", "marsh II", "preprint")
} - {frozenset({"marsh I", "marsh II"})} | {frozenset({"marsh I"})}


def test_what_one_load_makes_of_it(tmp_path: Path) -> None:
    assert papers(loaded(tmp_path, [COLLECTION])) == ONE_LOAD


@settings(max_examples=25, deadline=None)
@given(st.permutations(COLLECTION), st.lists(st.integers(1, len(COLLECTION) - 1), max_size=5, unique=True))
def test_however_it_comes_it_ends_as_in_one_load(
    order: list[tuple[str, dict[str, Any]]], cuts: list[int]
) -> None:
    ends = [0, *sorted(cuts), len(order)]
    with TemporaryDirectory() as folder:
        store = loaded(Path(folder), [order[a:b] for a, b in itertools.pairwise(ends)])
        carry_out(store)
        assert papers(store) == ONE_LOAD


def test_a_second_pass_finds_nothing_more(tmp_path: Path) -> None:
    store = loaded(tmp_path, [COLLECTION[::2], COLLECTION[1::2]])
    carry_out(store)
    assert carry_out(store).surplus == 0


def test_a_newcomer_is_compared_with_what_a_paper_does_not_show() -> None:
    paper = paper_of(MOTHS, SECOND_DOI)
    (hidden,) = {MOTHS["doi"], SECOND_DOI["doi"]} - {paper["doi"]}
    newcomer = paper_of({**REPRINT, "doi": hidden})
    shown = as_record({name: value for name, value in paper.items() if name != "sources"})
    assert verdict(shown, newcomer).kind == "version"
    assert verdict(paper, newcomer).kind == verdict(newcomer, paper).kind == "duplicate"
    assert "one identifier and one title" in verdict(paper, newcomer).evidence
    assert plan([newcomer, paper]).clusters == [[0, 1]]


def test_a_merged_paper_is_found_under_the_keys_of_every_entry() -> None:
    paper, newcomer = paper_of(MOTHS, SECOND_DOI), paper_of(REPRINT)
    assert {"d:10.9999/moths.12", "d:10.8888/reprint.7"} <= set(keys(paper))
    assert len(keys(paper)) == len(set(keys(paper)))
    assert set(keys(newcomer)) <= set(keys(paper))


def test_what_is_found_names_papers_not_their_entries() -> None:
    heron, preprint = paper_of(*(facts for key, facts in COLLECTION if "herons" in key)), paper_of(HERONS)
    preprint = {**preprint, "venue": "bioRxiv", "extra": {}, "year": 2020}
    strange = paper_of({**HERONS, "title": "Herons of the drained marshes", "year": 2009, "pages": "5-9"})
    found = plan([paper_of(MOTHS, SHORT), heron, preprint, strange])
    assert found.clusters == []
    assert (1, 2) in found.versions
    assert {n for pair in found.versions for n in pair} <= {1, 2, 3}
    assert verdict(heron, preprint).kind == "version"


def test_a_paper_of_many_entries_costs_no_more_than_one_of_some() -> None:
    many = [{**MOTHS, "venue": f"Journal of Field Optics ({n})"} for n in range(2 * ENTRIES_JUDGED)]
    assert len(entries(paper_of(*many))) == ENTRIES_JUDGED
    assert len(entries(paper_of(*[MOTHS] * 9))) == 2


def test_a_bare_record_does_not_bring_two_works_together_in_later_loads(tmp_path: Path) -> None:
    bare = {"title": MOTHS["title"]}
    letter = {"title": MOTHS["title"], "authors": ["Fay Lund", "Bo Quist", "Gus Holm"], "year": 2019}
    store = loaded(tmp_path, [[("moths", MOTHS), ("bare", bare)], [("letter", letter)]])
    carry_out(store)
    assert not any({"moths", "letter"} <= keys for keys in papers(store))
    (tmp_path / "at once").mkdir()
    whole = [("moths", MOTHS), ("bare", bare), ("letter", letter)]
    assert papers(store) == papers(loaded(tmp_path / "at once", [whole]))


def test_two_poor_copies_of_a_whole_record_are_one_with_it(tmp_path: Path) -> None:
    """Of each other they say too little; of the whole record, one by its pages and one by its DOI, enough."""
    by_pages = {**MOTHS, "title": "Moths at the lamp: a count over many wanters", "doi": None}
    by_doi = {**REPRINT, "title": "Moths at the lamp: a cound over many winters", "doi": MOTHS["doi"]}
    whole, *poor = (paper_of(facts) for facts in (MOTHS, by_pages, by_doi))
    assert verdict(*poor).kind == "maybe"
    for order in itertools.permutations((whole, *poor)):
        assert plan(order).clusters == [[0, 1, 2]]
    store = loaded(tmp_path, [[("whole", MOTHS), ("pages", by_pages)], [("doi", by_doi)]])
    assert len(papers(store)) == 1


def test_what_a_person_has_merged_is_known_again_by_either_entry(tmp_path: Path) -> None:
    renamed = {
        **HERONS,
        "title": "Where tagged birds go",
        "pages": "90-99",
        "volume": "8",
        "year": 2023,
        "abstract": None,
    }
    store = loaded(tmp_path, [[("herons", HERONS), ("renamed", renamed)]])
    first, second = store.papers()
    assert verdict(first, second).kind == "distinct"
    apply_plan(store, [("merge", [first["id"], second["id"]])])
    loaded(tmp_path, [[("again", {**renamed, "authors": ["Moe, Dag", "Berg, Eli"]})]])
    assert papers(store) == {frozenset({"herons", "renamed", "again"})}
    assert carry_out(store).maybes == []
