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
