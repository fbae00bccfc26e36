"""Large dumps are shared out to processes: what comes of them is the same."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import Any

import pytest

from paperctl.library.load import load
from paperctl.reading import packing
from paperctl.reading.read import read_dumps
from paperctl.store import Store

TITLES = [f"Gears and Pumps of Kind {n} in the Field" for n in range(60)]


def json_lines() -> bytes:
    """Papers with a gap, a bad line, a comment, and a line that is not UTF-8."""
    lines = [
        json.dumps({"id": f"k{n}", "title": title, "year": 2000 + n % 20}).encode()
        for n, title in enumerate(TITLES)
    ]
    lines[10:10] = [b"", b'{"title": "cut', b"# a comment"]
    lines[40] = '{"title": "Über die Flüsse der Länder", "year": 1990}'.encode("cp1252")
    return b"\n".join(lines)


def bibtex() -> bytes:
    entries = [f"@article{{k{n}, title={{{title}}}, year={2000 + n % 20}}}" for n, title in enumerate(TITLES)]
    return "\n\n".join([*entries[:20], "some text between the entries", *entries[20:]]).encode()


def outcome(path: Path) -> tuple[Any, ...]:
    incoming, receipt = read_dumps([str(path)])
    return [(one.facts, one.source, one.key, one.entry) for one in incoming], receipt.as_json()


@pytest.mark.parametrize(("name", "dump"), [("x.jsonl", json_lines()), ("x.bib", bibtex())])
def test_a_dump_that_is_shared_out_gives_the_same(
    name: str, dump: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    path.write_bytes(dump)
    alone = outcome(path)
    monkeypatch.setattr(packing, "LARGE", 2)
    monkeypatch.setattr(packing, "MANY", 7)
    monkeypatch.setattr(packing, "AT_ONCE", 7)
    monkeypatch.setattr("paperctl.dumps.dump.STRETCH_BYTES", 300)
    assert outcome(path) == alone
    assert len(alone[0]) == len(TITLES)


def test_what_was_read_is_let_go(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text("\n".join(f"@misc{{k, title = {{\\foo {t}}}}}" for t in TITLES))
    gc.collect()
    gc.disable()
    try:
        incoming, _ = read_dumps([str(tmp_path / "x.bib")])
        assert len(incoming) == len(TITLES) and gc.collect() < len(TITLES)
    finally:
        gc.enable()


def test_a_paper_is_written_as_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(json_lines())
    store = Store(tmp_path / "store")
    incoming, receipt = read_dumps([str(tmp_path / "x.jsonl")])
    load(store, incoming, receipt, tagger=None)
    papers = list(store.papers())
    assert [paper["title"] for paper in papers] == [one.facts["title"] for one in incoming]
    assert [paper["sources"] for paper in papers] == [[one.source] for one in incoming]
    assert all(paper["citekey"] and paper["topics"] == [] for paper in papers)
