"""Folders that hold stores, and paths that name nothing."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import EXAMPLES, Paperctl


def test_a_store_in_a_folder_of_dumps_is_left_alone(paperctl: Paperctl, tmp_path: Path) -> None:
    dumps, store = tmp_path / "dumps", tmp_path / "dumps" / "store"
    dumps.mkdir()
    (dumps / "library.bib").write_bytes((EXAMPLES / "library.bib").read_bytes())
    assert paperctl("--store", store, "load", dumps / "library.bib").status == 0
    first = paperctl("--store", store, "list", "--ids").out.split()[0]
    paperctl("--store", store, "tag", "add", "peft", "--", first)
    again = paperctl("--store", store, "load", "--json", dumps)
    assert again.status == 0
    assert [(file["file"], file["unchanged"]) for file in again.json["files"]] == [("dumps/library.bib", 4)]


def test_of_a_store_that_is_named_the_papers_are_read(loaded: Paperctl, tmp_path: Path) -> None:
    count = len(loaded("list", "--ids").out.split())
    ran = loaded("--store", tmp_path / "other", "load", "--json", tmp_path / "store")
    assert (ran.status, ran.json["new"], len(ran.json["files"])) == (0, count, 1)


def test_an_empty_path_is_no_folder(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "here.bib").write_bytes((EXAMPLES / "library.bib").read_bytes())
    assert paperctl("load", "").status in (1, 2)
    assert paperctl("list", "--ids").out == ""


def test_a_field_called_decision_is_none_after_a_round_trip(paperctl: Paperctl, tmp_path: Path) -> None:
    theirs = '{"title": "Widgets by Night", "doi": "10.1000/w", "decision": "keep"}\n'
    (tmp_path / "theirs.jsonl").write_text(theirs)
    paperctl("load", tmp_path / "theirs.jsonl")
    (tmp_path / "ours.jsonl").write_text(paperctl("export", "-f", "jsonl").out)
    other = tmp_path / "other"
    paperctl("--store", other, "load", tmp_path / "ours.jsonl")
    [paper] = paperctl("--store", other, "list", "--jsonl").records
    assert paper["decision"] is None
