"""`list --new`: what the last load added, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Paperctl


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    folder = tmp_path / "dumps"
    folder.mkdir()
    for day, titles in {
        "monday": ["Sparse Adapters for Parsing", "Whales of the North Sea"],
        "tuesday": ["Quantized Adapters for Speech"],
    }.items():
        lines = [json.dumps({"title": title, "authors": ["Ann Bee"], "year": 2024}) for title in titles]
        (folder / f"{day}.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def new(paperctl: Paperctl, *query: str) -> set[str]:
    ran = paperctl("list", *query, "--new", "--fields", "title")
    assert ran.status == 0
    return set(ran.out.splitlines())


def test_two_loads_in_one_second_are_told_apart(paperctl: Paperctl, dumps: Path) -> None:
    paperctl("load", dumps / "monday.jsonl")
    assert new(paperctl) == {"Sparse Adapters for Parsing", "Whales of the North Sea"}
    paperctl("load", dumps / "tuesday.jsonl")
    assert new(paperctl) == {"Quantized Adapters for Speech"}


def test_a_load_that_brings_nothing_leaves_nothing_new(paperctl: Paperctl, dumps: Path) -> None:
    paperctl("load", dumps / "monday.jsonl")
    paperctl("load", dumps / "monday.jsonl")
    assert new(paperctl) == set()


def test_a_dry_run_and_a_missing_file_are_no_loads(paperctl: Paperctl, dumps: Path) -> None:
    paperctl("load", dumps / "tuesday.jsonl")
    paperctl("load", "-n", dumps / "monday.jsonl")
    paperctl("load", dumps / "no such file")
    assert new(paperctl) == {"Quantized Adapters for Speech"}


def test_a_query_does_not_bring_back_an_older_load(paperctl: Paperctl, dumps: Path) -> None:
    paperctl("load", dumps / "monday.jsonl")
    paperctl("load", dumps / "tuesday.jsonl")
    assert new(paperctl, "whales") == set()
    assert new(paperctl, "adapters") == {"Quantized Adapters for Speech"}


def test_a_load_that_was_taken_back_is_passed_over(paperctl: Paperctl, dumps: Path) -> None:
    paperctl("load", dumps / "monday.jsonl")
    mondays = new(paperctl)
    paperctl("load", dumps / "tuesday.jsonl")
    assert paperctl("undo").status == 0
    assert new(paperctl) == mondays


def test_without_the_note_the_newest_papers_are_new(paperctl: Paperctl, dumps: Path, tmp_path: Path) -> None:
    paperctl("load", dumps / "monday.jsonl")
    paperctl("load", dumps / "tuesday.jsonl")
    (tmp_path / "store" / "last_load.json").write_text("{half")
    assert new(paperctl) == {"Quantized Adapters for Speech"}
