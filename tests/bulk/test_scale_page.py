"""docs/scale.md: store and snapshot, asked together."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.bulk.snapshot import lines, snapshot
from tests.conftest import Paperctl

PAGE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")


def test_the_queries_of_the_page_choose_what_is_new(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = [
        {"title": f"Quantization of {name} language models to four bits", "year": 2024}
        for name in ("small", "old")
    ]
    (tmp_path / "all.jsonl").write_text(lines([*snapshot(), *new]), encoding="utf-8")
    (tmp_path / "some.jsonl").write_text(lines(new[1:]), encoding="utf-8")
    assert paperctl("load", "some.jsonl").status == 0
    mine = paperctl("list", "--ids").out.strip()
    assert paperctl("mark", "keep", mine).status == 0
    assert paperctl("export", "-o", "mine.parquet").status == 0
    assert paperctl("bulk", "dedupe", "all.jsonl", "-o", "out", "--engine", "duckdb").status == 0
    queries, *_ = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    base = duckdb.connect()
    counted = base.execute(queries).fetchall()
    assert ("quantization", 1) in {(topic, kept) for topic, _, kept in counted}
    assert paperctl("load", "new.parquet").status == 0
    titles = {record["title"] for record in paperctl("list", "--jsonl").records}
    assert {paper["title"] for paper in new} <= titles
    chosen = base.execute("select count(*) from 'new.parquet'").fetchall()
    assert chosen == [(len(titles) - 1,)]
