"""What people meet in their first hour: advice that fits, and the same answers every time they ask."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Paperctl


def test_tags_do_not_depend_on_the_seed_of_a_process(paperctl: Paperctl, tmp_path: Path) -> None:
    """Several cues may stand on one word: which of them counts is a rule, not the order of a set."""
    dump = tmp_path / "dump.jsonl"
    titles = (
        "A SIMPLE PRUNING APPROACH FOR ALL",
        "Quantized 4-bit LLMs, and pruned",
        "GPT-4 Prompts in CLIP",
    )
    dump.write_text("".join(json.dumps({"title": title}) + "\n" for title in titles), encoding="utf-8")
    seen = set()
    for seed in range(1, 6):
        store = str(tmp_path / f"store{seed}")
        environ = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-m", "paperctl", "-q", "--store", store]
        subprocess.run([*command, "load", str(dump)], check=True, env=environ)
        listed = paperctl("--store", store, "list", "--jsonl").records
        seen.add(json.dumps([[r["title"], r["topics"], r["topic_scores"]] for r in listed]))
    assert len(seen) == 1
    assert '"efficiency": 10.28' in seen.pop()  # `pruning` itself, not `prun*`


def test_explain_calls_only_a_correction_a_correction(paperctl: Paperctl, tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text('{"title": "Tool use by a language agent"}\n', encoding="utf-8")
    paperctl("load", dump)
    (paper,) = paperctl("list", "--ids").out.split()
    (tmp_path / "paperctl.yaml").write_text("topics: {agents: {strong: [tool use]}}\n", encoding="utf-8")
    assert "other rules now: paperctl tag" in paperctl("topics", "explain", paper).out
    paperctl("tag")
    assert "—" not in paperctl("topics", "explain", paper).out
    paperctl("tag", "remove", "agents", "--", paper)
    assert "corrected by hand" in paperctl("topics", "explain", paper).out


def test_suggest_knows_a_misspelt_topic(loaded: Paperctl) -> None:
    ran = loaded("topics", "suggest", "quantisaton")
    assert (ran.status, "did you mean quantization?" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("line", "helper"),
    [
        ("dedupe --plan", "dedupe"),
        ("list --limit", "list"),
        ("mark", "mark"),
        ("dedupe split", "dedupe split"),
    ],
)
def test_a_value_that_is_missing_names_the_help_of_its_command(
    paperctl: Paperctl, line: str, helper: str
) -> None:
    ran = paperctl(*line.split())
    assert ran.status == 2
    assert ran.err.splitlines()[-1].endswith(f"see: paperctl {helper} --help")


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("list:\n  sort: year\n  fields: [id, titel]\n", "line 3: no field called 'titel'"),
        ("list:\n  sort: -yaer\n", "line 2: no field called 'yaer'"),
        ("export:\n  format: bibtx\n", "line 2: no output format called 'bibtx'"),
        ("screen:\n  audit: 0.1\n  keys: {keep: y, skip: y}\n", "line 3: screen.keys: 'y'"),
        ("load.encoding: klingon\n", "line 1: no encoding called 'klingon'"),
    ],
)
def test_config_check_names_the_line_of_a_bad_value(
    paperctl: Paperctl, tmp_path: Path, config: str, told: str
) -> None:
    (tmp_path / "paperctl.yaml").write_text(config, encoding="utf-8")
    ran = paperctl("config", "check")
    assert (ran.status, f"paperctl.yaml {told}" in ran.out) == (2, True), ran.err


def test_config_check_names_all_mistakes_and_the_variable_of_a_bad_value(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = "topics:\n  walrus:\n    strong: [walrus]\n    threshold: 90\n"
    (tmp_path / "paperctl.yaml").write_text(f"{topic}list:\n  sort: yaer\n", encoding="utf-8")
    monkeypatch.setenv("PAPERCTL_EXPORT_FORMAT", "bibtx")
    said = paperctl("config", "check").out.splitlines()
    assert [line.partition("paperctl.yaml ")[2].partition(":")[0] for line in said[:2]] == [
        "line 4",
        "line 6",
    ]
    assert said[2].startswith("PAPERCTL_EXPORT_FORMAT: no output format called 'bibtx'")


def test_no_encoding_is_named_for_what_is_no_text(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.5\n%\xd0\xd4\xc5\xd8\n1 0 obj <<>> stream \xe4\xf6\xfc\xdf")
    ran = paperctl("load", tmp_path / "paper.pdf")
    assert "a PDF" in ran.err and "UTF-8" not in ran.err


def test_a_format_that_is_not_there_brings_the_list(paperctl: Paperctl) -> None:
    ran = paperctl("list", "-f", "xlxs")
    assert ran.status == 2 and "csv, " in ran.err and "table" in ran.err


def test_marking_nothing_says_so(paperctl: Paperctl) -> None:
    ran = paperctl("mark", "keep", "-", stdin="")
    assert (ran.status, ran.err) == (0, "no id on stdin; nothing to mark\n")


def test_review_in_a_pipe_names_the_way_for_scripts(paperctl: Paperctl) -> None:
    assert "dedupe --plan" in paperctl("dedupe", "review").err


def test_a_missing_folder_is_named_as_what_is_missing(loaded: Paperctl, tmp_path: Path) -> None:
    ran = loaded("export", "-o", "my notes/list.md")
    assert (ran.status, "mkdir -p 'my notes'" in ran.err) == (1, True)
    assert not (tmp_path / "my notes").exists()


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or len(os.sched_getaffinity(0)) < 2, reason="one process works"
)
def test_ctrl_c_says_one_line_while_several_processes_work(tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    lines = (json.dumps({"title": f"Paper {n} on matter {n * 7919 % 10007}"}) + "\n" for n in range(60_000))
    dump.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "paperctl", "--store", str(tmp_path / "store"), "load", str(dump)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while process.poll() is None and not children.read_text():
            time.sleep(0.01)
        time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)  # what a terminal does
        _, err = process.communicate()
    assert (process.returncode, "Process" in err) == (130, False), err


def test_a_dump_named_twice_is_loaded_once(paperctl: Paperctl, examples: Path, tmp_path: Path) -> None:
    packed = tmp_path / "library.bib.gz"
    packed.write_bytes(gzip.compress((examples / "library.bib").read_bytes()))
    receipt = paperctl("load", examples / "library.bib", packed, examples / "library.bib", "--json").json
    assert (receipt["new"], receipt["merged"], receipt["unchanged"]) == (4, 0, 8)
    assert all(len(record["sources"]) == 1 for record in paperctl("list", "--jsonl").records)
