"""Decisions, reasons, labels and notes that other tools wrote, loaded into an empty store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Paperctl

RAYYAN = (
    'key,title,notes\nrayyan-1,Widgets of Steel,"RAYYAN-INCLUSION: {""Ann""=>""Excluded""} | '
    "RAYYAN-LABELS: methods,to read | RAYYAN-EXCLUSION-REASONS: wrong population | "
    'USER-NOTES: {""Ann""=>[""Dull""]}"\n'
)
COVIDENCE = (
    "Title,Covidence #,Status,Exclusion reason,Tags,Notes\n"
    "Widgets of Steel,#17,Excluded,wrong population,methods; to read,Dull\n"
)
ASREVIEW = "title,included,asreview_label,asreview_note\nWidgets of Steel,0,0,Dull\n"
BIBTEX = "@article{a, title={Widgets of Steel}, annote={Dull}}\n"
ENDNOTE = """<xml><records><record><rec-number>1</rec-number><ref-type name="Journal Article">17</ref-type>
<titles><title>Widgets of Steel</title></titles><research-notes>Dull</research-notes></record></records></xml>
"""
ASREVIEW_RIS = "TY  - JOUR\nTI  - Widgets of Steel\nN1  - ASReview_irrelevant\nER  - \n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("rayyan.csv", RAYYAN, ("skip", "wrong population", ["methods", "to read"], "Dull")),
        ("covidence.csv", COVIDENCE, ("skip", "wrong population", [], "Dull")),
        ("asreview.csv", ASREVIEW, ("skip", None, [], "Dull")),
        ("asreview.ris", ASREVIEW_RIS, ("skip", None, [], None)),
        ("library.bib", BIBTEX, (None, None, [], "Dull")),
        ("endnote.xml", ENDNOTE, (None, None, [], "Dull")),
    ],
)
def test_what_another_tool_wrote_is_taken(
    paperctl: Paperctl, tmp_path: Path, name: str, text: str, said: tuple[object, ...]
) -> None:
    (tmp_path / name).write_text(text)
    ran = paperctl("load", tmp_path / name, "--json")
    assert (ran.status, ran.json["files"][0]["decisions"]) == (0, 1)
    (paper,) = paperctl("list", "--jsonl").records
    found = (paper["decision"], paper.get("reason"), paper.get("labels") or [], paper["note"])
    assert found == said


def test_who_decided_is_taken_along_and_undone_with_the_load(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "rayyan.csv").write_text(RAYYAN)
    paperctl("load", tmp_path / "rayyan.csv")
    (paper,) = paperctl("list", "--jsonl").records
    assert (paper["decision"], paper["decided_by"], paper["reason"]) == ("skip", ["Ann"], "wrong population")
    out = paperctl("export", "-f", "ris").out
    paperctl("undo")
    assert paperctl("list", "--ids").out == ""
    paperctl("load", "-", stdin=out)
    (again,) = paperctl("list", "--jsonl").records
    assert again["decided_by"] == ["Ann"] and again["note"] == paper["note"]


def test_the_votes_of_two_files_of_one_load_stand_together(paperctl: Paperctl, tmp_path: Path) -> None:
    ann = RAYYAN.replace("title,", "title,authors,year,").replace("Steel,", "Steel,Ada Winter,2020,")
    (tmp_path / "ann.csv").write_text(ann)
    (tmp_path / "bob.csv").write_text(ann.replace("Ann", "Bob").replace("Excluded", "Included"))
    paperctl("load", tmp_path / "ann.csv", tmp_path / "bob.csv")
    (paper,) = paperctl("list", "--jsonl").records
    assert (paper["votes"], paper["decision"]) == ({"Ann": "skip", "Bob": "keep"}, "maybe")
    assert paper["reason"] == "wrong population" and paperctl("list", "decision:conflict", "--ids").out


def test_columns_of_other_dumps_are_no_decisions(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "title,included,status,decision\nWidgets of Steel,1,Accept,Accept (Oral)\n"
    )
    paperctl("load", tmp_path / "a.csv")
    (paper,) = paperctl("list", "--jsonl").records
    assert paper["decision"] is None and paper["extra"]["included"] == "1"
