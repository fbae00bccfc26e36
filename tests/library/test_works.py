"""Works: linked versions are shown once to people, share their decision, and can be taken apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperctl.record import as_record
from paperctl.record.works import linked, place_in_work
from tests.conftest import Paperctl

PREPRINT = {
    "title": "Sparse Adapters for Parsing",
    "abstract": "We parse with adapters.",
    "authors": ["Ann Bee", "Cy Dee"],
    "year": 2022,
    "arxiv_id": "2201.00007",
}
JOURNAL = {
    "title": "Sparse Adapters for Parsing",
    "authors": ["Ann Bee", "Cy Dee"],
    "year": 2023,
    "venue": "Journal of Widgets",
    "doi": "10.1000/widgets.7",
}
OTHER = {"title": "Whales of the North", "year": 2020}


@pytest.fixture
def linked_store(paperctl: Paperctl, tmp_path: Path) -> tuple[Paperctl, str, str]:
    """A store of a preprint, its journal version, linked, and another paper."""
    (tmp_path / "all.jsonl").write_text("".join(json.dumps(p) + "\n" for p in (PREPRINT, OTHER, JOURNAL)))
    assert paperctl("load", "--no-dedupe", tmp_path / "all.jsonl").status == 0
    papers = {
        p["venue"]: p["id"] for p in paperctl("list", "--jsonl").records if p["title"] != OTHER["title"]
    }
    ran = paperctl("dedupe", "--apply", "-", stdin=f"version {papers[None]} {papers['Journal of Widgets']}\n")
    assert ran.status == 0, ran.err
    return paperctl, papers[None], papers["Journal of Widgets"]


def test_the_published_version_stands_in_front(linked_store: tuple[Paperctl, str, str]) -> None:
    paperctl, preprint, journal = linked_store
    works = {p["id"]: p["work"] for p in paperctl("list", "--jsonl").records}
    assert works[preprint] == works[journal] == journal
    assert sum(work == paper for paper, work in works.items()) == 2
    assert {p["id"] for p in paperctl("list", f"work:{journal}", "--jsonl").records} == {preprint, journal}


def test_people_see_a_work_once_and_programs_every_paper(linked_store: tuple[Paperctl, str, str]) -> None:
    paperctl, preprint, journal = linked_store
    table = paperctl("list", "-f", "table").out
    assert table.count("Sparse Adapters") == 1 and "arXiv 2022" in table and journal[:8] in table
    assert paperctl("list", "-f", "table", "--all-versions").out.count("Sparse Adapters") == 2
    assert paperctl("list", "--ids").out.split().count(preprint) == 1
    assert preprint not in paperctl("list", "--works", "--ids").out
    assert paperctl("search", "sparse", "-f", "table").out.count("Sparse Adapters") == 1
    for name in ("markdown", "html", "markdown-table", "markdown-awesome"):
        text = paperctl("export", "-f", name).out
        assert text.count("Sparse Adapters") == 1 and "also as" in text, name
    assert paperctl("list", "--works", "--all-versions").status == 2


def test_of_the_versions_that_match_the_best_is_shown(linked_store: tuple[Paperctl, str, str]) -> None:
    paperctl, preprint, journal = linked_store
    assert preprint in paperctl("list", "year:2022", "--works", "--ids").out
    assert paperctl("list", "sparse", "--works", "--ids", "--limit", "1").out.split() == [journal]


def test_a_decision_is_the_works_until_it_is_taken_apart(linked_store: tuple[Paperctl, str, str]) -> None:
    paperctl, preprint, journal = linked_store
    paperctl("mark", "keep", preprint, "--note", "read first", "--reason", "wanted")
    kept = paperctl("list", "decision:keep", "--jsonl").records
    assert {p["id"]: (p["reason"], p["note"]) for p in kept} == dict.fromkeys(
        (preprint, journal), ("wanted", "read first")
    )
    paperctl("mark", "skip", journal)
    assert {p["id"] for p in paperctl("list", "decision:skip", "--jsonl").records} == {preprint, journal}
    paperctl("mark", "maybe", preprint, "--alone")
    said = {p["id"]: p["decision"] for p in paperctl("list", "sparse", "--jsonl").records}
    assert said == {preprint: "maybe", journal: "skip"}
    paperctl("mark", "keep", journal)
    said = {p["id"]: p["decision"] for p in paperctl("list", "sparse", "--jsonl").records}
    assert said == {preprint: "maybe", journal: "keep"}
    paperctl("undo", "2")
    assert {p["decision"] for p in paperctl("list", "sparse", "--jsonl").records} == {"skip"}


def test_a_note_on_one_version_finds_the_others(linked_store: tuple[Paperctl, str, str]) -> None:
    paperctl, preprint, journal = linked_store
    paperctl("mark", "keep", preprint, "--note", "zeppelin")
    assert set(paperctl("list", "zeppelin", "--ids").out.split()) == {preprint, journal}


def test_the_funnel_counts_reports_and_works_apart(linked_store: tuple[Paperctl, str, str]) -> None:
    paperctl, preprint, _ = linked_store
    paperctl("mark", "keep", preprint)
    stats = paperctl("stats", "--json").json
    assert stats["funnel"]["kept"] == 2 and stats["papers"] == 3
    assert stats["works"] == {"works": 2, "screened": 1, "kept": 1, "skipped": 0, "maybe": 0}
    assert "reports of 1 works" in paperctl("export", "-f", "prisma").out


def test_versions_by_way_of_others_are_one_work() -> None:
    assert linked({"a": ["b"], "b": ["a", "c"], "c": ["b"], "d": [], "e": ["f"]}) == [["a", "b", "c"]]


def test_the_front_is_published_then_newest_then_fullest() -> None:
    papers = [
        {"id": "4", "arxiv_id": "2201.1", "year": 2024, "title": "t"},
        {"id": "3", "venue": "ICLR", "year": 2021, "title": "t"},
        {"id": "2", "venue": "JMLR", "year": 2023, "title": "t"},
        {"id": "1", "venue": "JMLR", "year": 2023, "title": "t", "abstract": "long"},
    ]
    assert [p["id"] for p in sorted(map(as_record, papers), key=place_in_work)] == ["1", "2", "3", "4"]
