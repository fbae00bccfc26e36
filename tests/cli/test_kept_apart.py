"""Entries that a person took apart stay apart in whatever dump they come back, and get back their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import Paperctl

Entry = dict[str, object]

MOTHS: Entry = {"id": "q1", "title": "Counting moths at night with a single camera", "year": 2021}
SAME: tuple[Entry, Entry] = (MOTHS, {**MOTHS, "id": "q2"})
SPELT: tuple[Entry, Entry] = (
    {**MOTHS, "authors": ["Ada Winter"]},
    {"id": "q2", "title": "Counting Moths at Night With a Single-Camera", "authors": ["A. Winter"]},
)
BARE: Entry = {"id": "q3", "title": "Counting moths at night with a single camera"}
DOUBTFUL: tuple[Entry, Entry] = (
    {"id": "n1", "title": "Counting moths at night with a single camera", "doi": "10.9999/a.1"},
    {"id": "n2", "title": "Lupin fields as a habitat of hawkmoths", "doi": "10.9999/a.1"},
)


def dump(name: str, entries: Iterable[Entry]) -> Path:
    """A dump of these entries, no two of different names equal to the byte."""
    path = Path(name)
    blank = "\n" * (sum(map(ord, name)) % 97)
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries) + blank, encoding="utf-8")
    return path


def together(paperctl: Paperctl) -> list[set[str]]:
    """The keys of the entries in each paper."""
    return [{s["key"] for s in r["sources"]} for r in paperctl("list", "--jsonl").records]


def parted(paperctl: Paperctl, *dumps: Path) -> None:
    assert paperctl("load", *dumps).status == 0
    assert together(paperctl) == [{"q1", "q2"}]
    assert paperctl("dedupe", "split", *paperctl("list", "--ids").out.split()).status == 0
    assert together(paperctl) == [{"q1"}, {"q2"}]


@pytest.mark.parametrize("pair", [SAME, SPELT])
@pytest.mark.parametrize("third", [[], [BARE]])
@pytest.mark.parametrize("turned", [False, True])
def test_a_copy_of_entries_taken_apart_goes_to_their_papers(
    paperctl: Paperctl, pair: tuple[Entry, Entry], third: list[Entry], turned: bool
) -> None:
    parted(paperctl, dump("q.jsonl", pair))
    copy = [*(reversed(pair) if turned else pair)]
    paperctl("load", dump("q-2.jsonl", [*third, *copy]))
    told = paperctl("load", dump("q-3.jsonl", [*copy, *third])).err
    papers = together(paperctl)
    assert len(papers) == 2 and not any({"q1", "q2"} <= keys for keys in papers)
    assert "doubtful" not in told
    assert "0 would be merged, 0 would be linked as versions, 0 doubtful" in paperctl("dedupe", "-n").err


@pytest.mark.parametrize("pair", [SAME, SPELT])
@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_it_does_so_from_several_dumps(
    paperctl: Paperctl, pair: tuple[Entry, Entry], at_once: bool, turned: bool
) -> None:
    first, second = dump("a.jsonl", pair[:1]), dump("b.jsonl", pair[1:])
    parted(paperctl, *([first, second] if at_once else [dump("q.jsonl", pair)]))
    copies = [dump("c.jsonl", pair[:1]), dump("d.jsonl", pair[1:]), dump("e.jsonl", [BARE])]
    copies = copies[::-1] if turned else copies
    for names in [copies] if at_once else [[name] for name in copies]:
        paperctl("load", *names)
    papers = together(paperctl)
    assert len(papers) == 2 and not any({"q1", "q2"} <= keys for keys in papers)


def test_entries_alike_to_the_letter_and_without_a_key_are_told_apart_by_their_order(
    paperctl: Paperctl,
) -> None:
    entry = {name: value for name, value in MOTHS.items() if name != "id"}
    paperctl("load", dump("q.jsonl", [entry, entry]))
    paperctl("dedupe", "split", *paperctl("list", "--ids").out.split())
    paperctl("load", dump("q-2.jsonl", [entry, entry]))
    paperctl("load", dump("q-3.jsonl", [entry, entry]))
    assert [len(r["sources"]) for r in paperctl("list", "--jsonl").records] == [3, 3]


def test_a_pass_over_the_store_keeps_copies_apart_that_were_loaded_without_one(paperctl: Paperctl) -> None:
    parted(paperctl, dump("q.jsonl", SPELT))
    paperctl("load", "--no-dedupe", dump("q-2.jsonl", SPELT))
    assert len(together(paperctl)) == 4
    paperctl("load", dump("other.jsonl", [{"id": "o", "title": "Wing beats of hawkmoths over lupins"}]))
    assert len(together(paperctl)) == 5  # a load merges nothing that is stored
    paperctl("dedupe")
    assert together(paperctl) == [{"q1"}, {"q2"}, {"o"}]


@pytest.mark.parametrize("word", ["distinct", "version"])
def test_a_copy_of_a_pair_that_was_answered_is_not_asked_about(paperctl: Paperctl, word: str) -> None:
    assert "1 doubtful pair with what was loaded" in paperctl("load", dump("n.jsonl", DOUBTFUL)).err
    ids = paperctl("list", "--ids").out.split()
    Path("plan").write_text(f"{word} {' '.join(ids)}\n", encoding="utf-8")
    paperctl("dedupe", "--apply", "plan")
    assert "doubtful" not in paperctl("load", dump("n-2.jsonl", DOUBTFUL)).err
    assert "doubtful" not in paperctl("load", dump("n-3.jsonl", [{**DOUBTFUL[1], "id": "n9"}])).err
    assert together(paperctl) == [{"n1"}, {"n2", "n9"}]
    assert ", 0 doubtful" in paperctl("dedupe", "-n").err


HAWKMOTHS: list[Entry] = [
    {"id": "l", "title": "Counting moths at night with a single camera", "year": 2021, "note": "from l"},
    {"id": "r", "title": "Hawkmoths and the lupins they feed on in June", "venue": "Moth Letters"},
    {"id": "t", "title": "A third work on the weight of caterpillars", "keywords": ["weight"]},
    {"id": "v", "title": "Counting moths: what a camera sees at night", "year": 2019},
    {"id": "w", "title": "Lupins in June, a preliminary report on hawkmoths", "year": 2018},
]


@pytest.fixture
def field(paperctl: Paperctl) -> Paperctl:
    """Five papers, l with version v and r with version w, each with words and fields of its own."""
    paperctl("load", dump("own.jsonl", HAWKMOTHS))
    left, right, _, *versions = ids(paperctl)
    paperctl("mark", "keep", left, "--note", "left note")
    paperctl("mark", "skip", right, "--note", "right note")
    paperctl("tag", "add", "peft", "--", right)
    papers = Path("store/papers.jsonl")
    records = [json.loads(line) for line in papers.read_text(encoding="utf-8").splitlines()]
    records[0].update(rating=3, added="2026-03-01T00:00:00Z")
    records[1].update(rating=5, shelf="B", added="2026-01-01T00:00:00Z")
    records[2].update(rating=3, note="third note", added="2026-02-01T00:00:00Z")
    papers.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    applied(paperctl, f"version {left} {versions[0]}", f"version {right} {versions[1]}")
    return paperctl


def ids(paperctl: Paperctl) -> list[str]:
    return paperctl("list", "--ids").out.split()


def applied(paperctl: Paperctl, *plan: str) -> None:
    Path("plan").write_text("\n".join(plan) + "\n", encoding="utf-8")
    assert paperctl("dedupe", "--apply", "plan").status == 0


def papers(paperctl: Paperctl) -> dict[str, Entry]:
    """Every paper by its id, as it is with what was said of it."""
    return {r["id"]: r for r in paperctl("list", "--jsonl").records}


def test_a_merge_keeps_everything_and_a_split_gives_it_back(field: Paperctl) -> None:
    before = papers(field)
    left, right, *_ = before
    applied(field, f"merge {left} {right}")
    merged = papers(field)[left]
    assert right not in papers(field)
    assert merged["note"] == "left note\nright note"
    assert (merged["rating"], merged["shelf"], merged["added"]) == (3, "B", "2026-01-01T00:00:00Z")
    assert len(merged["versions"]) == 2  # type: ignore[arg-type]
    assert field("dedupe", "split", left).status == 0
    assert papers(field) == before
    assert field("check").status == 0
    field("undo")
    assert papers(field)[left] == merged


def test_what_the_papers_disagreed_on_is_shown(field: Paperctl) -> None:
    left, right, *_ = papers(field)
    applied(field, f"merge {left} {right}")
    told = field("show", left).out
    assert papers(field)[left]["decision"] == "skip" and "decision before: keep" in told
    assert "rating 5" in told


@pytest.mark.parametrize("first", [0, 1, 2, 3])
def test_so_it_does_after_several_merges(field: Paperctl, first: int) -> None:
    before = papers(field)
    left, right, third, *_ = before
    steps = [(left, right), (right, third), (left, third)]
    if first == 3:
        applied(field, f"merge {left} {right} {third}")
    else:
        applied(field, "merge {} {}".format(*steps[first]))
        applied(field, f"merge {left} {right}", f"merge {right} {third}")
    [whole] = [paper for paper in papers(field).values() if len(paper["sources"]) == 3]  # type: ignore[arg-type]
    field("dedupe", "split", whole["id"])
    assert papers(field) == before


def test_links_come_back_though_the_other_side_was_merged_and_split_as_well(field: Paperctl) -> None:
    before = papers(field)
    left, right, _, *versions = before
    applied(field, f"merge {left} {right}", f"merge {versions[0]} {versions[1]}")
    (other,) = field("show", versions[0], "--json").records
    assert papers(field)[left]["versions"] == [other["id"]]
    field("dedupe", "split", left)
    assert field("check").status == 0
    field("dedupe", "split", versions[0])
    assert papers(field) == before
    field("undo")
    field("undo")
    field("dedupe", "split", left, versions[0])
    assert papers(field) == before


def test_what_was_said_of_the_merged_paper_since_stays_with_the_first(field: Paperctl) -> None:
    left, right, third, *_ = ids(field)
    applied(field, f"merge {left} {right}")
    field("mark", "maybe", left, "--note", "left note\nand what I think now")
    applied(field, f"version {left} {third}")
    field("dedupe", "split", left)
    first, second = papers(field)[left], papers(field)[right]
    assert (first["decision"], first["note"]) == ("maybe", "left note\nand what I think now")
    assert third in first["versions"] and papers(field)[third]["versions"] == [left]  # type: ignore[operator]
    assert (second["decision"], second["note"]) == ("skip", "right note")


def test_versions_that_were_merged_are_versions_again(field: Paperctl) -> None:
    before = papers(field)
    left, _, _, version, _ = before
    applied(field, f"merge {left} {version}")
    assert papers(field)[left]["versions"] == []
    field("dedupe", "split", left)
    assert papers(field) == before


def test_a_split_of_papers_merged_by_loading_gives_each_its_own(paperctl: Paperctl) -> None:
    ours: Entry = {"topics": [], "topic_scores": {}, "sources": [], "added": None}
    paperctl("load", dump("a.jsonl", [{**MOTHS, **ours, "note": "from the first"}]))
    paperctl("load", dump("b.jsonl", [{**BARE, **ours, "note": "from the other"}]))
    [paper] = ids(paperctl)
    paperctl("dedupe", "split", paper)
    assert [r["note"] for r in papers(paperctl).values()] == ["from the first", "from the other"]


@pytest.mark.parametrize("entry", [1, 2, 3])
@pytest.mark.parametrize("at_once", [True, False])
def test_one_wrong_entry_leaves_and_the_others_stay(field: Paperctl, entry: int, at_once: bool) -> None:
    before = papers(field)
    three = [*before][:3]
    left, right, third = three
    steps = (
        [f"merge {left} {right} {third}"] if at_once else [f"merge {left} {right}", f"merge {left} {third}"]
    )
    for step in steps:
        applied(field, step)
    (whole,) = field("show", left, "--json").records
    three = [source.get("id", whole["id"]) for source in whole["sources"]]
    ran = field("dedupe", "split", left, "--entry", entry)
    assert ran.status == 0 and len(ran.out.splitlines()) == 2
    gone = three.pop(entry - 1)
    now = papers(field)
    assert now[gone] == before[gone]
    assert now[three[0]]["note"] == "\n".join(str(before[name]["note"]) for name in three)
    assert len(now[three[0]]["sources"]) == 2  # type: ignore[arg-type]
    assert field("check").status == 0
    field("dedupe")
    assert papers(field) == now
    field("undo")
    assert field("show", left, "--json").records == [whole]
    field("dedupe", "split", left, "-e", entry)
    field("dedupe", "split", three[0])
    assert papers(field) == before


def test_entries_that_leave_together_are_one_paper(field: Paperctl) -> None:
    left, right, third, *_ = papers(field)
    applied(field, f"merge {left} {right} {third}")
    (whole,) = field("show", left, "--json").records
    second = whole["sources"][1]["id"]
    field("dedupe", "split", left, "-e", 3, "-e", 2)
    assert {name: len(paper["sources"]) for name, paper in papers(field).items()}[second] == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("entries", [["4"], ["0"], ["1", "2"], ["2", "9"]])
def test_entries_that_a_paper_has_not_are_refused(field: Paperctl, entries: list[str]) -> None:
    left, right, *_ = papers(field)
    applied(field, f"merge {left} {right}")
    before = papers(field)
    ran = field("dedupe", "split", left, *(word for n in entries for word in ("-e", n)))
    assert ran.status == 2 and left in ran.err and papers(field) == before


def test_a_load_joins_stored_papers_that_an_entry_with_the_ids_of_both_shows_to_be_one(
    paperctl: Paperctl,
) -> None:
    doi, arxiv = {"doi": "10.9999/owl"}, {"arxiv_id": "2101.00001"}
    one: Entry = {"id": "d", "title": "Counting owls in barns", "authors": ["Ada Winter"], **doi}
    other: Entry = {
        "id": "x",
        "title": "Counting owls in barns: a winter by ear",
        **arxiv,
        "authors": one["authors"],
    }
    paperctl("load", dump("a.jsonl", [one]))
    paperctl("load", dump("b.jsonl", [other]))
    assert together(paperctl) == [{"d"}, {"x"}]
    said = paperctl("load", dump("c.jsonl", [{**one, "id": "l", **arxiv}])).err
    assert "1 stored paper went into another" in said
    assert together(paperctl) == [{"d", "l", "x"}]


EDITORS: Entry = {"title": "From the Editors", "authors": ["Dana Moreau"], "venue": "Letters on Machines"}


@pytest.mark.parametrize("keys", [True, False])
@pytest.mark.parametrize("at_once", [True, False])
def test_another_export_of_a_column_brings_no_new_issues(
    paperctl: Paperctl, keys: bool, at_once: bool
) -> None:
    issues = [{**EDITORS, "year": 2010 + n // 3, **({"id": f"e{n}"} if keys else {})} for n in range(9)]
    exports = [dump("1.jsonl", issues), dump("2.jsonl", issues), dump("3.jsonl", issues[::-1])]
    for files in [exports] if at_once else [[file] for file in exports]:
        said = paperctl("load", *files)
    papers = paperctl("list", "--jsonl").records
    assert [len(paper["sources"]) for paper in papers] == [3] * 9
    assert "9 doubtful" in said.err
    if keys:
        assert all(len({s["key"] for s in paper["sources"]}) == 1 for paper in papers)


def test_equal_entries_under_other_keys_are_left_to_the_rules(paperctl: Paperctl) -> None:
    issues = [{**EDITORS, "year": 2010 + n // 3, "id": f"e{n}"} for n in range(9)]
    paperctl("load", dump("1.jsonl", issues))
    paperctl("load", dump("2.jsonl", [{**issue, "id": f"f{n}"} for n, issue in enumerate(issues)]))
    assert len(paperctl("list", "--ids").out.split()) == 18


def test_so_are_bare_titles_without_a_key(paperctl: Paperctl) -> None:
    for name in ("1.jsonl", "2.jsonl"):
        paperctl("load", dump(name, [{"title": "Editorial"}]))
    assert len(paperctl("list", "--ids").out.split()) == 2


STATINS: Entry = {"title": "Statins and the risk of dementia", "authors": ["Ada Winter"], "year": 2019}
JOURNAL: Entry = {**STATINS, "id": "article", "venue": "Journal of Memory", "doi": "10.9999/statins.1"}


@pytest.mark.parametrize("at_load", [True, False])
@pytest.mark.parametrize("told", [("DO  - 10.9999/statins.1\n"), ("JO  - Journal of Memory\n")])
@pytest.mark.parametrize("first", [0, 1])
def test_an_entry_goes_to_the_paper_with_which_it_has_most_in_common(
    paperctl: Paperctl, at_load: bool, told: str, first: int
) -> None:
    pair = [{**STATINS, "id": "bare"}, JOURNAL]
    paperctl("load", dump("a.jsonl", [pair[first], pair[1 - first]]))
    paperctl("dedupe", "split", *ids(paperctl))
    ris = "TY  - JOUR\nID  - again\nTI  - Statins and the risk of dementia\nAU  - Winter, Ada\nPY  - 2019\n"
    Path("b.ris").write_text(f"{ris}{told}ER  -\n", encoding="utf-8")
    paperctl("load", "b.ris", *([] if at_load else ["--no-dedupe"]))
    paperctl("dedupe")
    assert {"article", "again"} in together(paperctl) and {"bare"} in together(paperctl)
