"""Reading lists by section, year, venue, source and decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

DECK = """\
A Talk on Ten Papers
ICLR 2024

Two Topics: LLM & Efficiency

a) LLM

1

SPEAKING TO VERY SMALL MACHINES

2 ANSWERS FROM A LARGE LANGUAGE MODEL

b-1) Efficient ViT

QuickNet uses windows and few heads.

b-2) Efficient Fine-tuning

1 TUNING ONLY WHAT MATTERS FOR VISION

Other Interesting Papers

1 [WHY DEEP TREES FALL IN THE FOREST](#)

Code Repositories

Paper\tCode
SPEAKING TO VERY SMALL MACHINES\tLink
QUICKNET: WINDOWS WITH FEW HEADS FOR VISION\tLink

Discussion

Thanks! Questions?
"""


def headings(text: str) -> list[str]:
    return [line[3:] for line in text.splitlines() if line.startswith("## ")]


def test_a_deck_comes_out_with_its_parts(paperctl: Any, tmp_path: Path) -> None:
    deck = tmp_path / "deck.txt"
    deck.write_text(DECK)
    paperctl("load", deck)
    said = paperctl("export", "--group-by", "section").out
    parts = ["a) LLM", "b-1) Efficient ViT", "b-2) Efficient Fine-tuning", "Other Interesting Papers", "Code"]
    assert headings(said) == parts
    efficient = said.split("## b-1")[1].split("## b-2")[0]
    assert "QUICKNET" in efficient and "TUNING" not in efficient
    assert "| Paper | Code |" in said
    found = paperctl("list", "section:ViT", "--jsonl").records
    assert [record["title"].split(":")[0] for record in found] == ["QUICKNET"]
    assert "efficiency" in found[0]["topics"]


def test_what_a_reader_wrote_stays_in_its_group(paperctl: Any, tmp_path: Path) -> None:
    deck, page = tmp_path / "deck.txt", tmp_path / "list.md"
    deck.write_text(DECK)
    paperctl("load", deck)
    paperctl("export", "--group-by", "section", "-o", page)
    first = page.read_text()
    page.write_text(first.replace("## b-2", "my remark\n\n## b-2"))
    paperctl("export", "--group-by", "section", "-o", page)
    again = page.read_text()
    assert headings(again) == headings(first)
    assert "my remark" in again.split("## b-1")[1].split("## b-2")[0]


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ("year", ["2021", "2019", "Other papers"]),
        ("venue", ["ICML", "NeurIPS", "Other papers"]),
        ("source", ["one.jsonl"]),
        ("decision", ["Kept", "Undecided", "Skipped"]),
        ("section", ["Papers"]),
    ],
)
def test_papers_are_grouped(paperctl: Any, tmp_path: Path, by: str, wanted: list[str]) -> None:
    dump = tmp_path / "one.jsonl"
    dump.write_text(
        '{"title": "Trees of the north", "year": 2019, "venue": "NeurIPS"}\n'
        '{"title": "Rivers of the south", "year": 2021, "venue": "ICML"}\n'
        '{"title": "Clouds over a city"}\n'
    )
    paperctl("load", dump)
    ids = {r["title"]: r["id"] for r in paperctl("list", "--jsonl").records}
    paperctl("mark", "keep", ids["Rivers of the south"])
    paperctl("mark", "skip", ids["Clouds over a city"])
    assert headings(paperctl("export", "--group-by", by).out) == wanted


@pytest.mark.parametrize("args", [["--group-by", "colour"], ["--group-by", "year", "--tsv"]])
def test_a_group_that_there_is_not_is_a_usage_error(loaded: Any, args: list[str]) -> None:
    said = loaded("export", *args)
    assert (said.status, said.out) == (2, "")
