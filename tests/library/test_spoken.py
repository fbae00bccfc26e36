"""Our own exports and files of decisions, loaded: decisions and notes are taken, and the numbers of the
review stay what they were."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

PAPERS = """\
TY  - JOUR
ID  - 1
TI  - Rounding weights to four bits in language models
AU  - Moreau, Dana
PY  - 2021
DO  - 10.1000/a1
AB  - We quantize the weights of language models to four bits.
ER  -

TY  - JOUR
ID  - 2
TI  - Rain and yield of wheat in dry seasons
AU  - Okafor, Chidi
PY  - 2019
JO  - Letters on Harvests
AB  - Soil moisture explains the harvest better than rainfall.
ER  -

TY  - JOUR
ID  - 3
TI  - Bees and fields with flowers at the margin
AU  - Lindqvist, Eva
PY  - 2018
JO  - Letters on Harvests
AB  - Field margins with flowers hold more wild bees.
ER  -
"""


@pytest.fixture
def review(paperctl: Run, tmp_path: Path) -> dict[str, str]:
    """A store of three papers without decisions; title's first word → id."""
    (tmp_path / "search.ris").write_text(PAPERS, encoding="utf-8")
    paperctl("load", tmp_path / "search.ris")
    return {r["title"].split()[0]: r["id"] for r in papers(paperctl)}


def papers(paperctl: Run) -> list[dict[str, Any]]:
    return [json.loads(line) for line in paperctl("list", "--jsonl").out.splitlines()]


def said(paperctl: Run) -> dict[str, tuple[str | None, str | None]]:
    return {r["title"].split()[0]: (r["decision"], r["note"]) for r in papers(paperctl)}


def funnel(paperctl: Run) -> dict[str, int]:
    found: dict[str, int] = json.loads(paperctl("stats", "--json").out)["funnel"]
    return found


@pytest.mark.parametrize(
    ("format", "carries"),
    [
        *((name, "note") for name in ("jsonl", "json", "csv", "asreview", "rayyan", "covidence")),
        *((name, "note") for name in ("ris", "bibtex", "csl-json")),
        ("markdown", "decision"),
        ("markdown-table", ""),
    ],
)
def test_our_own_export_brings_decisions_back_and_counts_no_search(
    paperctl: Run, review: dict[str, str], tmp_path: Path, format: str, carries: str
) -> None:
    paperctl("mark", "keep", review["Rounding"], "--note", "good one")
    paperctl("mark", "skip", review["Rain"], "--note", "wrong population")
    export = tmp_path / f"mine.{format}"
    export.write_text(paperctl("export", "-f", format).out, encoding="utf-8")
    before = funnel(paperctl)
    again = json.loads(paperctl("load", export, "--json").out)
    assert (again["read"], again["unchanged"], again["merged"], again["new"]) == (3, 3, 0, 0)
    assert funnel(paperctl) == before
    paperctl("undo")
    paperctl("undo")
    assert said(paperctl)["Rounding"] == (None, None)
    paperctl("load", export)
    keep = {"note": ("keep", "good one"), "decision": ("keep", None), "": (None, None)}[carries]
    skip = {"note": ("skip", "wrong population"), "decision": ("skip", None), "": (None, None)}[carries]
    assert said(paperctl) == {"Rounding": keep, "Rain": skip, "Bees": (None, None)}
    assert funnel(paperctl)["identified"] == 3
    assert all(len(r["sources"]) == 1 and "paperctl_id" not in r["extra"] for r in papers(paperctl))
    if carries:
        paperctl("undo")
        assert said(paperctl)["Rounding"] == (None, None)


def test_a_ticked_list_is_a_decision(paperctl: Run, review: dict[str, str], tmp_path: Path) -> None:
    listed = tmp_path / "list.md"
    paperctl("export", "-f", "markdown", "-o", listed)
    text = listed.read_text(encoding="utf-8")
    listed.write_text(re.sub(r"- \[ \](?=.*Bees)", "- [x]", text), encoding="utf-8")
    paperctl("load", listed)
    assert said(paperctl) == {"Rounding": (None, None), "Rain": (None, None), "Bees": ("keep", None)}
    assert funnel(paperctl)["identified"] == 3


