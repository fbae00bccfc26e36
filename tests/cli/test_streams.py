"""Streams as shells hand them over: closed, full, not UTF-8; and words that name a paper twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Paperctl


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line.replace("paperctl", f"{sys.executable} -m paperctl", 1)],
        capture_output=True,
        text=True,
        env=dict(os.environ),
    )


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("paperctl list >&-", 0),
        ("paperctl stats >&-", 0),
        ("paperctl list <&-", 0),
        ("paperctl mark keep - <&-", 0),
        ("paperctl load - <&-", 1),
        ("paperctl lst 2>&-", 2),
        ("paperctl list >/dev/full", 1),
        ("paperctl --version >/dev/full", 1),
    ],
)
def test_closed_and_full_streams(loaded: Paperctl, line: str, status: int) -> None:
    ran = shell(line)
    assert ran.returncode == status
    assert "internal" not in ran.stderr and "Traceback" not in ran.stderr


def test_words_that_are_not_utf8(loaded: Paperctl) -> None:
    paper = loaded("list", "--ids").out.split()[0]
    assert shell(r"paperctl show $'\xff\xfe'").returncode == 2
    assert shell(rf"paperctl mark keep {paper} --note $'caf\xe9'").returncode == 0
    assert loaded("show", paper, "--json").json["note"] == "caf?"


def test_one_paper_named_in_several_ways(loaded: Paperctl) -> None:
    paper = loaded("list", "--ids").out.split()[0]
    words = [paper, paper.upper(), paper[:8], f" {paper}"]
    assert [r["id"] for r in loaded("show", *words, "--json").records] == [paper]


def test_many_words_at_once(loaded: Paperctl) -> None:
    records = loaded("list", "--jsonl").records
    arxiv = next(r for r in records if r["arxiv_id"])
    words = [r["id"][:8] for r in records] + [f"{arxiv['arxiv_id']}v{n}" for n in range(1, 40)]
    assert loaded("mark", "keep", "-", stdin="\n".join(words)).status == 0
    assert len(loaded("list", "decision:keep", "--ids").out.split()) == len(records)


def test_the_store_variable_is_named_as_such(paperctl: Paperctl, tmp_path: Path) -> None:
    assert paperctl("config", "--json").json["store"] == {
        "value": str(tmp_path / "store"),
        "from": "PAPERCTL_STORE",
    }


def test_a_pipe_by_name_is_a_dump(paperctl: Paperctl, examples: Path) -> None:
    assert shell(f"paperctl load <(cat {examples / 'library.bib'})").returncode == 0
    assert len(paperctl("list", "--ids").out.split()) == 4


def test_a_file_name_may_be_any_bytes(paperctl: Paperctl, examples: Path, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.bib"))
    odd.write_bytes((examples / "library.bib").read_bytes())
    assert paperctl("load", odd).status == 0
    assert paperctl("list", "--jsonl").records[0]["sources"][0]["file"] == "caf?.bib"


def test_an_empty_folder_is_not_a_success(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert paperctl("load", tmp_path / "empty").status == 1


def test_empty_words_for_settings(paperctl: Paperctl, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paperctl("--store", "", "list").status == 2
    monkeypatch.setenv("PAPERCTL_COLOR", "")
    assert paperctl("list").status == 0
