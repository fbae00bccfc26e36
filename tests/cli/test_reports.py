"""What a methods section asks for: merges, the course of the screening, and all of it in one folder."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

from tests.conftest import Paperctl


def test_every_merge_is_told_with_its_evidence(loaded: Paperctl) -> None:
    rows = loaded("dedupe", "report", "--json").json
    assert len(rows) == loaded("stats", "--json").json["funnel"]["duplicates_removed"] > 0
    for row in rows:
        assert row["kept"] and row["removed_title"] and row["evidence"] and row["by"] == "rules"
    table = list(csv.DictReader(io.StringIO(loaded("dedupe", "report").out)))
    assert [row["kept"] for row in table] == [row["kept"] for row in rows]
    page = loaded("dedupe", "report", "-f", "html").out
    assert page.count("<tr>") == len(rows) + 1
    assert loaded("dedupe", "report", "-f", "pdf").status == 2


def test_a_merge_by_hand_bears_the_name(loaded: Paperctl) -> None:
    one, other = loaded("list", "--ids").out.split()[:2]
    ran = loaded("--reviewer", "Ann", "dedupe", "--apply", "-", stdin=f"merge {one} {other}\n")
    assert ran.status == 0, ran.err
    assert "Ann" in [row["by"] for row in loaded("dedupe", "report", "--json").json]


def test_the_course_of_a_screening(loaded: Paperctl, tmp_path: Path) -> None:
    ids = loaded("list", "--works", "--ids").out.split()
    loaded("--reviewer", "Ann", "mark", "keep", ids[0])
    loaded("--reviewer", "Ann", "mark", "skip", ids[1], "--reason", "too old")
    found = loaded("screen", "report", "--json").json
    assert found["papers"] == len(ids) and found["found"] == [1, 1]
    assert found["people"] == {"Ann": 2} and found["reasons"] == {"too old": 1}
    assert [row["id"] for row in found["decisions"]] == ids[:2]
    text = loaded("screen", "report").out
    assert "2 of" in text and "too old" in text and "*" in text
    assert loaded("screen", "report", "-o", tmp_path / "recall.svg").status == 0
    assert (tmp_path / "recall.svg").read_text().startswith("<svg")


def test_an_audit_is_a_folder_whose_checksums_hold(loaded: Paperctl, tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    assert loaded("audit", "-o", folder).status == 0
    lines = (folder / "checksums.sha256").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    for path in folder.iterdir():
        if path.name != "checksums.sha256":
            assert sums[path.name] == hashlib.sha256(path.read_bytes()).hexdigest()
    papers = (tmp_path / "store" / "papers.jsonl").read_bytes()
    assert sums["store/papers.jsonl"] == hashlib.sha256(papers).hexdigest()
    assert json.loads((folder / "versions.json").read_text())["paperctl"]
    assert loaded("audit", "-o", folder).status == 0, "an audit is made again in its place"


def test_an_audit_leaves_what_is_not_its_own(loaded: Paperctl, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "log.json").write_text("mine")
    ran = loaded("audit", "-o", folder)
    assert ran.status == 2 and "--force" in ran.err
    assert [(p.name, p.read_text()) for p in folder.iterdir()] == [("log.json", "mine")]
    assert loaded("audit", "-o", folder, "--force").status == 0
    for force in ((), ("--force",)):
        assert loaded("audit", "-o", tmp_path / "store", *force).status == 2
    assert not (tmp_path / "store" / "versions.json").exists()
