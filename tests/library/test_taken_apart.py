"""What a pass takes apart: only merges that the rules made and a later paper speaks against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Paperctl, Ran


def column(key: str, year: int, **other: Any) -> dict[str, Any]:
    """A paper of a column: two of one year are one paper until another year shows that it comes back."""
    news = {"title": "News of the marsh", "authors": ["Dag Moe"], "year": year, "venue": "Marsh Letters"}
    return {"id": key, **news, **other}


@pytest.fixture
def loaded(paperctl: Paperctl, tmp_path: Path) -> Any:
    """Loads papers as a dump of their own."""

    def load(*papers: dict[str, Any], options: tuple[str, ...] = ()) -> Ran:
        dump = tmp_path / f"{papers[0]['id']}.jsonl"
        dump.write_text("".join(json.dumps(p) + "\n" for p in papers), encoding="utf-8")
        return paperctl("load", dump, *options)

    return load


def together(paperctl: Paperctl) -> set[frozenset[str]]:
    """The keys of the entries of each paper."""
    records = paperctl("list", "--all-versions", "--jsonl").records
    return {frozenset(source["key"] for source in record["sources"]) for record in records}


def parts(*words: str) -> set[frozenset[str]]:
    return {frozenset(word.split()) for word in words}


def test_a_merge_that_a_later_load_speaks_against_is_counted_and_comes_apart(
    paperctl: Paperctl, loaded: Any
) -> None:
    loaded(column("c1", 2001), column("c2", 2001))
    (merged,) = paperctl("list", "--ids").out.split()
    assert "at least 1 merged paper would come apart" in loaded(column("c3", 2002), options=("-n",)).err
    assert loaded(column("c3", 2002), options=("--json",)).json["outvoted"] == 1
    assert together(paperctl) == parts("c1 c2", "c3")
    assert len(paperctl("dedupe", "-n", "--json").json["apart"]) == 1
    assert "1 taken apart" in paperctl("dedupe").err
    assert together(paperctl) == parts("c1", "c2", "c3")
    assert len(paperctl("list", "--ids").out.split()) == 3
    assert paperctl("show", merged).status == 0
    assert "0 merged" in paperctl("dedupe").err
    assert paperctl("undo").status == 0
    assert together(paperctl) == parts("c1 c2", "c3")
    assert len(paperctl("list", "--ids").out.split()) == 2


def test_a_plan_names_what_a_pass_would_take_apart_and_leaves_it_alone(
    paperctl: Paperctl, loaded: Any, tmp_path: Path
) -> None:
    loaded(column("c1", 2001), column("c2", 2001))
    loaded(column("c3", 2002))
    (merged,) = (one["id"] for one in paperctl("list", "--jsonl").records if len(one["sources"]) == 2)
    plan = paperctl("dedupe", "--plan", "-")
    assert f"# taken apart first: {merged}" in plan.out and "1 would be taken apart" in plan.err
    assert not [line for line in plan.out.splitlines() if line[0] != "#" and merged in line]
    (tmp_path / "plan.txt").write_text(plan.out, encoding="utf-8")
    assert paperctl("dedupe", "--apply", tmp_path / "plan.txt").status == 0
    assert together(paperctl) == parts("c1 c2", "c3")


def test_entries_that_stay_together_when_a_third_leaves_are_not_counted_as_merged(
    paperctl: Paperctl, loaded: Any
) -> None:
    loaded(column("c1", 2001, doi="10.9999/1"), column("c2", 2001), column("c4", 2001, doi="10.9999/1"))
    assert together(paperctl) == parts("c1 c2 c4")
    loaded(column("c3", 2002))
    assert "0 merged" in (ran := paperctl("dedupe")).err and "1 taken apart" in ran.err
    assert together(paperctl) == parts("c1 c4", "c2", "c3")


def test_a_merged_paper_that_the_same_load_decides_on_is_not_said_to_come_apart(
    paperctl: Paperctl, loaded: Any
) -> None:
    loaded(column("c1", 2001), column("c2", 2001))
    (merged,) = paperctl("list", "--jsonl").records
    decided = {"id": merged["id"], "title": merged["title"], "decision": "keep"}
    ran = loaded(column("c3", 2002), decided, options=("--json",))
    assert paperctl("list", "--ids", "decision:keep").out.split()[0]
    assert ran.json["outvoted"] == 0
    paperctl("dedupe")
    assert frozenset({"c1", "c2"}) in together(paperctl)


@pytest.mark.parametrize(
    "decide",
    [
        lambda paperctl, merged, _: paperctl("mark", "keep", merged),
        lambda paperctl, merged, copy: paperctl("dedupe", "--apply", "-", stdin=f"merge {merged} {copy}\n"),
    ],
    ids=["a decision", "a judgement"],
)
def test_no_pass_takes_apart_what_people_decided_on(paperctl: Paperctl, loaded: Any, decide: Any) -> None:
    letters = {"id": "m", "title": "Letters from a marsh", "authors": ["Dag Moe", "Ida Lind"], "year": 2010}
    loaded(column("c1", 2001), column("c2", 2001), letters)
    records = paperctl("list", "--jsonl").records
    (merged,) = [record["id"] for record in records if len(record["sources"]) == 2]
    (other,) = [record["id"] for record in records if len(record["sources"]) == 1]
    decide(paperctl, merged, other)
    assert loaded(column("c3", 2002), options=("--json",)).json["outvoted"] == 0
    paperctl("dedupe")
    assert max(len(record["sources"]) for record in paperctl("list", "--jsonl").records) > 1


def test_what_a_threshold_merged_stays_together(paperctl: Paperctl, loaded: Any) -> None:
    loaded(column("c1", 2001), column("c2", 2001), column("c3", 2002))
    paperctl("dedupe", "--yes-above", "0.3")
    assert together(paperctl) == parts("c1 c2", "c3")
    for again in (("--yes-above", "0.3"), ()):
        before = paperctl("log").out
        paperctl("dedupe", *again)
        assert together(paperctl) == parts("c1 c2", "c3")
        assert paperctl("log").out == before
    loaded(column("c4", 2003))
    paperctl("dedupe")
    assert together(paperctl) == parts("c1 c2", "c3", "c4")


def test_a_paper_stays_whole_when_it_was_merged_before_merges_were_marked(
    paperctl: Paperctl, loaded: Any, tmp_path: Path
) -> None:
    loaded(column("c1", 2001), column("c2", 2001))
    papers = tmp_path / "store" / "papers.jsonl"
    marked = papers.read_text(encoding="utf-8")
    assert '"joined":"rules"' in marked
    papers.write_text(marked.replace(',"joined":"rules"', ""), encoding="utf-8")
    loaded(column("c3", 2002))
    paperctl("dedupe")
    assert together(paperctl) == parts("c1 c2", "c3")


def test_a_decision_on_linked_papers_holds_after_a_pass(paperctl: Paperctl, loaded: Any) -> None:
    title = "News of the great marsh"
    loaded(column("v", 2001, title=title, venue="bioRxiv"))
    loaded(column("c1", 2001, title=title), column("c2", 2001, title=title))
    paperctl("mark", "keep", paperctl("list", "--ids").out.split()[0])
    loaded(column("c3", 2003, title=title), column("c5", 2004, title=title))
    kept = paperctl("list", "--ids", "--all-versions", "decision:keep").out
    assert len(kept.split()) == 2
    for _ in range(2):
        paperctl("dedupe")
        assert paperctl("list", "--ids", "--all-versions", "decision:keep").out == kept


def test_facts_that_were_filled_keep_their_paper_whole(paperctl: Paperctl, loaded: Any) -> None:
    loaded(column("c1", 2001), column("c2", 2001))
    loaded(column("q", 2001, url="https://marsh.example/1"), options=("--enrich",))
    loaded(column("c3", 2002))
    paperctl("dedupe")
    assert together(paperctl) == parts("c1 c2", "c3")
    urls = [record["url"] for record in paperctl("list", "--jsonl").records]
    assert sorted(urls, key=str) == [None, "https://marsh.example/1"]


def test_a_cite_key_stays_with_one_of_the_parts(paperctl: Paperctl, loaded: Any) -> None:
    loaded(column("c1", 2001), column("c2", 2001))
    key = paperctl("list", "--jsonl").records[0]["citekey"]
    loaded(column("c3", 2002))
    paperctl("dedupe")
    keys = [record["citekey"] for record in paperctl("list", "--jsonl").records]
    assert keys.count(key) == 1 and len(set(keys)) == 3