def colleague(path: Path, *rows: tuple[str, str]) -> Path:
    """What Rayyan exports: its own keys, decisions and notes in one column."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("key", "title", "authors", "year", "journal", "notes"))
        known = {"Rain": ("Okafor, Chidi", 2019), "Bees": ("Lindqvist, Eva", 2018)}
        for n, (title, notes) in enumerate(rows):
            who, year = known.get(title.split()[0], ("Novak, Jan", 2020))
            writer.writerow((f"rayyan-{n}", title, who, year, "Letters on Harvests", notes))
    return path


RAIN, BEES = "Rain and yield of wheat in dry seasons", "Bees and fields with flowers at the margin"


def test_a_colleague_s_file_adds_what_is_new_and_no_source_to_what_is_known(
    paperctl: Run, review: dict[str, str], tmp_path: Path
) -> None:
    file = colleague(
        tmp_path / "bob.csv",
        (RAIN, 'RAYYAN-INCLUSION: {"Bob"=>"Excluded"} | USER-NOTES: {"Bob"=>["wrong population"]}'),
        (BEES, ""),
        ("Frost in orchards of the north", 'RAYYAN-INCLUSION: {"Bob"=>"Included"}'),
    )
    receipt = json.loads(paperctl("load", file, "--json").out)
    assert (receipt["new"], receipt["unchanged"], receipt["merged"]) == (1, 2, 0)
    assert receipt["files"][0]["decisions"] == 2  # on Rain, and on Frost, which is new
    assert said(paperctl)["Rain"] == ("skip", "wrong population")
    assert said(paperctl)["Bees"] == (None, None)
    assert funnel(paperctl)["identified"] == 4
    again = json.loads(paperctl("load", file, "--json").out)
    assert (again["new"], again["unchanged"]) == (0, 3)
    assert funnel(paperctl)["identified"] == 4


def test_another_s_decision_never_meets_our_note_nor_ours_theirs(
    paperctl: Run, review: dict[str, str], tmp_path: Path
) -> None:
    paperctl("mark", "keep", review["Rain"])
    file = colleague(
        tmp_path / "bob.csv",
        (RAIN, 'RAYYAN-INCLUSION: {"Bob"=>"Excluded"} | USER-NOTES: {"Bob"=>["wrong population"]}'),
    )
    ran = paperctl("load", file)
    assert said(paperctl)["Rain"] == ("maybe", "Bob: wrong population")
    assert review["Rain"] in ran.err and "1 conflict" in ran.err
    assert paperctl("list", "decision:conflict", "--ids").out.split() == [review["Rain"]]


def test_a_search_without_decisions_is_a_source(
    paperctl: Run, review: dict[str, str], tmp_path: Path
) -> None:
    file = colleague(tmp_path / "other.csv", (RAIN, ""), (BEES, ""))
    paperctl("load", file)
    assert funnel(paperctl)["identified"] == 5


def test_an_export_in_an_empty_store_is_a_dump_like_any_other(
    paperctl: Run, review: dict[str, str], tmp_path: Path
) -> None:
    export = tmp_path / "mine.csv"
    export.write_text(paperctl("export", "-f", "asreview").out, encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    paperctl("--store", elsewhere, "load", export)
    found = paperctl("--store", elsewhere, "list", "--jsonl").out.splitlines()
    assert len(found) == 3
    assert all("paperctl_id" not in json.loads(line)["extra"] for line in found)


@pytest.mark.parametrize("format", ["jsonl", "csv", "rayyan", "covidence", "asreview"])
def test_reasons_go_out_and_come_back(
    paperctl: Run, review: dict[str, str], tmp_path: Path, format: str
) -> None:
    paperctl("mark", "skip", review["Rain"], "--reason", "wrong  population", "--stage", "fulltext")
    export = tmp_path / f"mine.{format}"
    export.write_text(paperctl("export", "-f", format).out, encoding="utf-8")
    paperctl("undo")
    assert not paperctl("list", "--ids", "reason:population").out
    paperctl("load", export)
    assert paperctl("list", "--ids", 'reason:"wrong population"').out.split() == [review["Rain"]]
    assert json.loads(paperctl("stats", "--json").out)["reasons"] == {"wrong population": 1}


def test_a_reason_goes_with_its_decision(paperctl: Run, review: dict[str, str]) -> None:
    def reason() -> Any:
        return json.loads(paperctl("show", "--json", review["Rain"]).out).get("reason")

    paperctl("mark", "skip", review["Rain"], "--reason", "wrong population")
    paperctl("mark", "skip", review["Rain"])
    assert reason() == "wrong population"
    paperctl("mark", "keep", review["Rain"])
    assert reason() is None
    paperctl("mark", "skip", review["Rain"])
    assert reason() is None
    paperctl("mark", "skip", review["Rain"], "--reason", "wrong population")
    assert reason() == "wrong population"
    paperctl("undo", "2")
    assert reason() is None


def test_the_flow_counts_stages_and_reasons(paperctl: Run, review: dict[str, str]) -> None:
    paperctl("mark", "skip", review["Rain"], "--reason", "wrong population")
    paperctl("mark", "keep", review["Bees"], review["Rounding"])
    drawn = paperctl("export", "-f", "prisma").out
    assert "Papers excluded (n = 1)<br/>wrong population (n = 1)" in drawn
    assert "Papers included (n = 2)" in drawn
    paperctl("mark", "skip", review["Bees"], "--stage", "fulltext", "--reason", "no control group")
    drawn = paperctl("export", "-f", "prisma").out
    assert "Papers excluded (n = 1)<br/>wrong population (n = 1)" in drawn
    assert "Full texts assessed (n = 1)" in drawn
    assert "Full texts excluded (n = 1)<br/>no control group (n = 1)" in drawn
    assert "Full texts not yet assessed (n = 1)" in drawn
    assert "Papers included (n = 0)" in drawn


def test_decisions_only_adds_no_paper_and_no_source(
    paperctl: Run, review: dict[str, str], tmp_path: Path
) -> None:
    file = colleague(
        tmp_path / "bob.csv",
        (RAIN, 'RAYYAN-INCLUSION: {"Bob"=>"Excluded"}'),
        (BEES, ""),
        ("Frost in orchards of the north", 'RAYYAN-INCLUSION: {"Bob"=>"Included"}'),
    )
    before = papers(paperctl)
    receipt = json.loads(paperctl("load", "--decisions-only", file, "--json").out)
    assert (receipt["read"], receipt["new"], receipt["merged"], receipt["unchanged"]) == (3, 0, 0, 2)
    assert [s["reason"] for s in receipt["files"][0]["skipped"] if s["lines"] == [4, 4]]
    assert said(paperctl) == {"Rounding": (None, None), "Rain": ("skip", None), "Bees": (None, None)}
    assert [r["sources"] for r in papers(paperctl)] == [r["sources"] for r in before]


def test_plain_columns_of_a_file_of_decisions_are_taken(
    paperctl: Run, review: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "own.csv").write_text(
        f'Title,Decision,Note,Labels,Reason\n{RAIN},skip,"dull, I think",harvest; to check,no model\n'
        f"{BEES},,for later,,\n"
    )
    guess = paperctl("load", "-n", "--decisions-only", tmp_path / "own.csv")
    assert "2 with decisions or notes that would be taken" in guess.err
    assert said(paperctl)["Rain"] == (None, None)
    assert paperctl("load", "--decisions-only", tmp_path / "own.csv").status == 0
    assert said(paperctl)["Rain"] == ("skip", "dull, I think")
    assert said(paperctl)["Bees"] == (None, "for later")
    (rain,) = (record for record in papers(paperctl) if record["title"] == RAIN)
    assert (rain["labels"], rain["reason"]) == (["harvest", "to check"], "no model")


@pytest.mark.parametrize("name", ["jsonl", "csv", "bibtex", "csl-json"])
def test_corrections_of_topics_travel_with_an_export(
    paperctl: Run, review: dict[str, str], tmp_path: Path, name: str
) -> None:
    paperctl("tag", "add", "peft", "--", review["Rain"])
    paperctl("tag", "remove", "quantization", "--", review["Rounding"])
    topics = {record["title"]: record["topics"] for record in papers(paperctl)}
    assert "peft" in topics[RAIN]
    paperctl("export", "-f", name, "-o", tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / "out.txt")
    other = ("--store", tmp_path / "other")
    assert paperctl(*other, "load", tmp_path / "out.txt").status == 0
    assert {r["title"]: r["topics"] for r in papers(lambda *args: paperctl(*other, *args))} == topics
    paperctl(*other, "tag")
    assert {r["title"]: r["topics"] for r in papers(lambda *args: paperctl(*other, *args))} == topics
    # What was said here stands, also against the file.
    paperctl(*other, "tag", "remove", "peft", "--", review["Rain"])
    assert paperctl(*other, "load", tmp_path / "out.txt").status == 0
    assert paperctl(*other, "list", "topic:peft", "--ids").out == ""
    assert paperctl(*other, "check").status == 0


def test_sources_are_counted_by_what_they_come_from(
    paperctl: Run, review: dict[str, str], tmp_path: Path
) -> None:
    register = colleague(tmp_path / "trials.csv", (RAIN, ""))
    letters = colleague(tmp_path / "letters.csv", (BEES, ""), ("Frost in orchards of the north", ""))
    paperctl("load", register, "--source-type", "register")
    paperctl("load", letters, "--source-type", "other")
    found = json.loads(paperctl("stats", "--json").out)
    assert found["source_types"] == {"database": 3, "other": 2, "register": 1}
    assert found["papers_by_other_methods"] == 1
    drawn = paperctl("export", "-f", "prisma").out
    assert "databases and registers (n = 4)" in drawn
    assert "registers (n = 1)" in drawn
    assert "by other methods (n = 2)" in drawn
    assert paperctl("load", letters, "--source-type", "friends").status == 2
