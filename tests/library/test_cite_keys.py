"""A paper has one cite key in a store and keeps it, whatever happens beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Paperctl

LEES = (
    ("Widgets of Steel and Iron", "10.1000/a"),
    ("Widgets for Tall Ships", "10.1000/b"),
    ("Widgets in the Deep Sea", "10.1000/c"),
)


def dump(path: Path, *papers: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    return path


def lee(n: int) -> dict[str, object]:
    title, doi = LEES[n]
    return {"title": title, "doi": doi, "authors": ["Ann Lee"], "year": 2020}


def keys(paperctl: Paperctl, *query: str) -> dict[str, str]:
    """Cite keys by title, as the BibTeX export writes them."""
    out = paperctl("export", *query, "-f", "bibtex").out
    entries = re.findall(r"^@\w+\{(.*),\n(?:.*\n)*?  title = \{(.*)\},$", out, re.M)
    return {re.sub("[{}]", "", title): key for key, title in entries}


@pytest.fixture
def three(paperctl: Paperctl, tmp_path: Path) -> Paperctl:
    assert paperctl("load", dump(tmp_path / "a.jsonl", lee(0), lee(1), lee(2))).status == 0
    return paperctl


def test_a_key_does_not_hang_on_what_else_is_exported(three: Paperctl) -> None:
    every = keys(three)
    assert len(set(every.values())) == 3
    for title, doi in LEES:
        assert keys(three, f"doi:{doi}") == {title: every[title]}
    items = json.loads(three("export", "doi:10.1000/c", "-f", "csl-json").out)
    assert items[0]["id"] == every[LEES[2][0]]


def test_a_key_outlives_loads_merges_and_lost_derived_files(paperctl: Paperctl, tmp_path: Path) -> None:
    paperctl("load", dump(tmp_path / "b.jsonl", lee(1)))
    first = keys(paperctl)
    fuller = {**lee(1), "title": "Wonderful " + LEES[1][0], "year": 2019, "authors": ["Zoe Ab", "Ann Lee"]}
    paperctl("load", dump(tmp_path / "a.jsonl", lee(0), lee(2), fuller))
    assert set(first.values()) < set(keys(paperctl).values())
    kept = [r["citekey"] for r in paperctl("list", "doi:10.1000/b", "--jsonl").records]
    assert kept == list(first.values())


def test_the_order_of_a_dump_makes_no_difference(paperctl: Paperctl, tmp_path: Path) -> None:
    paperctl("load", dump(tmp_path / "a.jsonl", lee(0), lee(1), lee(2)))
    one = keys(paperctl)
    paperctl("--store", tmp_path / "other", "load", dump(tmp_path / "a.jsonl", lee(2), lee(1), lee(0)))
    records = paperctl("--store", tmp_path / "other", "list", "--jsonl").records
    assert {r["title"]: r["citekey"] for r in records} == one


def test_the_key_of_a_library_is_kept_unless_it_is_taken(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "one.bib").write_text("@article{Lee:20, title={Widgets of Steel and Iron}, year=2020}\n")
    (tmp_path / "two.bib").write_text("@article{lee:20, title={A Theory of Nearly Nothing}, year=2021}\n")
    paperctl("load", tmp_path / "one.bib")
    paperctl("load", tmp_path / "two.bib")
    found = keys(paperctl)
    assert found["Widgets of Steel and Iron"] == "Lee:20"
    assert re.fullmatch("lee:20-[0-9a-f]{4}", found["A Theory of Nearly Nothing"])


def test_a_store_without_keys_gives_the_same_ones_when_it_cannot_be_written(
    three: Paperctl, tmp_path: Path
) -> None:
    papers = tmp_path / "store" / "papers.jsonl"
    lines = [json.loads(line) for line in papers.read_text().splitlines()]
    assert [line.pop("citekey") for line in lines]
    papers.write_text("".join(json.dumps(line) + "\n" for line in lines))
    papers.parent.chmod(0o555)
    every = keys(three)
    assert keys(three, "doi:10.1000/b") == {LEES[1][0]: every[LEES[1][0]]}
    papers.parent.chmod(0o755)
    paper = three("list", "doi:10.1000/b", "--ids").out.strip()
    assert three("tag", "add", "peft", "--", paper).status == 0
    other = {**lee(0), "title": "Widgets and the Law", "doi": "10.1000/d"}
    assert three("load", dump(tmp_path / "more.jsonl", other)).status == 0
    assert keys(three).items() > every.items()


def test_a_key_given_by_hand_is_truth_finds_its_paper_and_is_undone(three: Paperctl) -> None:
    one, two, _ = three("list", "--ids").out.split()
    before = keys(three)
    assert three("note", one, "--key", "lee-thesis").status == 0
    assert next(iter(keys(three).values())) == "lee-thesis"
    assert three("show", "LEE-thesis", "--json").json["id"] == one
    assert three("show", before[LEES[0][0]], "--json").json["id"] == one
    for taken in ("lee-thesis", before[LEES[0][0]].upper(), "a b", "a{b"):
        ran = three("note", two, "read twice", "--key", taken)
        assert ran.status == 2 and ran.err
    assert three("show", two, "--json").json["note"] is None
    assert three("undo").status == 0 and keys(three) == before


def test_a_pattern_of_the_config_holds_for_new_papers(paperctl: Paperctl, tmp_path: Path) -> None:
    paperctl("load", dump(tmp_path / "a.jsonl", lee(0)))
    (tmp_path / "paperctl.yaml").write_text("citekey: {pattern: '{Author}-{year}'}\n")
    paperctl("load", dump(tmp_path / "b.jsonl", lee(1)))
    assert keys(paperctl) == {LEES[0][0]: "lee2020widgets", LEES[1][0]: "Lee-2020"}
    (tmp_path / "paperctl.yaml").write_text("citekey: {pattern: '{autor}'}\n")
    ran = paperctl("list")
    assert ran.status == 2 and "{author}" in ran.err
