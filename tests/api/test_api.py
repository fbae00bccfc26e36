"""`import paperctl as pc`: rows made whole or refused, and the same answers as the commands."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pyarrow import parquet as pq

import paperctl as pc
from paperctl.errors import DumpError, UsageError
from paperctl.exports import Request, export
from paperctl.record import as_record
from tests.conftest import Paperctl

ROW = {"title": "Sparse Adapters for Parsing", "authors": ["Ann Bee", "Bob Cue"], "year": 2023}
FULL: dict[str, Any] = {**pc.records([ROW])[0]}


def test_the_function_stays_a_function_whatever_was_imported() -> None:
    import paperctl.deduplicate  # noqa: F401

    assert callable(pc.dedupe) and pc.dedupe([ROW, ROW]).clusters == [[0, 1]]


@pytest.mark.parametrize(
    ("authors", "whole"),
    [
        (["Ann Bee", "Bob Cue"], ["Ann Bee", "Bob Cue"]),
        (("Ann Bee",), ["Ann Bee"]),
        ("Bee, Ann and Cue, Bob", ["Ann Bee", "Bob Cue"]),
        ("Ann Bee; Bob Cue", ["Ann Bee", "Bob Cue"]),
        (float("nan"), []),
        (None, []),
        ("", []),
    ],
)
def test_authors_of_every_shape_are_made_whole(authors: Any, whole: list[str]) -> None:
    (paper,) = pc.records([{**ROW, "authors": authors}])
    assert paper["authors"] == whole


def test_a_data_frame_is_as_good_as_its_rows() -> None:
    rows: list[dict[str, Any]] = [
        ROW,
        {"title": "Whales of the North Sea", "authors": "Di Dee", "year": None},
    ]
    frame = pd.DataFrame(rows)
    found = pc.records(frame)
    assert [paper["year"] for paper in found] == [2023, None]
    assert [paper["id"] for paper in found] == [paper["id"] for paper in pc.records(rows)]
    assert pc.dedupe(pd.concat([frame, frame])).clusters == [[0, 2], [1, 3]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ROW, "a title"], "row 1"),
        ([ROW, {"year": 2020}], "row 1"),
        ([{**ROW, "authors": 7}], "authors"),
        ([{**ROW, "title": ["a"]}], "title"),
        ([{**ROW, "authors": ["Ann Bee", 7]}], "row 0: an author"),
        ([{**ROW, "extra": "volume 7"}], "a mapping of names to values"),
        ([{**ROW, "extra": "[7]"}], "a mapping of names to values"),
        ([{**FULL, "extra": "volume 7"}], "a mapping of names to values"),
        (ROW, "list"),
        ("papers.bib", "read"),
        (None, "NoneType"),
        (3, "int"),
    ],
)
def test_what_cannot_be_a_paper_is_refused_with_its_row(rows: Any, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        pc.records(rows)
    assert said in caught.value.message + str(caught.value.hint)


def test_comparing_papers_whose_authors_are_text() -> None:
    other = {**ROW, "authors": "Bee, Ann and Cue, Bob"}
    assert pc.compare(ROW, other) == pc.compare(ROW, {**ROW})
    assert pc.compare(ROW, other).kind == "duplicate"
    assert set(pc.keys(ROW)) & set(pc.keys(other))


def test_a_record_whose_authors_were_made_text_is_mended() -> None:
    (paper,) = pc.records([ROW])
    assert pc.compare({**paper, "authors": "Ann Bee"}, {**paper, "authors": ["Ann Bee"]}).kind == "duplicate"


def test_a_record_with_its_authors_in_one_text_or_without_some_field_is_made_whole() -> None:
    (paper,) = pc.records([ROW])
    (text,) = pc.records([{**paper, "authors": "Bee, Ann and Cue, Bob"}])
    assert text["authors"] == ["Ann Bee", "Bob Cue"]
    less = {name: value for name, value in paper.items() if name not in ("keywords", "versions", "note")}
    assert pc.records([less]) == [paper]
    assert len(pc.dedupe([less, paper]).merged()) == 1


@pytest.mark.parametrize("row", [ROW, FULL])
@pytest.mark.parametrize("extra", ['{"volume": "7"}', [("volume", "7")], {"volume": "7"}])
def test_extra_may_be_a_mapping_its_json_or_its_pairs(row: dict[str, Any], extra: object) -> None:
    (paper,) = pc.records([{**row, "extra": extra}])
    assert paper["extra"] == {"volume": "7"}


def test_a_parquet_export_is_taken_back_whole() -> None:
    (paper,) = pc.records([{**ROW, "volume": 7}])
    paper["topic_scores"] = {"parsing": 0.5}
    given: dict[str, Any] = {**paper, "mine": {"shelf": 3}}
    file = io.BytesIO(b"".join(export("parquet").pack([as_record(given)], Request())))
    (back,) = pc.records(pq.read_table(file).to_pylist())
    assert {**back, **given} == back


@pytest.mark.parametrize(("query", "limit"), [(None, None), (7, None), ("parsing", -1)])
def test_what_is_no_query_or_no_limit_is_refused(query: Any, limit: int | None) -> None:
    with pytest.raises(UsageError):
        pc.search([ROW], query, limit=limit)


def test_a_file_is_no_library(tmp_path: Path) -> None:
    file = tmp_path / "papers.bib"
    file.write_text("@misc{a, title={A}}")
    with pytest.raises(UsageError):
        pc.Library(file)


def test_papers_given_are_not_changed() -> None:
    papers = pc.records([ROW, {**ROW, "abstract": "We parse."}])
    before = json.dumps(papers)
    pc.dedupe(papers).merged()
    pc.tag(papers)
    assert json.dumps(papers) == before


def test_merging_takes_papers_of_two_stores_with_the_same_id() -> None:
    a, b = pc.records([ROW]), pc.records([{**ROW, "doi": "10.1000/182"}])
    assert a[0]["id"] == b[0]["id"]
    ids = [paper["id"] for paper in pc.records([*a, *b])]
    assert ids[0] == a[0]["id"] != ids[1]
    (merged,) = pc.dedupe([*a, *b]).merged()
    assert merged["doi"] == "10.1000/182" and len(merged["sources"]) == 2


def test_the_commands_and_the_api_agree(loaded: Paperctl, examples: Path, tmp_path: Path) -> None:
    dumps = sorted(p for p in examples.iterdir() if p.suffix in (".txt", ".jsonl", ".bib"))
    library = pc.Library(tmp_path / "mine")
    receipt = library.load(*dumps)
    assert receipt["new"] == len(library) == len(loaded("list", "--ids").out.split())
    for query in ("topic:peft", "adaptation year:2020..", "no:topic"):
        assert [p["id"] for p in library.papers(query)] == loaded("list", query, "--ids").out.split()
        assert [p["id"] for p in library.search(query)] == loaded("search", query, "--ids").out.split()
    assert library.export("bibtex", "topic:peft") == loaded("export", "topic:peft", "-f", "bibtex").out
    assert library.stats()["topics"] == loaded("stats", "--json").json["topics"]
    read = pc.read(*dumps)
    assert len(read) == receipt["read"]
    assert len(pc.dedupe(read).merged()) == receipt["new"]


def test_what_the_library_changes_can_be_undone(examples: Path, tmp_path: Path) -> None:
    library = pc.Library(tmp_path / "mine")
    library.load(examples / "library.bib")
    paper = library.papers()[0]["id"]
    library.mark("keep", paper, note="good")
    assert library.show(paper)["decision"] == "keep"
    undone = library.undo()
    assert undone is not None and library.show(paper)["decision"] is None
    with pytest.raises(UsageError):
        library.mark("keep", "no such paper")
    with pytest.raises(UsageError):
        library.mark("perhaps", paper)


def test_every_other_change_of_a_library(examples: Path, tmp_path: Path) -> None:
    library = pc.Library(tmp_path / "mine")
    library.load(*examples.glob("*.txt"), examples / "arxiv.jsonl", examples / "library.bib")
    paper = library.papers()[0]["id"]
    library.label(paper, add=["to discuss"])
    library.correct(paper, add=["quantization"], remove=["peft"])
    found = library.show(paper)
    assert found["labels"] == ["to discuss"]
    assert "quantization" in found["topics"] and "peft" not in found["topics"]
    library.undo()
    assert library.redo() is not None and "quantization" in library.show(paper)["topics"]
    merged = next(record for record in library.papers() if len(record["sources"]) > 1)
    assert len(library.split(merged["id"])) == len(merged["sources"])
    assert library.remove(paper) == [paper] and paper not in {record["id"] for record in library.papers()}
    with pytest.raises(UsageError):
        library.correct(paper, add=["no such topic"])


def test_what_is_no_topic_is_refused() -> None:
    with pytest.raises(UsageError):
        pc.tag([ROW], ["peft"])  # type: ignore[arg-type]


def test_the_module_shows_its_functions_and_no_more() -> None:
    assert {*dir(pc)} == {*pc.__all__, "__version__"}


def test_a_dump_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DumpError) as caught:
        pc.read(tmp_path / "missing.bib")
    assert caught.value.message.count("missing.bib") == 1
    with pytest.raises(UsageError):
        pc.export([ROW], "pdf")


def test_half_a_character_in_a_note_is_replaced(loaded: Paperctl, tmp_path: Path) -> None:
    library = pc.Library(tmp_path / "store")
    paper = library.papers()[0]["id"]
    assert library.note(paper, "a\ud800b") == "a?b"
    library.mark("skip", paper, note="c\ud800", reason="d\ud800")
    assert [library.show(paper)[name] for name in ("note", "reason")] == ["c?", "d?"]


def test_a_reviewer_goes_by_one_name(tmp_path: Path) -> None:
    for name in ("Ann, Bob", "Ann;Bob", "Ann\x1b[31m"):
        with pytest.raises(UsageError):
            pc.Library(tmp_path / "store", reviewer=name)
