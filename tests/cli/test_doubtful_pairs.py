"""Pairs that paperctl asks about: shown with the reason, merged from a threshold on or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Paperctl

COLUMN = {"title": "Research centers", "authors": ["Ada Winter"], "venue": "Optics Record"}
CHANGED = {"title": "Counting moths at night with a single camera", "doi": "10.9999/a.1", "year": 2021}


def lines(*records: dict[str, object]) -> str:
    return "".join(json.dumps({**r, "id": f"r{n}"}) + "\n" for n, r in enumerate(records))


@pytest.fixture
def asked(paperctl: Paperctl) -> Paperctl:
    """A store with a pair that an identifier supports and one of a column's title alone."""
    dump = lines(
        {**COLUMN, "year": 2002},
        {**COLUMN, "year": 2002},
        {**COLUMN, "year": 2003},
        CHANGED,
        {**CHANGED, "title": "Lupin fields as a habitat of hawkmoths"},
    )
    assert paperctl("load", "-", stdin=dump).status == 0
    return paperctl


def test_each_doubtful_pair_is_shown_with_the_rule_that_asks(asked: Paperctl) -> None:
    shown = asked("dedupe", "--explain", "--dry-run").out
    assert shown.count("maybe\n") == 2
    assert "the title comes back in other years of the venue" in shown
    assert "one identifier, but other titles" in shown
    assert "because: duplicate" not in shown


def test_a_threshold_merges_no_pair_that_only_a_title_supports(asked: Paperctl) -> None:
    titles = [r["title"] for r in asked("list", "--jsonl").records]
    assert len(titles) == 5
    asked("dedupe", "--yes-above", "0.6")
    assert len(asked("list", "--jsonl").records) == 5
    asked("dedupe", "--yes-above", "0.3")
    kept = [r["title"] for r in asked("list", "--jsonl").records]
    assert sorted(kept).count("Research centers") == 2
    asked("undo")
    assert [r["title"] for r in asked("list", "--jsonl").records] == titles


def test_the_threshold_stands_in_the_config(asked: Paperctl, tmp_path: Path) -> None:
    config = tmp_path / "strict.yaml"
    config.write_text("dedupe:\n  merge_above: 0.3\n", encoding="utf-8")
    asked("--config", config, "dedupe")
    assert len(asked("list", "--jsonl").records) < 5
