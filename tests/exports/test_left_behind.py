"""What an export drops is said on one line, and only if something was dropped; a .bib holds what is its."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Paperctl

NBIB = "PMID- 7\nTI  - Widgets of Steel\nOWN - NLM\nLID - 10.1000/w\nDP  - 2020 Apr 3\nVI  - 4\nPL  - Bonn\n"
ODD = 'title,year,volume,issue,doi\nWidgets of Steel,2020,"x\nER  - \nTY  - JOUR\nTI  - injected",,\n'


@pytest.fixture
def pubmed(paperctl: Paperctl, tmp_path: Path) -> Paperctl:
    (tmp_path / "a.nbib").write_text(NBIB)
    assert paperctl("load", tmp_path / "a.nbib").status == 0
    return paperctl


def test_a_bib_holds_no_columns_of_other_dumps_unless_they_are_asked_for(pubmed: Paperctl) -> None:
    ran = pubmed("export", "-f", "bibtex")
    assert "volume = {4}" in ran.out and "month = apr" in ran.out and "date = {2020-04-03}" in ran.out
    assert "own =" not in ran.out and "lid =" not in ran.out
    assert "bibtex has no place for" in ran.err and "extra.OWN" in ran.err and "address = {Bonn}" in ran.out
    asked = pubmed("export", "-f", "bibtex", "--fields", "title,extra.OWN")
    assert asked.out.split("\n")[1:3] == ["  title = {Widgets of Steel},", "  own = {NLM},"] and not asked.err


def test_what_a_format_has_a_place_for_is_not_spoken_of(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "Widgets of Steel", "year": 2020}) + "\n")
    paperctl("load", tmp_path / "a.jsonl")
    formats = ("bibtex", "ris", "csl-json", "rayyan", "covidence", "asreview", "csv", "markdown", "html")
    assert [paperctl("export", "-f", name).err for name in formats] == [""] * len(formats)
    paper = paperctl("list", "--ids").out.strip()
    paperctl("mark", "skip", paper, "--reason", "too short", "--stage", "fulltext")
    assert "rayyan has no place for stage;" in paperctl("export", "-f", "rayyan").err
    assert "markdown has no place for stage, reason;" in paperctl("export", "-f", "markdown").err
    assert "rayyan has no place for stage;" in paperctl("list", "-f", "rayyan").err
    assert paperctl("list", "-f", "rayyan", "--fields", "title").err == ""
    assert paperctl("export", "-f", "bibtex").err == "" == paperctl("-q", "export", "-f", "rayyan").err


def test_a_record_of_one_paper_alone_is_read_as_that_paper(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "Widgets of Steel"}) + "\n")
    paperctl("load", tmp_path / "a.jsonl")
    (tmp_path / "out.jsonl").write_text(paperctl("export", "-f", "jsonl").out)
    paperctl("--store", tmp_path / "other", "load", tmp_path / "out.jsonl")
    (paper,) = paperctl("--store", tmp_path / "other", "list", "--jsonl").records
    assert (paper["title"], paper["extra"]) == ("Widgets of Steel", {})


def test_a_cell_that_looks_like_another_format_stays_a_cell(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ODD)
    paperctl("load", tmp_path / "a.csv")
    assert [p["title"] for p in paperctl("list", "--jsonl").records] == ["Widgets of Steel"]
