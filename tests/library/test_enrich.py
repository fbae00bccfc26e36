"""`load --enrich`: stored papers gain what they lack from a large dump, and nothing else changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Paperctl

ABSTRACT = "LoRA and sparse adapters: parameter-efficient fine-tuning for the songs of whales."


def written(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    with path.open("w") as out:
        out.writelines(json.dumps(record) + "\n" for record in records)
    return path


def arxiv(number: int, title: str, **known: Any) -> dict[str, Any]:
    """A record as arXiv's metadata snapshot has it."""
    return {
        "id": f"2401.{number:05}", "submitter": "Ann Bee", "authors": "Ann Bee and Carl Dee", "title": title,
        "comments": None, "journal-ref": None, "doi": None, "categories": "cs.CL",
        "abstract": f"  {ABSTRACT}\n", "update_date": "2024-01-02",
        "versions": [{"version": "v1", "created": "Mon, 1 Jan 2024 10:00 GMT"}],
        "authors_parsed": [["Bee", "Ann", ""], ["Dee", "Carl", ""]], **known,
    }  # fmt: skip


@pytest.fixture
def pasted(paperctl: Paperctl, tmp_path: Path) -> Paperctl:
    papers: list[dict[str, Any]] = [
        {"title": "Sparse Adapters for the Songs of Whales", "abstract": ABSTRACT},
        {
            "title": "Tides of the Southern Sea",
            "authors": ["Eve Fox"],
            "year": 2019,
            "venue": "Tidal Letters",
        },
        {"title": "Grafting Pears in Cold Springs"},
    ]
    assert paperctl("load", written(tmp_path / "pasted.jsonl", papers)).status == 0
    return paperctl


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return written(
        tmp_path / "arxiv.jsonl",
        [
            arxiv(1, "Another Paper That Nobody Stored"),
            arxiv(2, "Sparse Adapters for the Songs of Whales"),
            arxiv(3, "Tides of the Southern Sea"),
            arxiv(4, "Grafting $\\pi$ears in Cold Springs", doi="10.1000/pears"),
            arxiv(
                5, "Grafting Pears in Cold Springs", authors_parsed=[["Ash", "Ida", ""]], authors="Ida Ash"
            ),
        ],
    )


def test_papers_gain_what_they_lack_and_nothing_else(pasted: Paperctl, snapshot: Path) -> None:
    before = {record["title"]: record for record in pasted("list", "--jsonl").records}
    receipt = pasted("load", "--enrich", snapshot, "--json").json
    assert (receipt["read"], receipt["new"], receipt["merged"]) == (5, 0, 0)
    after = {record["title"]: record for record in pasted("list", "--jsonl").records}
    assert before.keys() == after.keys()
    whales = after["Sparse Adapters for the Songs of Whales"]
    assert (whales["authors"], whales["year"], whales["arxiv_id"]) == (
        ["Ann Bee", "Carl Dee"], 2024, "2401.00002",
    )  # fmt: skip
    assert whales["filled"]["authors"] == {"file": "arxiv.jsonl", "lines": [2, 2], "key": "2401.00002"}
    assert len(whales["sources"]) == 1 and whales["abstract"] == ABSTRACT
    tides = after["Tides of the Southern Sea"]  # other people: another paper
    assert tides == before["Tides of the Southern Sea"]
    pears = after["Grafting Pears in Cold Springs"]
    assert pears["authors"] == ["Ida Ash"] and "peft" in pears["topics"]  # from its new abstract
    assert receipt["files"][0]["filled"]["papers"] == 2
    assert (receipt["read"], receipt["unchanged"], receipt["files"][0]["unknown"]) == (5, 3, 2)
    shown = pasted("show", whales["id"]).out
    assert "authors" in shown.split("Filled")[1] and "arxiv.jsonl, line 2" in shown
    assert pasted("check").status == 0
    again = pasted("load", "--enrich", snapshot, "--json").json
    assert "filled" not in again["files"][0]
    assert pasted("undo").status == 0
    assert {r["title"]: r for r in pasted("list", "--jsonl").records} == before


def test_a_version_gives_people_and_words_but_no_place(paperctl: Paperctl, tmp_path: Path) -> None:
    paper = {
        "title": "Sparse Adapters for the Songs of Whales",
        "venue": "ICLR",
        "year": 2025,
        "abstract": ABSTRACT,
    }
    paperctl("load", written(tmp_path / "iclr.jsonl", [paper]))
    paperctl("load", "--enrich", written(tmp_path / "arxiv.jsonl", [arxiv(2, str(paper["title"]))]))
    (record,) = paperctl("list", "--jsonl").records
    assert record["authors"] == ["Ann Bee", "Carl Dee"]
    assert (record["arxiv_id"], record["venue"], record["year"]) == (None, "ICLR", 2025)


def test_what_was_filled_survives_a_merge(pasted: Paperctl, snapshot: Path, tmp_path: Path) -> None:
    pasted("load", "--enrich", snapshot)
    copy = {"title": "Sparse adapters for the songs of whales.", "abstract": ABSTRACT, "keywords": ["whales"]}
    pasted("load", written(tmp_path / "copy.jsonl", [copy]))
    (record,) = pasted("list", "title:whales", "--jsonl").records
    assert len(record["sources"]) == 2 and record["authors"] == ["Ann Bee", "Carl Dee"]
    assert record["filled"]["authors"]["file"] == "arxiv.jsonl" and record["keywords"] == ["whales"]


def test_a_dry_run_only_counts(pasted: Paperctl, snapshot: Path) -> None:
    before = pasted("list", "--jsonl").out
    ran = pasted("load", "--enrich", "-n", snapshot)
    assert "2 papers would be filled" in ran.err and pasted("list", "--jsonl").out == before


def test_memory_stays_flat(pasted: Paperctl, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        dump = written(
            tmp_path / "big.jsonl", (arxiv(n, f"Paper {n} on the tides of sea {n}") for n in range(count))
        )
        code = (
            "import resource, sys\nfrom paperctl.__main__ import _run\n"
            "assert _run(['-q', 'load', '--enrich', '-n', sys.argv[1]]) == 0\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code, str(dump)],
            capture_output=True,
            text=True,
            env=dict(os.environ),
            check=True,
        )
        return int(ran.stdout) >> (20 if sys.platform == "darwin" else 10)

    assert peak(20_000) < peak(500) + 15
