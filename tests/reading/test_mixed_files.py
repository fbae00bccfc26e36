"""Files put together of several formats, and rows and records that are damaged without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Paperctl

BIB = "@article{k1,\n  title = {Gears in Motion},\n  author = {Doe, Jane},\n  year = {2020}\n}\n"
RIS = "TY  - JOUR\nTI  - Pumps at Rest\nAU  - Doe, Jane\nPY  - 2019\nER  - \n"
NBIB = "PMID- 1\nTI  - Cells in Rooms.\nAU  - Doe J\nDP  - 2018\n"
WOS = (
    "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\nTI Rivers and Lakes\nPY 2017\nER\n\nEF\n"
)
REFER = "%0 Journal Article\n%T Locks and Keys\n%A Jane Doe\n%D 2016\n"
CSV = 'title,authors,year\n"Doors, and What They Open","Doe, Jane",2015\nWindows and Walls,"Doe, Jane",2014\n'
TITLES = {
    "BIB": ["Gears in Motion"],
    "RIS": ["Pumps at Rest"],
    "NBIB": ["Cells in Rooms"],
    "WOS": ["Rivers and Lakes"],
    "REFER": ["Locks and Keys"],
    "CSV": ["Doors, and What They Open", "Windows and Walls"],
}
DUMPS = {"BIB": BIB, "RIS": RIS, "NBIB": NBIB, "WOS": WOS, "REFER": REFER, "CSV": CSV}


def load(paperctl: Paperctl, path: Path, text: str) -> tuple[int, dict[str, Any], list[str]]:
    path.write_text(text)
    ran = paperctl("load", path, "--json", "--no-dedupe", "--no-tag")
    return ran.status, ran.json["files"][0], [p["title"] for p in paperctl("list", "--jsonl").records]


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
@pytest.mark.parametrize("second", DUMPS)
@pytest.mark.parametrize("first", DUMPS)
def test_one_export_behind_another(
    paperctl: Paperctl, tmp_path: Path, first: str, second: str, between: str
) -> None:
    if first == second or (not between and first in {"NBIB", "REFER"}):
        pytest.skip("nothing between them tells where the first ends")
    status, file, titles = load(paperctl, tmp_path / "x.txt", DUMPS[first] + between + DUMPS[second])
    assert (status, sorted(titles)) == (0, sorted(TITLES[first] + TITLES[second]))
    assert file["format"].count("+") == 1 and not file["errors"]


def test_the_parts_keep_their_lines_and_formats(paperctl: Paperctl, tmp_path: Path) -> None:
    load(paperctl, tmp_path / "x.txt", f"{RIS}\n{BIB}\n{RIS.replace('Pumps', 'Valves')}")
    found = {p["title"]: p["sources"][0] for p in paperctl("list", "--jsonl").records}
    assert {title: (s["format"], s["lines"]) for title, s in found.items()} == {
        "Pumps at Rest": ("ris", [1, 5]),
        "Gears in Motion": ("bibtex", [7, 11]),
        "Valves at Rest": ("ris", [13, 17]),
    }
    assert len({s["sha256"] for s in found.values()}) == 1


TABLE = "Authors;Title;Publication Year;DOI\nRoe, R.;Rooms and Halls;2013;10.1000/h\n"
LINES = '{"title": "Roofs and Floors"}\n'


@pytest.mark.parametrize(
    ("parts", "titles"),
    [
        ((CSV, TABLE), [*TITLES["CSV"], "Rooms and Halls"]),
        ((TABLE, CSV), [*TITLES["CSV"], "Rooms and Halls"]),
        ((LINES, BIB), ["Gears in Motion", "Roofs and Floors"]),
        ((BIB, LINES), ["Gears in Motion", "Roofs and Floors"]),
    ],
)
def test_tables_parted_otherwise_and_lines_of_json(
    paperctl: Paperctl, tmp_path: Path, parts: tuple[str, str], titles: list[str]
) -> None:
    status, file, found = load(paperctl, tmp_path / "x.txt", "".join(parts))
    assert (status, sorted(found), file["errors"]) == (0, sorted(titles), [])


def test_the_second_header_of_a_table(paperctl: Paperctl, tmp_path: Path) -> None:
    text = 'title,year\nPumps at Rest,2020\nTitle,Authors,Publication Year\nGears in Motion,"Doe, J.",2022\n'
    status, file, titles = load(paperctl, tmp_path / "x.csv", text)
    assert (status, sorted(titles)) == (0, ["Gears in Motion", "Pumps at Rest"])
    assert [skip["lines"] for skip in file["skipped"]] == [[1, 1], [3, 3]]


ROWS = {
    "a cell too many": ("Pumps, and Valves,An abstract,2021", "errors", 1),
    "a cell too many behind a row that fits": ("Pumps,An abstract,2021,more", "warnings", 2),
    "a cell too few": ("Pumps at Rest,An abstract", "warnings", 2),
    "nothing but a title": ("Pumps at Rest", "warnings", 2),
}


@pytest.mark.parametrize("kind", ROWS)
def test_ragged_rows_are_named(paperctl: Paperctl, tmp_path: Path, kind: str) -> None:
    row, told, read = ROWS[kind]
    text = f"title,abstract,year\nGears in Motion,An abstract,2020\n{row}\n"
    status, file, _ = load(paperctl, tmp_path / "x.csv", text)
    assert file["read"] == read and status == (3 if told == "errors" else 0)
    assert [(p["line"], p["lines"]) for p in file[told]] == [(3, [3, 3])]


def test_blanks_between_commas_and_quotes(paperctl: Paperctl, tmp_path: Path) -> None:
    text = '"Title", "Authors", "Year"\n"Doors, and what they open", "Ann Lee, Bo Chu", "2012"\n'
    load(paperctl, tmp_path / "x.csv", text)
    (paper,) = paperctl("list", "--jsonl").records
    assert (paper["title"], paper["authors"], paper["year"]) == (
        "Doors, and what they open",
        ["Ann Lee", "Bo Chu"],
        2012,
    )


def test_a_last_record_that_is_cut_off(paperctl: Paperctl, tmp_path: Path) -> None:
    status, file, _ = load(paperctl, tmp_path / "x.ris", RIS + "TY  - JOUR\nTI  - Valves and Gea")
    assert (status, file["read"]) == (0, 2)
    assert [problem["lines"] for problem in file["warnings"]] == [[6, 7]]


def test_what_papers_refer_to_is_no_paper(paperctl: Paperctl, tmp_path: Path) -> None:
    text = """{"data": [{"id": "10.1000/d1", "type": "dois", "attributes": {"doi": "10.1000/d1",
    "titles": [{"title": "Stars in Rows"}], "publicationYear": 2013}}],
    "included": [{"id": "lab", "type": "clients", "attributes": {"name": "A Laboratory", "year": 2011}}]}"""
    assert load(paperctl, tmp_path / "x.json", text)[2] == ["Stars in Rows"]


def test_records_of_ris_whose_type_stands_within(paperctl: Paperctl, tmp_path: Path) -> None:
    record = "DB  - McK\nC8  - \nTI  - {}\nTY  - JOUR\nSO  - Reserve Notes\nAU  - Moyo, A. J.\nER  - \n"
    _, file, titles = load(
        paperctl, tmp_path / "x.ris", record.format("Pumps at Rest") + record.format("Gears")
    )
    assert (file["read"], sorted(titles)) == (2, ["Gears", "Pumps at Rest"])
    assert {p["venue"] for p in paperctl("list", "--jsonl").records} == {"Reserve Notes"}
