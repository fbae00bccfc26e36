"""Marks in a large store do not read all of it, and are as safe as in a small one."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from paperctl import index as index_room
from paperctl.record import SCHEMA
from paperctl.store import looked_through
from tests.conftest import Paperctl


@pytest.fixture
def large(loaded: Paperctl, monkeypatch: pytest.MonkeyPatch) -> Paperctl:
    """The example dumps in a store that counts as large."""
    monkeypatch.setattr(index_room, "PAYS_FROM", 0)
    monkeypatch.setattr(looked_through, "KEPT_FROM", 0)
    assert loaded("list", "quantization").status == 0
    return loaded


def kept(tmp_path: Path) -> Path:
    return tmp_path / "store" / looked_through.FILE


def first_id(paperctl: Paperctl) -> str:
    return paperctl("list", "--ids", "--limit", "1").out.strip()


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"schema": 1, "papers": [1, 2, 3]}', b"\xff"])
def test_a_paper_of_a_newer_version_is_refused_whatever_was_kept(
    large: Paperctl, tmp_path: Path, content: bytes | None
) -> None:
    paper = first_id(large)
    assert large("mark", "keep", paper).status == 0
    assert kept(tmp_path).exists()
    if content is not None:
        kept(tmp_path).write_bytes(content)
    papers = tmp_path / "store" / "papers.jsonl"
    newer = {"id": "f" * 12, "title": "From the future", "schema": SCHEMA + 1}
    papers.write_bytes(papers.read_bytes() + json.dumps(newer).encode() + b"\n")
    before = (tmp_path / "store" / "decisions.jsonl").read_bytes()
    assert large("mark", "skip", paper).status != 0
    assert (tmp_path / "store" / "decisions.jsonl").read_bytes() == before


def test_what_a_newer_version_looked_through_does_not_count(large: Paperctl, tmp_path: Path) -> None:
    paper = first_id(large)
    large("mark", "keep", paper)
    state = json.loads(kept(tmp_path).read_bytes())
    kept(tmp_path).write_text(json.dumps({**state, "schema": SCHEMA + 1}))
    assert large("mark", "skip", paper).status == 0
    assert json.loads(kept(tmp_path).read_bytes())["schema"] == SCHEMA


@pytest.mark.parametrize("places", ["at + 1", "0", "1 << 40"])
def test_marks_are_right_though_the_index_names_other_places(
    large: Paperctl, tmp_path: Path, places: str
) -> None:
    paper, other = large("list", "--ids", "--limit", "2").out.split()
    index = tmp_path / "store" / "search.index"
    connection = sqlite3.connect(index)
    connection.execute(f"UPDATE paper SET at = {places}")
    connection.commit()
    connection.close()
    stamp = tmp_path / "store" / "search.index.json"
    found = index.stat()
    fits = {**json.loads(stamp.read_bytes()), "index": [found.st_size, found.st_mtime_ns, found.st_ino]}
    stamp.write_text(json.dumps(fits))
    for name, decision in ((paper, "keep"), (other, "skip"), (paper, "keep")):
        assert large("mark", decision, name).status == 0
    assert large("label", "add", "todo", "--", paper).status == 0
    assert large("list", "decision:keep", "--ids").out.split() == [paper]
    assert large("list", "label:todo", "--ids").out.split() == [paper]
