"""The order of entries and dumps changes nothing; what a later load brings together is counted and joined."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.library.dedupe import carry_out
from paperctl.library.load import load
from paperctl.reading.read import read_dumps
from paperctl.store import Store
from tests.conftest import Paperctl

MILLS = ["Nora Quist", "Pavel Hron", "Aisha Bello"]
CITED: list[dict[str, Any]] = [
    {"title": title, "authors": authors, "venue": venue, "year": year, "pages": pages}
    for title in (
        "Sluice gates of tide mills",
        "Sluice gates of the tide mills",
        "Sluice gates of tidal mills",
        "The sluice gates of tide mills and weirs",
        "Gates of tide mills",
    )
    for authors, venue, year, pages in (
        (MILLS, "Journal of Mill Studies", 1994, "88-104"),
        (["N. Quist", "P. Hron"], "J. Mill Studies", 1994, None),
        (["Quist, N.", "others"], None, 1995, None),
        ([], "Proc. of the Symposium on Water Power", 1993, "7-19"),
        (MILLS[:1], "Symposium on Water Power", None, None),
    )
]
"""References as papers cite a few works of one group: every one is compared with nearly every other."""
ENTRIES = [(f"r{n}", reference) for n, reference in enumerate(CITED)]
Entries = list[tuple[str, dict[str, Any]]]


def outcome(dumps: list[Entries], passes: int = 0) -> set[tuple[str, frozenset[str], frozenset[str]]]:
    """Each paper of a store into which these were loaded in one go: its id, its entries and its links."""
    with TemporaryDirectory() as folder:
        paths = []
        for n, entries in enumerate(dumps):
            paths.append(Path(folder) / f"dump{n}.jsonl")
            paths[-1].write_text("".join(json.dumps({"id": key, **one}) + "\n" for key, one in entries))
        store = Store(Path(folder) / "store")
        incoming, receipt = read_dumps(list(map(str, paths)), format="jsonl")
        load(store, incoming, receipt, tagger=None)
        for _ in range(passes):
            carry_out(store)
        return {
            (p["id"], frozenset(str(s["key"]) for s in p["sources"]), frozenset(p["versions"]))
            for p in store.papers()
        }


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(ENTRIES), min_size=2, unique_by=lambda one: one[0]), st.data())
def test_ids_papers_and_links_are_the_same_in_every_order(entries: Entries, data: st.DataObject) -> None:
    order = data.draw(st.permutations(entries))
    cut = data.draw(st.integers(0, len(order)))
    dumps = [part for part in (order[:cut], order[cut:]) if part]
    whole = outcome([entries])
    assert outcome(dumps) == outcome(dumps[::-1]) == whole
    assert {key for _, keys, _ in whole for key in keys} == {key for key, _ in entries}


LONGER = {"title": "Sluice gates of tide mills: who kept the keys of the sea", "doi": "10.9999/mills.3"}
ABSTRACT = (
    "Forty gates were measured at low tide, and old leases were read for those who kept their keys. " * 3
)
APART: Entries = [
    ("short", {"title": "Sluice gates of tide mills", "authors": MILLS, "abstract": ABSTRACT}),
    ("longer", LONGER),
]
BRIDGE: Entries = [("bridge", {**LONGER, "authors": MILLS, "abstract": ABSTRACT})]


def loaded(paperctl: Paperctl, path: Path, entries: Entries) -> str:
    """What a load of these says."""
    path.write_text("".join(json.dumps({"id": key, **one}) + "\n" for key, one in entries))
    return paperctl("load", path).err


def test_a_later_entry_that_brings_stored_papers_together_joins_them(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    loaded(paperctl, tmp_path / "first.jsonl", APART)
    before = paperctl("list", "--ids").out.split()
    assert len(before) == 2
    paperctl("mark", "keep", before[0])
    assert "1 stored paper went into another" in loaded(paperctl, tmp_path / "second.jsonl", BRIDGE)
    (paper,) = paperctl("list", "--jsonl").records
    assert paper["decision"] == "keep"
    assert {paperctl("show", name, "--json").records[0]["id"] for name in before} == {paper["id"]}
    paperctl("undo")
    assert paperctl("list", "--ids").out.split() == before


def test_stored_papers_that_both_have_a_decision_are_left_for_dedupe(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    loaded(paperctl, tmp_path / "first.jsonl", APART)
    for decision, name in zip(("keep", "skip"), paperctl("list", "--ids").out.split(), strict=True):
        paperctl("mark", decision, name)
    said = loaded(paperctl, tmp_path / "second.jsonl", BRIDGE)
    assert "1 pair of stored papers that may be one now" in said
    assert len(paperctl("list", "--ids").out.split()) == 2
    paperctl("dedupe")
    assert len(paperctl("list", "--ids").out.split()) == 1


def test_stored_papers_that_dumps_decided_on_are_left_for_dedupe(paperctl: Paperctl, tmp_path: Path) -> None:
    table = tmp_path / "first.csv"
    with table.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["record_id", "title", "authors", "abstract", "doi", "included", "asreview_note"])
        for n, (_, paper) in enumerate(APART):
            authors = "; ".join(paper.get("authors", []))
            rows.writerow(
                [n, paper["title"], authors, paper.get("abstract"), paper.get("doi"), n, f"note {n}"]
            )
    paperctl("load", table)
    assert {one["decision"] for one in paperctl("list", "--jsonl").records} == {"keep", "skip"}
    said = loaded(paperctl, tmp_path / "second.jsonl", BRIDGE)
    assert "1 pair of stored papers that may be one now" in said
    assert {one["decision"] for one in paperctl("list", "--jsonl").records} == {"keep", "skip"}


def test_entries_that_only_bring_decisions_join_no_stored_papers(paperctl: Paperctl, tmp_path: Path) -> None:
    loaded(paperctl, tmp_path / "first.jsonl", APART)
    before = paperctl("list", "--ids").out.split()
    bridge = tmp_path / "second.jsonl"
    bridge.write_text(json.dumps({"id": "bridge", **BRIDGE[0][1], "decision": "keep"}) + "\n")
    receipt = paperctl("load", "--decisions-only", "--json", bridge).json
    assert receipt["joined"] == 0
    assert paperctl("list", "--ids").out.split() == before


def test_a_dry_run_says_what_would_be_joined(paperctl: Paperctl, tmp_path: Path) -> None:
    loaded(paperctl, tmp_path / "first.jsonl", APART)
    bridge = tmp_path / "second.jsonl"
    bridge.write_text(json.dumps({"id": "bridge", **BRIDGE[0][1]}) + "\n")
    assert "1 stored paper would go into another" in paperctl("load", "-n", bridge).err
    assert len(paperctl("list", "--ids").out.split()) == 2
    assert paperctl("load", "--json", bridge).json["joined"] == 1
