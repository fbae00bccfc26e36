"""Parquet and workbooks: what is exported is loaded as the same papers, and other programs read it."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet as pq

from paperctl.dumps.dump import Dump
from paperctl.exports import Request, packed
from paperctl.normalise import normalise
from paperctl.readers import readers
from paperctl.reading.recognise import recognise
from paperctl.record import Record
from paperctl.record.items import Entry
from tests.conftest import Paperctl
from tests.exports.samples import HOSTILE, LORA, paper
from tests.exports.test_odd_values import JSON
from tests.exports.test_round_trip import PAPERS, facts


def written(name: str, records: list[Record], fields: tuple[str, ...] | None = None) -> bytes:
    return b"".join(packed(name, iter(records), Request(fields=fields)))


def loaded(name: str, records: list[Record]) -> list[dict[str, Any]]:
    dump = Dump.from_bytes(written(name, records))
    reader = recognise(dump).reader
    assert name == reader.NAME
    return [facts(normalise(item)[0]) for item in reader.read(dump) if isinstance(item, Entry)]


@settings(max_examples=25, deadline=None)
@given(PAPERS)
@pytest.mark.parametrize("name", ["parquet", "xlsx"])
def test_nothing_is_lost(name: str, records: list[Record]) -> None:
    assert loaded(name, records) == [facts(record) for record in records]


@pytest.mark.parametrize("name", ["parquet", "xlsx"])
def test_hostile_texts_come_back_as_text(name: str) -> None:
    texts = [*HOSTILE, '="1+1"', "'=1", "_x001B_[31m", "\ufffe", "=" * 40_000]
    clean = [normalise(Entry({"title": text, "note": text}, (1, 1)))[0] for text in texts]
    back = loaded(name, [paper(**found) for found in clean])
    assert [found["title"][:30_000] for found in back] == [
        found["title"][:30_000].replace("\ufffe", "\ufffd" if name == "xlsx" else "\ufffe") for found in clean
    ]


@settings(max_examples=40, deadline=None)
@given(extra=st.dictionaries(st.text(max_size=5), JSON, max_size=5), text=st.sampled_from(HOSTILE))
@pytest.mark.parametrize("name", ["parquet", "xlsx"])
def test_odd_values_break_no_file(name: str, extra: dict[str, Any], text: str) -> None:
    records = [paper(title=text, extra=extra, venue=text, year="soon", topics=None, own_field=extra), LORA]
    dump = Dump.from_bytes(written(name, records))
    assert sum(isinstance(item, Entry) for item in readers()[name].read(dump)) == 2
    assert written(name, [])


def test_a_workbook_holds_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", [paper(title=text) for text in HOSTILE])))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds


def test_duckdb_reads_columns_of_their_types(tmp_path: Path) -> None:
    file = tmp_path / "papers.parquet"
    file.write_bytes(written("parquet", [LORA, paper(title="An untagged one", abstract=None)]))
    asked = "id, year + 1, topics[1], topic_scores['peft'], abstract is null"
    found = duckdb.connect().execute(f"select {asked} from '{file}' order by 1 = 0").fetchall()
    assert found[0] == (LORA["id"], 2023, LORA["topics"][0], LORA["topic_scores"]["peft"], False)
    assert found[1][4] is True


def test_fields_choose_the_columns() -> None:
    table = pq.read_table(io.BytesIO(written("parquet", [LORA], ("year", "extra.pages", "title"))))
    assert table.to_pylist() == [{"year": 2022, "extra.pages": "1--13", "title": LORA["title"]}]


def test_foreign_parquet_is_loaded_by_content(paperctl: Paperctl, tmp_path: Path) -> None:
    rows = pa.table(
        {
            "Title": ["Sparse Gates: Routing Without a Router", "Keys for All the Doors", None],
            "Authors": [["Ada Example", "Bo Sample"], ["Ada Example"], None],
            "publication_year": [2023.0, float("nan"), None],
            "__index_level_0__": [0, 1, 2],
        }
    )
    pq.write_table(rows, tmp_path / "no-ending")
    ran = paperctl("load", tmp_path / "no-ending", "--json")
    assert ran.json["new"] == 2 and ran.json["files"][0]["format"] == "parquet", ran.json
    years = {record["title"][:4]: record["year"] for record in paperctl("list", "--jsonl").records}
    assert years == {"Spar": 2023, "Keys": None}
    assert paperctl("load", tmp_path / "no-ending", "--json").json["unchanged"] == 2


def test_decisions_come_back_from_parquet(loaded: Paperctl, tmp_path: Path) -> None:
    first = loaded("list", "--ids", "--limit", "1").out.strip()
    assert loaded("mark", "keep", first, "--note", "good").status == 0
    assert loaded("export", "-o", tmp_path / "all.parquet").status == 0
    assert loaded("--store", tmp_path / "other", "load", tmp_path / "all.parquet").status == 0
    (kept,) = loaded("--store", tmp_path / "other", "list", "decision:keep", "--jsonl").records
    assert kept["note"] == "good"


def test_a_damaged_file_costs_one_line(paperctl: Paperctl, tmp_path: Path) -> None:
    whole = written("parquet", [LORA])
    for n, bad in enumerate((whole[: len(whole) // 2], whole[:40] + b"\xff" * 60 + whole[100:])):
        (tmp_path / f"{n}.parquet").write_bytes(bad)
        ran = paperctl("load", tmp_path / f"{n}.parquet")
        assert ran.status in (1, 3) and len(ran.err.splitlines()) == 1 and f"{n}.parquet" in ran.err


@pytest.mark.parametrize(
    ("library", "asked"),
    [
        ("pyarrow", ("export", "-o", "x.parquet")),
        ("openpyxl", ("export", "-o", "x.xlsx")),
        ("pyarrow", ("load", "all.parquet")),
    ],
)
def test_a_missing_library_is_named_with_its_cure(
    loaded: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, asked: tuple[str, ...]
) -> None:
    (tmp_path / "all.parquet").write_bytes(written("parquet", [LORA]))
    monkeypatch.setitem(sys.modules, library, None)
    ran = loaded(*asked)
    assert ran.status != 0 and "pip install 'paperctl-triage[" in ran.err
    assert not (tmp_path / "x.parquet").exists()


def test_a_pipe_gets_the_bytes(loaded: Paperctl, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "paperctl", "list", "--limit", "3", "-f", "parquet"]
    ran = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    assert pq.read_table(io.BytesIO(ran.stdout)).num_rows == 3


def test_excel_gets_its_mark_and_load_takes_it(loaded: Paperctl, tmp_path: Path) -> None:
    for asked in (("list", "--excel"), ("export", "--excel"), ("search", "model", "-f", "csv", "--excel")):
        ran = loaded(*asked)
        assert (ran.status, ran.out[0]) == (0, "\ufeff"), ran.err
    (tmp_path / "a.csv").write_text(loaded("export", "--excel").out, encoding="utf-8", newline="")
    assert loaded("load", tmp_path / "a.csv", "--json").json["new"] == 0
    assert loaded("list", "--excel", "--json").status == 2
