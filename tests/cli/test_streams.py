"""Streams as shells hand them over: closed, full, not UTF-8; and words that name a paper twice."""

from __future__ import annotations

import json
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


LOCALES = (
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1:replace"},
    {"PYTHONIOENCODING": "cp1252"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)
FOREIGN = "Übersicht π of 深度 → ends"


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_a_pipe_is_utf8_whatever_the_locale(
    paperctl: Paperctl, tmp_path: Path, locale: dict[str, str]
) -> None:
    def run(*args: str, stdin: str = "") -> bytes:
        ran = subprocess.run(
            [sys.executable, "-m", "paperctl", *args],
            input=stdin.encode(),
            capture_output=True,
            env={**os.environ, **locale},
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    run("load", "-", stdin=json.dumps({"title": FOREIGN}, ensure_ascii=False) + "\n")
    for arguments in (
        ["list"],
        ["list", "--json"],
        ["export"],
        ["export", "-f", "bibtex"],
        ["list", "-f", "csv"],
    ):
        assert "深度" in run(*arguments).decode("utf-8"), arguments
    assert run("export", "-f", "csv").count(b"\r\n") == 2
    run("export", "-f", "ris", "-o", str(tmp_path / "out.ris"))
    assert FOREIGN in (tmp_path / "out.ris").read_text("utf-8")


def test_a_terminal_that_lacks_a_character_shows_an_escape(paperctl: Paperctl, tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": FOREIGN}) + "\n")
    paperctl("load", tmp_path / "a.jsonl")
    out, _ = pexpect.run(
        f"{sys.executable} -m paperctl list --tsv",
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        withexitstatus=True,
    )
    assert "Übersicht" in out.decode("latin-1") and r"\u03c0" in out.decode("latin-1")


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
