"""Which papers are like others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Paperctl

DUMP = [
    ("Tide Mills of Brittany", "Mills driven by the tide ground corn along the estuary."),
    ("Corn Ground by Tide Mills in Wales", "A tide mill stood in the estuary and ground corn."),
    ("Windmills and Their Sails", "Sails of canvas drove mills on hills."),
    ("Learning to Translate with Few Examples", "Translation models learn from few examples."),
    ("Few Examples Suffice for Translation", "A translation model that learns from few examples."),
]


@pytest.fixture
def mills(paperctl: Paperctl, tmp_path: Path) -> tuple[Paperctl, dict[str, str]]:
    dump = tmp_path / "mills.jsonl"
    lines = [json.dumps({"title": title, "abstract": abstract}) for title, abstract in DUMP]
    dump.write_text("\n".join(lines), encoding="utf-8")
    assert paperctl("-q", "load", "--no-dedupe", dump).status == 0
    return paperctl, {r["title"]: r["id"] for r in paperctl("list", "--jsonl").records}


def test_the_nearest_paper_comes_first_and_the_paper_itself_not_at_all(
    mills: tuple[Paperctl, dict[str, str]],
) -> None:
    paperctl, ids = mills
    found = paperctl("similar", ids["Tide Mills of Brittany"], "--ids").out.split()
    assert found[0] == ids["Corn Ground by Tide Mills in Wales"]
    assert ids["Tide Mills of Brittany"] not in found


def test_search_like_is_the_same(mills: tuple[Paperctl, dict[str, str]]) -> None:
    paperctl, ids = mills
    one = ids["Learning to Translate with Few Examples"]
    assert paperctl("search", "--like", one, "--ids") == paperctl("similar", one, "--ids")


def test_papers_of_a_query_have_neighbours_together(mills: tuple[Paperctl, dict[str, str]]) -> None:
    paperctl, ids = mills
    given = [ids["Tide Mills of Brittany"], ids["Learning to Translate with Few Examples"]]
    assert paperctl("mark", "keep", *given).status == 0
    by_query = paperctl("similar", "decision:keep", "--ids")
    assert by_query.out == paperctl("similar", *given, "--ids").out
    others = {ids["Corn Ground by Tide Mills in Wales"], ids["Few Examples Suffice for Translation"]}
    assert set(by_query.out.split()[:2]) == others


def test_it_says_why(mills: tuple[Paperctl, dict[str, str]]) -> None:
    paperctl, ids = mills
    ran = paperctl("similar", ids["Tide Mills of Brittany"], "--explain", "--json")
    assert {"tide", "corn"} <= set(ran.json[0]["shared"]["words"])
    said = paperctl("similar", ids["Tide Mills of Brittany"], "--explain", "--ids").err
    assert "tide" in said and ids["Corn Ground by Tide Mills in Wales"] in said


def test_what_names_no_paper_is_an_error(mills: tuple[Paperctl, dict[str, str]]) -> None:
    paperctl, _ = mills
    assert paperctl("similar", "ffffffffffff").status == 2
    assert paperctl("similar", "decision:skip").status == 2
    assert paperctl("similar").status == 2
