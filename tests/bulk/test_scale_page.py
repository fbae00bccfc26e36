"""docs/scale.md: store and snapshot, asked together."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import duckdb
import pytest

from tests.bulk.snapshot import lines, snapshot, table
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


def test_a_part_of_openalex_is_chosen_before_it_is_read(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "works" / "updated_date=2026-01-01"
    folder.mkdir(parents=True)
    works = [
        {
            "id": f"https://openalex.org/W{n}",
            "title": f"Tide mills of the {n}th shore and their keepers",
            "doi": f"https://doi.org/10.9999/mill.{n}",
            "publication_year": 2010 + n,
            "type": "article",
            "authorships": [{"author": {"display_name": "Ada Bello"}}],
            "abstract_inverted_index": {"mills": [1], f"{n}": [0]},
            "primary_location": {"source": {"display_name": "Mills"}},
        }
        for n in range(10)
    ]
    (folder / "part_000.gz").write_bytes(gzip.compress(lines(works).encode()))
    _, query = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    duckdb.connect().execute(query)
    assert paperctl("bulk", "dedupe", "some", "-o", "out").status == 0
    kept = table(tmp_path / "out", "kept")
    assert {row["year"] for row in kept} == {2015, 2016, 2017, 2018, 2019}
    assert {row["abstract"] for row in kept} == {f"{n} mills" for n in range(5, 10)}
    assert {tuple(row["authors"]) for row in kept} == {("Ada Bello",)}
