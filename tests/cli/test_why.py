"""`dedupe why`: what the rules say of papers, and what a person said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Paperctl

PAPERS: list[dict[str, object]] = [
    {"title": "Lamps for moths, part I", "authors": ["Ada Winter"], "year": 2020, "doi": "10.9999/lamps.1"},
    {"title": "Lamps for moths, part II", "authors": ["Ada Winter"], "year": 2020, "doi": "10.9999/lamps.2"},
    {"title": "Hawkmoths in lupin fields", "authors": ["Bo Reed"], "year": 2001, "doi": "10.9999/hawk"},
    {"title": "Hawkmoths in Lupin Fields", "authors": ["B. Reed"], "year": 2001, "doi": "10.9999/HAWK"},
]


@pytest.fixture
def three(paperctl: Paperctl) -> tuple[Paperctl, list[str]]:
    """Part I, part II and a paper of two entries."""
    dump = "".join(json.dumps({**paper, "id": f"p{n}"}) + "\n" for n, paper in enumerate(PAPERS))
    assert paperctl("load", "-", stdin=dump).status == 0
    ids = paperctl("list", "--ids", "--sort", "doi").out.split()
    assert len(ids) == 3
    return paperctl, ids[1:] + ids[:1]


def test_two_papers_are_told_apart_by_a_veto(three: tuple[Paperctl, list[str]]) -> None:
    paperctl, (one, two, _) = three
    ran = paperctl("dedupe", "why", one, two)
    assert ran.status == 0
    assert ran.out.startswith("distinct; ") and "veto: " in ran.out and "authors 1 of 1 agree" in ran.out
    assert "compared by: two words of the title, first author and year" in ran.out


def test_of_one_paper_all_are_shown_that_it_is_compared_with(three: tuple[Paperctl, list[str]]) -> None:
    paperctl, (one, two, three_) = three
    [pair] = paperctl("dedupe", "why", one, "--json").records
    assert pair["ids"] == [one, two] and pair["verdict"] == "distinct" and pair["word"] is None
    ran = paperctl("dedupe", "why", three_)
    assert ran.out == "" and "nothing in the store" in ran.err


def test_papers_without_a_key_in_common_were_never_compared(three: tuple[Paperctl, list[str]]) -> None:
    paperctl, (one, _, three_) = three
    assert "never compared" in paperctl("dedupe", "why", one, three_).out
    assert len(paperctl("dedupe", "why", *three[1], "--json").records) == 3


def test_what_a_person_said_is_told(three: tuple[Paperctl, list[str]]) -> None:
    paperctl, (one, two, _) = three
    Path("plan").write_text(f"version {one} {two}\n", encoding="utf-8")
    paperctl("dedupe", "--apply", "plan")
    told = paperctl("dedupe", "why", two, one).out
    assert "you called them versions, and that holds" in told and "linked as versions" in told
    [pair] = paperctl("dedupe", "why", one, "--json").records
    assert pair["word"] == "version" and pair["linked"] is True


def test_so_many_are_shown_as_were_asked_for(paperctl: Paperctl) -> None:
    many = [{"title": f"Lamps for moths, part {n}", "authors": ["Ada Winter"]} for n in range(1, 7)]
    paperctl("load", "-", stdin="".join(json.dumps(paper) + "\n" for paper in many))
    first = paperctl("list", "--ids").out.split()[0]
    ran = paperctl("dedupe", "why", first, "--limit", 2, "--json")
    assert len(ran.records) == 2 and "3 more" in ran.err


def test_titles_are_data(paperctl: Paperctl) -> None:
    evil = [{"title": f"[red]Moth\x1b[31m lamps {n}", "doi": "10.9999/e"} for n in ("alpha", "beta")]
    paperctl("load", "-", stdin="".join(json.dumps(paper) + "\n" for paper in evil))
    ran = paperctl("dedupe", "why", *paperctl("list", "--ids").out.split())
    assert "\x1b" not in ran.out and "[red]Moth" in ran.out


def test_one_paper_is_not_compared_with_itself(three: tuple[Paperctl, list[str]]) -> None:
    paperctl, (*_, merged) = three
    [record] = paperctl("show", merged, "--json").records
    gone = record["sources"][1]["id"]
    ran = paperctl("dedupe", "why", merged, gone)
    assert ran.status == 2 and f"paperctl show {merged}" in ran.err


def test_a_paper_is_found_by_the_identifier_of_any_of_its_entries(paperctl: Paperctl) -> None:
    moths: dict[str, object] = {"title": "Counting moths at night with a single camera"}
    dump = [{**moths, "id": "a", "doi": "10.9999/a"}, {**moths, "id": "b", "arxiv_id": "2101.00001"}]
    paperctl("load", "--no-dedupe", "-", stdin="".join(json.dumps(paper) + "\n" for paper in dump))
    Path("plan").write_text("merge 10.9999/a 2101.00001\n", encoding="utf-8")
    assert paperctl("dedupe", "--apply", "plan").status == 0
    dump = [{**moths, "id": "c", "doi": "10.9999/B", "venue": "Moth Letters"}]
    paperctl("load", "--no-dedupe", "-", stdin=json.dumps(dump[0]) + "\n")
    Path("plan").write_text("merge 10.9999/a 10.9999/b\n", encoding="utf-8")
    assert paperctl("dedupe", "--apply", "plan").status == 0
    [paper] = paperctl("list", "--ids").out.split()
    for name in ("10.9999/a", "10.9999/b", "https://doi.org/10.9999/B", "2101.00001v2"):
        assert paperctl("show", name, "--json").records[0]["id"] == paper


def test_of_a_column_the_papers_are_shown_that_a_pass_compares(paperctl: Paperctl) -> None:
    column = {"title": "From the Editors", "authors": ["Dana Moreau"], "venue": "Letters on Machines"}
    many = [{**column, "year": 2000 + n // 4, "number": str(n), "id": f"n{n}"} for n in range(40)]
    paperctl("load", "--no-dedupe", "-", stdin="".join(json.dumps(paper) + "\n" for paper in many))
    [asked] = paperctl("dedupe", "-n", "--json").records
    pairs = {frozenset(maybe["ids"]) for maybe in asked["maybe"]}
    first = paperctl("list", "--ids").out.split()[0]
    told = paperctl("dedupe", "why", first, "--json", "--limit", 99).records
    assert {pair for pair in pairs if first in pair} <= {frozenset(one["ids"]) for one in told}
    assert any(first in pair for pair in pairs) and len(told) == 12


def test_a_merged_paper_is_found_by_the_title_of_any_entry(paperctl: Paperctl) -> None:
    doi = {"doi": "10.9999/lamp"}
    renamed = {"title": "Nachtfalter an der Lampe im Winter, eine Zählung", "authors": ["Ada Winter"], **doi}
    other = {"title": "Moths beside the lamp in winter", "authors": ["Bo Reed"], "year": 2001}
    dump = [{**renamed, "id": "p0"}, {**other, **doi, "title": "Moths under the lamp in winter", "id": "p1"}]
    paperctl("load", "--no-dedupe", "-", stdin="".join(json.dumps(p) + "\n" for p in [*dump, other]))
    ids = paperctl("list", "--ids").out.split()
    Path("plan").write_text(f"merge {ids[0]} {ids[1]}\n", encoding="utf-8")
    paperctl("dedupe", "--apply", "plan")
    assert title_of(paperctl, ids[0]) == renamed["title"]
    main = paperctl("show", ids[0], "--json").records[0]["id"]
    assert [one["ids"] for one in paperctl("dedupe", "why", ids[0], "--json").records] == [[main, ids[2]]]


def title_of(paperctl: Paperctl, paper: str) -> object:
    return paperctl("show", paper, "--json").records[0]["title"]
