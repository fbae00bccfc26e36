"""`paperctl bulk`: the same verdicts whichever engine, files and order; bad records aside; a run goes on."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from paperctl.bulk import staged
from tests.bulk.snapshot import lines, said, snapshot, table, write_parts
from tests.conftest import Paperctl

ROOT = Path(__file__).parents[2]
PAPERS = snapshot()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "all.jsonl"
    path.write_text(lines(PAPERS), encoding="utf-8")
    return path


@pytest.fixture
def local(paperctl: Paperctl, tmp_path: Path, file: Path) -> dict[str, Any]:
    assert paperctl("bulk", "dedupe", file, "-o", tmp_path / "local", "--engine", "local").status == 0
    return said(tmp_path / "local")


def test_the_plan_of_a_store_is_found(paperctl: Paperctl, local: dict[str, Any], file: Path) -> None:
    assert paperctl("load", file).status == 0
    stored = paperctl("list", "--jsonl").records
    clusters = sorted(sorted(source["key"] for source in record["sources"]) for record in stored)
    assert local["clusters"] == clusters
    assert sorted(row[0] for row in local["kept"]) == sorted(record["id"] for record in stored)
    assert any(len(cluster) > 1 for cluster in clusters) and local["doubtful"]
    assert sum(bool(row[3]) for row in local["records"]) == sum(
        len(record["sources"]) for record in stored if record["versions"]
    )


@pytest.mark.parametrize(("seed", "parts"), [(1, 1), (2, 5)])
@pytest.mark.parametrize("engine", ["local", "duckdb"])
def test_neither_files_nor_order_nor_engine_count(
    paperctl: Paperctl, tmp_path: Path, local: dict[str, Any], engine: str, seed: int, parts: int
) -> None:
    folder = write_parts(tmp_path / "parts", PAPERS, seed, parts)
    ran = paperctl("bulk", "dedupe", folder, "-o", tmp_path / "out", "--engine", engine, "--workers", "1")
    assert ran.status == 0, ran.err
    assert said(tmp_path / "out") == local


def test_rows_cut_into_small_pieces_say_the_same(
    paperctl: Paperctl, tmp_path: Path, local: dict[str, Any], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from paperctl.bulk.duckdb_engine import DuckDB

    run = DuckDB.run
    monkeypatch.setattr(DuckDB, "run", lambda self, stage: run(self, replace(stage, rows=3)))
    monkeypatch.setattr("paperctl.bulk.inputs.SLICE", 2_000)
    assert paperctl("bulk", "dedupe", file, "-o", tmp_path / "out", "--engine", "duckdb").status == 0
    assert said(tmp_path / "out") == local


def test_kept_papers_come_into_a_store_under_their_ids(
    paperctl: Paperctl, tmp_path: Path, file: Path
) -> None:
    out = tmp_path / "out"
    assert paperctl("bulk", "dedupe", file, "-o", out, "--engine", "duckdb").status == 0
    assert paperctl("load", "--no-dedupe", out / "kept.parquet").status == 0
    kept = {row["id"]: row["title"] for row in table(out, "kept")}
    assert {record["id"]: record["title"] for record in paperctl("list", "--jsonl").records} == kept


def test_a_part_that_duckdb_chose_comes_in_as_well(paperctl: Paperctl, tmp_path: Path, file: Path) -> None:
    out = tmp_path / "out"
    assert paperctl("bulk", "dedupe", file, "-o", out).status == 0
    part = tmp_path / "part.parquet"
    duckdb.connect().execute(
        f"copy (from '{out}/kept.parquet' where list_contains(topics, 'quantization')) to '{part}'"
    )
    assert paperctl("load", part).status == 0
    assert {record["id"] for record in paperctl("list", "--jsonl").records} <= {
        row["id"] for row in table(out, "kept")
    }


@pytest.mark.parametrize("engine", ["local", "duckdb"])
def test_what_is_bad_is_set_aside_with_its_place(paperctl: Paperctl, tmp_path: Path, engine: str) -> None:
    (tmp_path / "in").mkdir()
    good = {"title": "Silt and steam in the valley of mills", "year": 1999}
    text = f'{json.dumps(good)}\n{{"title": broken\n\n{{"year": 1}}\n{json.dumps({**good, "title": "Ebb"})}\n'
    (tmp_path / "in" / "a.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "in" / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08damaged")
    (tmp_path / "in" / "bad.parquet").write_bytes(b"PAR1 no more")
    ran = paperctl("bulk", "dedupe", tmp_path / "in", "-o", tmp_path / "out", "--engine", engine, "--json")
    assert (ran.status, ran.json["read"], ran.json["set_aside"]) == (3, 2, 4), ran.out
    found = [
        json.loads(line) for line in (tmp_path / "out" / "set-aside.jsonl").read_text("utf-8").splitlines()
    ]
    places = {(Path(one["file"]).name, one["line"]) for one in found}
    assert {("a.jsonl", 2), ("a.jsonl", 4)} <= places and {"cut.jsonl.gz", "bad.parquet"} <= {
        p for p, _ in places
    }
    assert '{"title": broken' in [one["text"] for one in found]


def test_a_stopped_run_goes_on(
    paperctl: Paperctl, tmp_path: Path, local: dict[str, Any], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("bulk", "dedupe", file, "-o", tmp_path / "out", "--engine", "duckdb")
    ran: list[str] = []
    stage = staged.Staged._stage

    def stops(self: staged.Staged, one: Any) -> None:
        if one.name == "settled":
            raise KeyboardInterrupt
        stage(self, one)

    with monkeypatch.context() as patch:
        patch.setattr(staged.Staged, "_stage", stops)
        assert paperctl(*command).status == 130
    from paperctl.bulk.duckdb_engine import DuckDB

    run = DuckDB.run

    def noted(self: DuckDB, one: Any) -> None:
        ran.append(one.name)
        run(self, one)

    monkeypatch.setattr(DuckDB, "run", noted)
    assert paperctl(*command).status == 0
    assert "settled" in ran and "judged" not in ran
    assert said(tmp_path / "out") == local
    assert not (tmp_path / "out" / ".work").exists()


def test_a_run_that_was_stopped_while_it_moved_its_tables_goes_on(
    paperctl: Paperctl, tmp_path: Path, local: dict[str, Any], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    command = ("bulk", "dedupe", file, "-o", tmp_path / "out", "--engine", "duckdb")
    with monkeypatch.context() as patch:
        patch.setattr("paperctl.bulk.run.shutil.rmtree", stops)
        assert paperctl(*command).status == 130
    assert (tmp_path / "out" / "kept.parquet").exists()
    assert paperctl(*command).status == 0
    assert said(tmp_path / "out") == local


def test_a_folder_that_holds_something_is_left_alone(paperctl: Paperctl, tmp_path: Path, file: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    assert paperctl("bulk", "dedupe", file, "-o", out).status == 2
    (out / "mine.txt").unlink()
    assert paperctl("bulk", "dedupe", file, "-o", out).status == 0
    again = paperctl("bulk", "tag", file, "-o", out)
    assert again.status == 2 and "--force" in again.err
    assert paperctl("bulk", "tag", file, "-o", out, "--force").status == 0


@pytest.mark.parametrize("engine", ["local", "duckdb"])
def test_nothing_to_keep_is_no_fault_of_the_run(paperctl: Paperctl, tmp_path: Path, engine: str) -> None:
    (tmp_path / "bad.jsonl").write_text('{"title":\n[1, 2]\n', encoding="utf-8")
    ran = paperctl("bulk", "dedupe", "bad.jsonl", "-o", "out", "--engine", engine, "--json")
    assert (ran.status, ran.json["read"], ran.json["set_aside"]) == (3, 0, 2)
    assert table(tmp_path / "out", "kept") == []


def test_a_run_reads_not_what_it_writes(paperctl: Paperctl, tmp_path: Path, file: Path) -> None:
    for force in ((), ("--force",)):
        ran = paperctl("bulk", "tag", tmp_path, "-o", tmp_path / "out", "--json", *force)
        assert (ran.status, ran.json["read"]) == (0, len(PAPERS)), ran.err


def test_what_is_named_is_read_or_refused(paperctl: Paperctl, tmp_path: Path, file: Path) -> None:
    ran = paperctl("bulk", "tag", file, "-o", tmp_path, "--force")
    assert ran.status == 2 and file.name in ran.err and file.exists()


def test_tables_of_an_earlier_run_do_not_stay(paperctl: Paperctl, tmp_path: Path, file: Path) -> None:
    out = tmp_path / "out"
    assert paperctl("bulk", "tag", file, "-o", out, "--engine", "local").status == 0
    assert paperctl("bulk", "tag", file, "-o", out, "--engine", "local", "-f", "jsonl", "--force").status == 0
    assert not list(out.glob("*.parquet")) and list(out.glob("*.jsonl"))


def test_two_runs_into_one_folder_do_not_mix(paperctl: Paperctl, tmp_path: Path, file: Path) -> None:
    from paperctl.store.files import locked

    with locked(tmp_path / "out" / ".work"):
        ran = paperctl("bulk", "tag", file, "-o", tmp_path / "out", "--force")
    assert ran.status == 1 and "out" in ran.err


def test_tagging_alone_keeps_every_record(paperctl: Paperctl, tmp_path: Path, file: Path) -> None:
    for engine in ("local", "duckdb"):
        out = tmp_path / engine
        assert paperctl("bulk", "tag", file, "-o", out, "--engine", engine).status == 0
    assert said(tmp_path / "local") == said(tmp_path / "duckdb")
    rows = table(tmp_path / "local", "records")
    assert len(rows) == len(PAPERS) and all(row["id"] == row["cluster"] == row["work"] for row in rows)
    assert "quantization" in {topic for row in rows for topic in row["topics"]}


@pytest.mark.parametrize("engine", ["local", "duckdb"])
def test_lines_say_what_columns_say(paperctl: Paperctl, tmp_path: Path, file: Path, engine: str) -> None:
    for name in ("parquet", "jsonl"):
        command = ("bulk", "dedupe", file, "-o", tmp_path / name, "-f", name, "--engine", engine)
        assert paperctl(*command).status == 0
    for name in ("kept", "records", "doubtful"):
        found = [json.loads(line) for line in (tmp_path / "jsonl" / f"{name}.jsonl").open(encoding="utf-8")]
        rows = table(tmp_path / "parquet", name)
        assert {row["id"] for row in found} == {row["id"] for row in rows}
        for row in found:
            assert isinstance(row.get("topic_scores", {}), dict) and isinstance(row.get("versions", []), list)
    assert paperctl("load", tmp_path / "jsonl" / "kept.jsonl").status == 0


def test_what_is_missing_is_said(
    paperctl: Paperctl, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paperctl("bulk", "dedupe", "nothing*", "-o", tmp_path / "out").status == 2
    monkeypatch.setitem(sys.modules, "duckdb", None)
    ran = paperctl("bulk", "dedupe", file, "-o", tmp_path / "out", "--engine", "duckdb")
    assert ran.status == 1 and "paperctl-triage[duckdb]" in ran.err


@pytest.mark.parametrize("size", ["lots", "4", "-1GB"])
def test_memory_that_is_no_amount_is_refused_before_anything_is_done(
    paperctl: Paperctl, tmp_path: Path, file: Path, size: str
) -> None:
    ran = paperctl("bulk", "dedupe", file, "-o", "out", "--engine", "duckdb", f"--memory={size}")
    assert ran.status == 2 and size in ran.err and not (tmp_path / "out").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts processes in /proc")
def test_a_killed_run_leaves_no_process_and_goes_on(tmp_path: Path, file: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "paperctl",
        "-q",
        "bulk",
        "dedupe",
        str(file),
        "-o",
        str(tmp_path / "out"),
    ]
    killed = subprocess.Popen([*command, "--engine", "duckdb", "--workers", "1"], cwd=ROOT)
    while not (tmp_path / "out" / ".work" / "read.done").exists():
        assert killed.poll() is None
        time.sleep(0.02)
    killed.kill()
    killed.wait()
    until = time.monotonic() + 20
    while (left := running(str(tmp_path / "out"))) and time.monotonic() < until:
        time.sleep(0.2)
    assert not left
    subprocess.run([*command, "--engine", "duckdb"], cwd=ROOT, check=True)
    assert len(table(tmp_path / "out", "records")) == len(PAPERS)


def running(word: str) -> list[str]:
    """The processes whose command line has a word."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if word.encode() in path.read_bytes():
                found.append(path.parent.name)
    return found


@pytest.mark.parametrize("engine", ["local", "duckdb"])
def test_a_file_s_name_may_be_any_bytes(paperctl: Paperctl, tmp_path: Path, engine: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / os.fsdecode(b"caf\xe9.jsonl")
    try:
        path.write_text('{"title": "Gears and Pumps in the Field"}\n{"title": "cut\n')
    except OSError:
        pytest.skip("this file system has no such names")
    ran = paperctl("bulk", "dedupe", folder, "-o", tmp_path / "out", "--engine", engine)
    assert ran.status == 3
    assert [row["file"] for row in table(tmp_path / "out", "records")] == [f"{folder}/caf?.jsonl"]
    (aside,) = map(json.loads, (tmp_path / "out" / "set-aside.jsonl").read_text().splitlines())
    assert (aside["file"], aside["line"]) == (f"{folder}/caf?.jsonl", 2)
