"""Decisions go out to other screening tools and come back from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Paperctl


@pytest.mark.parametrize("tool", ["asreview", "rayyan", "covidence"])
def test_decisions_go_out_and_come_back(loaded: Paperctl, tmp_path: Path, tool: str) -> None:
    ids = loaded("list", "--ids").out.split()
    loaded("mark", "keep", *ids[:3])
    loaded("mark", "skip", *ids[3:5])
    dump = tmp_path / "labelled.csv"
    assert loaded("export", "-f", tool, "-o", dump).status == 0
    elsewhere = ("--store", tmp_path / "elsewhere")
    assert loaded(*elsewhere, "load", dump).status == 0
    assert loaded(*elsewhere, "screen", "--adopt").status == 0
    for decision in ("keep", "skip"):
        titles = [r["title"] for r in loaded("list", f"decision:{decision}", "--jsonl").records]
        back = loaded(*elsewhere, "list", f"decision:{decision}", "--jsonl").records
        assert titles and [r["title"] for r in back] == titles


@pytest.mark.parametrize("missing", ["nope.csv", "folder/nope"])
def test_decisions_of_a_file_that_is_not_there_are_an_error(loaded: Paperctl, missing: str) -> None:
    done = loaded("screen", "--adopt", missing)
    assert done.status == 1 and f"{missing}: no such file" in done.err


@pytest.mark.parametrize("query", ["lora", "url:github.com/lora", "title:a/b"])
def test_decisions_are_taken_of_the_papers_of_a_query(loaded: Paperctl, query: str) -> None:
    done = loaded("screen", "--adopt", query)
    assert done.status == 0 and "decisions taken over" in done.err
