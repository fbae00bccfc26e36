"""Plans: a person's answers to deduplication in a file, carried out whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Paperctl, Ran

TITLES = (
    "Counting moths at night with a single camera",
    "Why glaciers hum in early spring",
    "A ledger for community seed banks",
    "Bells of the lower valley, tuned anew",
)


def lines(*records: Mapping[str, object]) -> str:
    return "".join(json.dumps({**r, "id": f"r{n}"}) + "\n" for n, r in enumerate(records))


@pytest.fixture
def four(paperctl: Paperctl) -> tuple[Paperctl, list[str]]:
    """A store of four papers without anything in common, and their ids."""
    dump = lines(*({"title": title, "doi": f"10.9999/moth.{n}#-x"} for n, title in enumerate(TITLES)))
    assert paperctl("load", "-", stdin=dump).status == 0
    ids = paperctl("list", "--ids", "--sort", "doi").out.split()
    assert len(ids) == 4
    return paperctl, ids


def stored(tmp_path: Path) -> dict[str, bytes]:
    folder = tmp_path / "store"
    return {str(f): f.read_bytes() for f in folder.rglob("*") if f.is_file() and f.name != ".lock"}


def applied(paperctl: Paperctl, text: str, *options: str) -> Ran:
    Path("plan.txt").write_text(text, encoding="utf-8")
    return paperctl("dedupe", *options, "--apply", "plan.txt")


def papers(paperctl: Paperctl) -> dict[str, dict[str, object]]:
    return {record["id"]: record for record in paperctl("list", "--jsonl").records}


Four = tuple[Paperctl, list[str]]


def test_a_dry_run_shows_what_applying_would_do_and_changes_nothing(four: Four, tmp_path: Path) -> None:
    paperctl, (a, b, c, d) = four
    before = stored(tmp_path)
    plan = f"merge {a} {b}\nversion {c} {d}\ndistinct {a} {c}\n"
    ran = applied(paperctl, plan, "-n")
    assert ran.status == 0 and stored(tmp_path) == before
    assert [line.split()[:3] for line in ran.out.splitlines() if not line.startswith("#")] == [
        ["merge", *sorted((a, b), key=[*papers(paperctl)].index)],
        ["version", c, d],
        ["distinct", a, c],
    ]
    assert "1 would be merged" in ran.err and "1 would be kept apart" in ran.err
    done = applied(paperctl, plan)
    assert "1 merged, 1 linked as versions, 1 kept apart" in done.err
    assert len(papers(paperctl)) == 3
    after = stored(tmp_path)
    again = applied(paperctl, plan)
    assert again.status == 0 and stored(tmp_path) == after
    paperctl("undo")
    assert {name: text for name, text in stored(tmp_path).items() if name.endswith("papers.jsonl")} == {
        name: text for name, text in before.items() if name.endswith("papers.jsonl")
    }


@pytest.mark.parametrize(
    "options",
    [
        ["--plan", "p", "--apply", "p"],
        ["--apply", "p", "--yes-above", "0.5"],
        ["--plan", "p", "--json"],
        ["-n", "split", "abcd"],
        ["--json", "review"],
    ],
)
def test_options_that_do_not_go_together_are_refused(four: Four, tmp_path: Path, options: list[str]) -> None:
    paperctl, (a, b, *_) = four
    Path("p").write_text(f"merge {a} {b}\n")
    before = stored(tmp_path)
    ran = paperctl("dedupe", *options)
    assert ran.status == 2 and len(ran.err.splitlines()) == 1
    assert stored(tmp_path) == before and Path("p").read_text() == f"merge {a} {b}\n"


@pytest.mark.parametrize(
    ("plan", "named"),
    [
        ("merge {0} {1}\nmerge {1} {2}\ndistinct {0} {2}\n", ["lines 1 and 2", "line 3", "{0}", "{2}"]),
        ("distinct {2} {0}\n\nmerge {0} {1} {2}\n", ["line 3", "line 1", "distinct"]),
        ("merge {0} {1}\nversion {1} {0}\n", ["line 1", "line 2", "version"]),
        ("version {0} {1}\n# so\ndistinct {0} {1}\n", ["line 1", "line 3", "version", "distinct"]),
        ("merge {0} {1}\nversion {0} {2}\ndistinct {1} {2}\n", ["line 2", "line 3"]),
    ],
)
def test_lines_that_contradict_each_other_are_refused(
    four: Four, tmp_path: Path, plan: str, named: list[str]
) -> None:
    paperctl, ids = four
    before = stored(tmp_path)
    for options in ([], ["-n"]):
        ran = applied(paperctl, plan.format(*ids), *options)
        assert ran.status == 2 and stored(tmp_path) == before
        assert all(part.format(*ids) in ran.err for part in ["plan.txt", "take one", *named])


def test_the_newest_word_on_a_pair_holds_but_not_by_way_of_a_third(four: Four, tmp_path: Path) -> None:
    paperctl, (a, b, c, _) = four
    applied(paperctl, f"distinct {a} {c}\n")
    before = stored(tmp_path)
    ran = applied(paperctl, f"merge {a} {b}\nmerge {b} {c}\n")
    assert ran.status == 2 and stored(tmp_path) == before
    assert "lines 1 and 2" in ran.err and "distinct before" in ran.err
    hint = re.search(r"add: (merge \w+ \w+)", ran.err)
    assert hint is not None
    assert applied(paperctl, f"merge {a} {b}\nmerge {b} {c}\n{hint[1]}\n").status == 0
    assert len(papers(paperctl)) == 2
    paperctl("undo")
    assert applied(paperctl, f"merge {a} {c}\n").status == 0
    assert len(papers(paperctl)) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("merge {0} {0}", "the same paper"),
        ("merge {0} 10.9999/moth.0#-x", "the same paper"),
        ("distinct {0} {1} {0}", "the same paper"),
        ("merge {0} nosuchpaper", "no paper called 'nosuchpaper'"),
        ("merge {0} abc", "4 characters"),
        ("maybe {0} nosuchpaper", "no paper called"),
        ("merge {0}", "two ids"),
        ("mrege {0} {1}", "'mrege'"),
    ],
)
def test_a_line_that_cannot_be_carried_out_is_named(four: Four, tmp_path: Path, line: str, said: str) -> None:
    paperctl, ids = four
    before = stored(tmp_path)
    ran = applied(paperctl, f"# mine\nversion {ids[2]} {ids[3]}\n{line.format(*ids)}\n")
    assert ran.status == 2 and "plan.txt line 3: " in ran.err and said in ran.err
    assert stored(tmp_path) == before


def test_prefixes_dois_and_merged_ids_name_papers_in_a_plan(four: Four) -> None:
    paperctl, (a, b, c, d) = four
    ran = applied(paperctl, f"\ufeffmerge {a[:6]} https://doi.org/10.9999/MOTH.1#-x # why not\n")
    assert "1 merged" in ran.err, ran.err
    kept = next(record for record in papers(paperctl).values() if len(record["sources"]) == 2)  # type: ignore[arg-type]
    gone = b if kept["id"] == a else a
    ran = paperctl("dedupe", "--apply", "-", stdin=f"merge {gone[:8]} {kept['id']}\n")
    assert ran.status == 0 and "0 merged" in ran.err
    ran = paperctl("dedupe", "--apply", "-", stdin=f"merge {gone[:8]} {c}\nversion {gone} {d}\n")
    assert ran.status == 0 and len(papers(paperctl)) == 2
    assert papers(paperctl)[d]["versions"]
    ran = paperctl("dedupe", "--apply", "-", stdin="merge nope nada\n")
    assert ran.status == 2 and "stdin line 1" in ran.err


def test_a_plan_goes_to_stdout_and_over_nothing_but_a_plan(four: Four, tmp_path: Path) -> None:
    paperctl, _ = four
    ran = paperctl("dedupe", "--plan", "-")
    assert ran.out.startswith("# paperctl plan") and "stdout" in ran.err
    assert not (tmp_path / "-").exists()
    plan = tmp_path / "plan.txt"
    for _ in range(2):
        assert paperctl("dedupe", "--plan", plan).status == 0
    assert plan.read_text(encoding="utf-8") == ran.out
    diary, link = tmp_path / "diary.txt", tmp_path / "link.txt"
    diary.write_text("Dear diary\n")
    link.symlink_to(diary)
    for path in (diary, link):
        ran = paperctl("dedupe", "--plan", path)
        assert ran.status == 2 and "--force" in ran.err and diary.read_text() == "Dear diary\n"
    assert paperctl("dedupe", "--plan", link, "--force").status == 0
    assert link.is_symlink() and diary.read_text().startswith("# paperctl plan")
    ran = paperctl("dedupe", "--plan", tmp_path / "none" / "plan.txt")
    assert ran.status == 1 and "none/plan.txt: No such file" in ran.err
    assert paperctl("dedupe", "--plan", tmp_path).status == 1


def test_distinct_unlinks_versions_and_one_undo_links_them_again(four: Four) -> None:
    paperctl, (a, b, c, _) = four
    applied(paperctl, f"version {a} {b} {c}\n")
    assert papers(paperctl)[a]["versions"] == [b, c]
    would = applied(paperctl, f"distinct {a} {b}\n", "-n")
    assert "1 would be unlinked" in would.err and papers(paperctl)[a]["versions"] == [b, c]
    ran = applied(paperctl, f"distinct {a} {b}\n")
    assert "0 merged, 0 linked as versions, 1 kept apart, 1 unlinked" in ran.err
    assert papers(paperctl)[a]["versions"] == [c] and papers(paperctl)[b]["versions"] == [c]
    paperctl("dedupe")
    assert papers(paperctl)[a]["versions"] == [c]
    paperctl("undo")
    assert papers(paperctl)[a]["versions"] == [b, c] and papers(paperctl)[b]["versions"] == [a, c]


def test_a_link_to_a_paper_that_a_plan_merges_leads_to_what_it_went_into(four: Four) -> None:
    paperctl, (a, b, c, d) = four
    applied(paperctl, f"version {b} {d}\n")
    kept = sorted((a, b), key=[*papers(paperctl)].index)[0]
    applied(paperctl, f"merge {a} {b}\n")
    assert papers(paperctl)[d]["versions"] == [kept]
    applied(paperctl, f"distinct {b} {d}\n")  # by the id that a merged paper had
    now = papers(paperctl)
    assert (now[d]["versions"], now[kept]["versions"]) == ([], [])
    for _ in range(3):
        paperctl("undo")
    assert all(not record["versions"] for record in papers(paperctl).values()) and c in papers(paperctl)


def test_a_version_found_by_rule_stays_unlinked_once_called_distinct(paperctl: Paperctl) -> None:
    paper = {"title": TITLES[0], "authors": ["Ada Winter"], "year": 2020}
    dump = lines(
        {**paper, "doi": "10.9999/a", "venue": "ICCV"}, {**paper, "doi": "10.9999/b", "venue": "CVPR"}
    )
    paperctl("load", "-", stdin=dump)
    a, b = paperctl("list", "--ids").out.split()
    assert papers(paperctl)[a]["versions"] == [b]
    assert "1 unlinked" in applied(paperctl, f"distinct {a} {b}\n").err
    paperctl("dedupe")
    assert papers(paperctl)[a]["versions"] == [] == papers(paperctl)[b]["versions"]


def test_what_was_called_distinct_is_not_linked_by_way_of_its_duplicate(paperctl: Paperctl) -> None:
    paper = {"title": TITLES[0], "authors": ["Ada Winter"], "year": 2020}
    twice = [{**paper, "doi": "10.9999/a", "venue": "ICCV"}] * 2
    dump = lines(*twice, {**paper, "doi": "10.9999/b", "venue": "CVPR"})
    paperctl("load", "--no-dedupe", "-", stdin=dump)
    a, _, c = paperctl("list", "--ids").out.split()
    applied(paperctl, f"distinct {a} {c}\n")
    ran = paperctl("dedupe")
    assert "1 merged, 0 linked" in ran.err
    assert [record["versions"] for record in papers(paperctl).values()] == [[], []]


def test_a_written_plan_says_distinct_only_of_what_was_called_so(paperctl: Paperctl) -> None:
    twice = [{"title": TITLES[0], "authors": ["Ada Winter"], "year": 2020, "doi": "10.9999/a"}] * 2
    paperctl("load", "--no-dedupe", "-", stdin=lines(*twice, {"title": TITLES[1]}))
    a, b, c = paperctl("list", "--ids").out.split()
    applied(paperctl, f"version {a} {c}\ndistinct {b} {c}\n")
    plan = [line.split()[:3] for line in paperctl("dedupe", "--plan", "-").out.splitlines()[1:]]
    assert plan == [["merge", a, b], ["distinct", b, c]]
    said = Path("store/corrections.jsonl").read_bytes()
    applied(paperctl, f"distinct {b} {c}\n")  # the merge taken out: the link stays, nothing new is said
    assert papers(paperctl)[c]["versions"] == [a] and Path("store/corrections.jsonl").read_bytes() == said
    assert "1 unlinked" in paperctl("dedupe").err and papers(paperctl)[c]["versions"] == []


def test_a_beginning_of_two_ids_lists_both(paperctl: Paperctl) -> None:
    many = lines(*({"title": f"Notes on the moth of field {n}"} for n in range(3000)))
    paperctl("load", "--no-dedupe", "--no-tag", "-", stdin=many)
    ids = sorted(paperctl("list", "--ids").out.split())
    one, other = next(pair for pair in pairwise(ids) if pair[0][:4] == pair[1][:4])
    ran = applied(paperctl, f"merge {one[:4]} {ids[0]}\n")
    assert ran.status == 2 and "line 1" in ran.err and one in ran.err and other in ran.err


@pytest.mark.parametrize("verb", ["distinct", "version"])
def test_what_is_one_paper_is_not_called_two(four: Four, tmp_path: Path, verb: str) -> None:
    paperctl, (a, b, *_) = four
    applied(paperctl, f"merge {a} {b}\n")
    before = stored(tmp_path)
    ran = applied(paperctl, f"{verb} {a} {b}\n")
    (line,) = ran.err.splitlines()
    assert ran.status == 2 and "plan.txt line 1" in line and "one paper now" in line
    assert re.search(r"paperctl dedupe split \w+", line) and stored(tmp_path) == before


def test_decisions_that_differ_are_named_with_the_one_that_holds(paperctl: Paperctl) -> None:
    same = {"title": TITLES[0], "authors": ["Ada Winter"], "year": 2020, "venue": "Moth Letters"}
    paperctl("load", "--no-dedupe", "-", stdin=lines(same, {**same, "title": TITLES[0].upper()}))
    a, b = paperctl("list", "--ids").out.split()
    paperctl("mark", "skip", b)
    paperctl("mark", "keep", a)
    said = f"{a} keep, {b} skip: decided on differently; keep, the last one, holds"
    Path("plan.txt").write_text(f"merge {a} {b}\n")
    for options in (["-n"], ["--explain", "-n"], ["--apply", "plan.txt", "-n"], ["--plan", "-"]):
        assert f"would be merged: {said}" in paperctl("dedupe", *options).err
    for options in (["--apply", "plan.txt"], []):
        assert f"\nmerged: {said}" in "\n" + paperctl("dedupe", *options).err
        assert [record["decision"] for record in papers(paperctl).values()] == ["keep"]
        paperctl("undo")
    paperctl("mark", "clear", b)
    assert f"{b} clear: decided on differently; clear, the last one" in paperctl("dedupe").err
    assert [record["decision"] for record in papers(paperctl).values()] == [None]


# ---- a threshold -------------------------------------------------------------------------------------


def test_a_threshold_does_not_outrank_a_veto(paperctl: Paperctl) -> None:
    same = {"title": TITLES[0], "venue": "Moth Letters", "volume": "3", "pages": "11-19", "year": 2020}
    first = {**same, "pages": "11", "authors": ["Ada Winter"]}
    paperctl("load", "-", stdin=lines(first, {**first, "authors": ["Boris Summer"]}))
    (doubt,) = paperctl("dedupe", "--json").json["maybe"]
    assert any(part.startswith("veto") for part in doubt["evidence"])
    ran = paperctl("dedupe", "--yes-above", "0.1")
    assert len(papers(paperctl)) == 2 and "1 doubtful" in ran.err


def test_a_threshold_does_not_make_one_of_two_titles(paperctl: Paperctl) -> None:
    same = {"year": 2020, "venue": "Moth Letters", "doi": "10.9999/one"}
    paperctl("load", "-", stdin=lines(*({**same, "title": title} for title in TITLES[:2])))
    (doubt,) = paperctl("dedupe", "--json").json["maybe"]
    assert doubt["score"] == 0.5
    paperctl("dedupe", "--yes-above", "0.51")
    assert len(papers(paperctl)) == 2


def test_a_threshold_does_not_bridge_papers_that_are_distinct(paperctl: Paperctl) -> None:
    ada, unknown, boris = ["Ada Winter"], list[str](), ["Boris Summer"]
    dump = lines(
        *(
            {"title": title, "authors": authors, "year": 2020, "doi": "10.9999/one"}
            for title, authors in zip(TITLES, (ada, unknown, boris), strict=False)
        )
    )
    paperctl("load", "-", stdin=dump)
    asked = paperctl("dedupe", "--json").json["maybe"]
    assert len(asked) == 2 and len({i for maybe in asked for i in maybe["ids"]}) == 3
    ran = paperctl("dedupe", "--yes-above", "0.01")
    assert len(papers(paperctl)) == 2 and "1 merged" in ran.err and "1 doubtful" in ran.err
    paperctl("dedupe", "--yes-above", "0.01")
    assert len(papers(paperctl)) == 2
