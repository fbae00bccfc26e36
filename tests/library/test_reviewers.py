"""Several reviewers on one store: who said what, where they agree, and who settles it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperctl.library.agreement import cohens_kappa
from tests.conftest import Paperctl

TITLES = (
    "Whales of the cold seas and their songs",
    "Bees in the fields of the dry South",
    "Owls that hunt over the snow of the East",
    "Moths at the lamps of a western harbour",
)


@pytest.fixture
def four(paperctl: Paperctl, tmp_path: Path) -> tuple[Paperctl, list[str]]:
    papers = ({"title": t, "authors": ["Ada Winter"], "year": 2020} for t in TITLES)
    (tmp_path / "four.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    assert paperctl("load", tmp_path / "four.jsonl").status == 0
    return paperctl, paperctl("list", "--ids").out.split()


def by(paperctl: Paperctl, name: str, decision: str, *args: str) -> None:
    ran = paperctl("--reviewer", name, "mark", decision, *args)
    assert ran.status == 0, ran.err


def one(paperctl: Paperctl, paper: str) -> dict[str, object]:
    found: dict[str, object] = paperctl("show", paper, "--json").json
    return found


def test_every_decision_bears_a_name(
    four: tuple[Paperctl, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paperctl, ids = four
    by(paperctl, "Ann", "keep", ids[0])
    monkeypatch.setenv("PAPERCTL_REVIEWER", "Bob")
    paperctl("mark", "skip", ids[1])
    monkeypatch.delenv("PAPERCTL_REVIEWER")
    monkeypatch.setenv("LOGNAME", "cleo")
    paperctl("mark", "skip", ids[2])
    events = [json.loads(line) for line in (tmp_path / "store" / "decisions.jsonl").read_text().splitlines()]
    assert [event["by"] for event in events] == ["Ann", "Bob", "cleo"]
    assert one(paperctl, ids[0])["decided_by"] == ["Ann"] and one(paperctl, ids[3])["decided_by"] == []
    assert paperctl("list", "reviewer:ann", "--ids").out.split() == [ids[0]]
    log = [json.loads(line) for line in paperctl("log", "--json").out.splitlines()]
    assert [change["by"] for change in log[:3]] == ["cleo", "Bob", "Ann"]
    assert "by Ann" in paperctl("log").out


def test_two_decisions_are_an_agreement_or_a_conflict(four: tuple[Paperctl, list[str]]) -> None:
    paperctl, ids = four
    for name, first, second in (("Ann", "keep", "keep"), ("Bob", "keep", "skip")):
        by(paperctl, name, first, ids[0])
        by(paperctl, name, second, ids[1], "--reason", f"so says {name}")
    assert one(paperctl, ids[0])["agreement"] == "agreed" and one(paperctl, ids[0])["decision"] == "keep"
    split = one(paperctl, ids[1])
    assert (split["agreement"], split["decision"]) == ("conflict", "maybe")
    assert split["decided_by"] == ["Ann", "Bob"] and split["votes"] == {"Ann": "keep", "Bob": "skip"}
    assert paperctl("list", "decision:conflict", "--ids").out.split() == [ids[1]]
    by(paperctl, "Cleo", "skip", ids[1], "--reason", "settled")
    settled = one(paperctl, ids[1])
    assert (settled["agreement"], settled["decision"], settled["reason"]) == ("resolved", "skip", "settled")
    assert settled["decided_by"] == ["Ann", "Bob", "Cleo"]
    assert not paperctl("list", "decision:conflict", "--ids").out
    paperctl("undo")
    assert one(paperctl, ids[1])["agreement"] == "conflict"


def test_one_of_the_two_may_settle_it_with_their_own_word_again(four: tuple[Paperctl, list[str]]) -> None:
    paperctl, ids = four
    by(paperctl, "Ann", "keep", ids[0])
    by(paperctl, "Bob", "skip", ids[0])
    by(paperctl, "Ann", "keep", ids[0])
    found = one(paperctl, ids[0])
    assert (found["agreement"], found["decision"]) == ("resolved", "keep")
    assert "nothing to change" in paperctl("--reviewer", "Ann", "mark", "keep", ids[0]).err


def test_a_changed_mind_is_no_conflict_and_a_maybe_gives_way(four: tuple[Paperctl, list[str]]) -> None:
    paperctl, ids = four
    by(paperctl, "Ann", "skip", ids[0], "--reason", "too old")
    by(paperctl, "Ann", "keep", ids[0])
    assert one(paperctl, ids[0])["decision"] == "keep" and not one(paperctl, ids[0]).get("reason")
    by(paperctl, "Ann", "maybe", ids[1])
    by(paperctl, "Bob", "skip", ids[1])
    assert one(paperctl, ids[1])["decision"] == "skip" and not one(paperctl, ids[1]).get("agreement")
    by(paperctl, "Ann", "clear", ids[0])
    assert one(paperctl, ids[0])["decision"] is None


def test_notes_of_two_people_stand_side_by_side(four: tuple[Paperctl, list[str]]) -> None:
    paperctl, ids = four
    by(paperctl, "Ann", "keep", ids[0], "--note", "good bees")
    by(paperctl, "Bob", "skip", ids[0], "--note", "wrong bees")
    assert one(paperctl, ids[0])["note"] == "Ann: good bees\nBob: wrong bees"
    # What an editor was given to change comes back with the others' notes in it.
    by(paperctl, "Ann", "keep", ids[0], "--note", "Ann: good bees\nBob: wrong bees\nread twice")
    assert one(paperctl, ids[0])["note"] == "Ann: good bees\nread twice\nBob: wrong bees"


def test_decisions_without_a_name_are_overruled_by_the_next(
    four: tuple[Paperctl, list[str]], tmp_path: Path
) -> None:
    paperctl, ids = four
    event = {
        "at": "2026-01-01T08:00:00Z",
        "did": "mark keep",
        "set": {ids[0]: {"decision": "keep", "note": "old"}},
    }
    (tmp_path / "store" / "decisions.jsonl").write_text(json.dumps(event) + "\n")
    assert one(paperctl, ids[0])["decision"] == "keep" and one(paperctl, ids[0])["decided_by"] == []
    by(paperctl, "Ann", "skip", ids[0])
    found = one(paperctl, ids[0])
    assert (found["decision"], found["note"], found.get("agreement")) == ("skip", "old", None)
    assert paperctl("check").status == 0


def test_kappa_by_the_textbook(four: tuple[Paperctl, list[str]]) -> None:
    # Observed .7, by chance .5: (.7 - .5) / .5 = .4.
    counts = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    kappa = cohens_kappa(counts)
    assert kappa is not None and abs(kappa - 0.4) < 1e-9
    assert cohens_kappa({("yes", "yes"): 3}) is None and cohens_kappa({}) is None
    paperctl, ids = four
    for paper, ann, bob in zip(
        ids, ("keep", "keep", "skip", "skip"), ("keep", "skip", "skip", "skip"), strict=True
    ):
        by(paperctl, "Ann", ann, paper)
        by(paperctl, "Bob", bob, paper)
    (pair,) = paperctl("stats", "--json").json["agreement"]["pairs"]
    assert pair == {"reviewers": ["Ann", "Bob"], "papers": 4, "agreed": 3, "agreement": 0.75, "kappa": 0.5}
    report = paperctl("screen", "report", "--json").json
    assert report["agreement"] == paperctl("stats", "--json").json["agreement"]
    assert "Ann and Bob: 75% of 4 agreed, Cohen's kappa 0.50" in paperctl("screen", "report").out


def test_a_colleagues_file_is_the_colleagues_word(four: tuple[Paperctl, list[str]], tmp_path: Path) -> None:
    paperctl, ids = four
    by(paperctl, "Ann", "keep", ids[0], "--note", "fine")
    rows = "".join(f"{n},{title},Ada Winter,2020,{n % 2},why {n}\n" for n, title in enumerate(TITLES))
    (tmp_path / "bob.csv").write_text("record_id,title,authors,year,asreview_label,asreview_note\n" + rows)
    ran = paperctl("--reviewer", "Bob", "load", "--decisions-only", tmp_path / "bob.csv")
    assert ran.status == 0 and "1 conflict" in ran.err and ids[0] in ran.err
    found = one(paperctl, ids[0])
    assert (found["decision"], found["votes"]) == ("maybe", {"Ann": "keep", "Bob": "skip"})
    assert found["note"] == "Ann: fine\nBob: why 0"
    assert one(paperctl, ids[1])["decided_by"] == ["Bob"]
    paperctl("undo")
    assert one(paperctl, ids[0])["decision"] == "keep" and one(paperctl, ids[1])["decision"] is None


def test_rayyans_file_says_who(four: tuple[Paperctl, list[str]], tmp_path: Path) -> None:
    paperctl, ids = four
    by(paperctl, "Ann", "keep", ids[0])
    notes = 'RAYYAN-INCLUSION: {"Bob"=>"Excluded", "Cleo"=>"Included"}'
    row = notes.replace('"', '""')
    head = "key,title,authors,year,notes"
    (tmp_path / "rayyan.csv").write_text(f'{head}\n1,{TITLES[0]},Ada Winter,2020,"{row}"\n')
    assert paperctl("load", "--decisions-only", tmp_path / "rayyan.csv").status == 0
    assert one(paperctl, ids[0])["votes"] == {"Ann": "keep", "Bob": "skip", "Cleo": "keep"}


def test_an_own_export_of_a_colleague_names_them(four: tuple[Paperctl, list[str]], tmp_path: Path) -> None:
    paperctl, ids = four
    other = tmp_path / "other"
    paperctl("--store", other, "load", tmp_path / "four.jsonl")
    paperctl("--store", other, "--reviewer", "Bob", "mark", "skip", ids[0])
    paperctl("--store", other, "export", "--jsonl", "-o", tmp_path / "bob.jsonl")
    by(paperctl, "Ann", "keep", ids[0])
    assert "1 conflict" in paperctl("load", tmp_path / "bob.jsonl").err
    assert one(paperctl, ids[0])["votes"] == {"Ann": "keep", "Bob": "skip"}


def noted(paperctl: Paperctl, name: str, paper: str, *text: str) -> None:
    assert paperctl("--reviewer", name, "note", paper, *text).status == 0


def test_who_adds_to_a_note_adds_to_their_own_part_of_it(four: tuple[Paperctl, list[str]]) -> None:
    paperctl, ids = four
    for name, text in (("Ann", "ann1"), ("Bob", "bob1"), ("Ann", "ann2")):
        noted(paperctl, name, ids[0], text)
    assert one(paperctl, ids[0])["note"] == "Ann: ann1\nann2\nBob: bob1"
    for name in ("Ann", "Bob"):
        by(paperctl, name, "keep", ids[1], "--note", "good")
    assert one(paperctl, ids[1])["note"] == "Ann: good\nBob: good"


def test_a_note_without_a_name_stays_beside_those_of_people(paperctl: Paperctl) -> None:
    paper = {"title": TITLES[0], "authors": ["Ada Winter"], "year": 2020, "annote": "from the dump"}
    paperctl("load", "-", stdin=json.dumps(paper))
    (only,) = paperctl("list", "--ids").out.split()
    noted(paperctl, "Ann", only, "mine")
    assert one(paperctl, only)["note"] == "from the dump\nmine"
    noted(paperctl, "Ann", only, "--replace", "other")
    assert one(paperctl, only)["note"] == "other"
    paperctl("undo", "2")
    for name in ("Ann", "Bob"):
        by(paperctl, name, "keep", only)
    for text in ("ann adds", "and more"):
        noted(paperctl, "Ann", only, text)
    assert one(paperctl, only)["note"] == "from the dump\nAnn: ann adds\nand more"
    noted(paperctl, "Bob", only, "bob")
    noted(paperctl, "Ann", only, "at last")
    assert one(paperctl, only)["note"] == "from the dump\nAnn: ann adds\nand more\nat last\nBob: bob"


def test_notes_that_a_merge_joined_outlive_the_next_note(
    four: tuple[Paperctl, list[str]], tmp_path: Path
) -> None:
    paperctl, (a, b, *_) = four
    by(paperctl, "Ann", "keep", a, "--note", "good bees")
    by(paperctl, "Bob", "skip", b, "--note", "wrong bees")
    (tmp_path / "plan.txt").write_text(f"merge {a} {b}\n")
    said = paperctl("dedupe", "--apply", tmp_path / "plan.txt").err
    assert "a conflict (Ann keep, Bob skip)" in said and "last word" not in said
    assert one(paperctl, a)["decision"] == "maybe"
    noted(paperctl, "Ann", a, "later")
    note = str(one(paperctl, a)["note"])
    assert all(text in note for text in ("good bees", "wrong bees", "Ann: later"))


def test_ones_own_word_comes_back_with_those_of_others(
    four: tuple[Paperctl, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paperctl, ids = four
    by(paperctl, "Ann", "keep", ids[0], "--note", "good bees")
    by(paperctl, "Bob", "skip", ids[0], "--note", "wrong bees\nall of them")
    whole = one(paperctl, ids[0])
    paperctl("export", "--jsonl", "-o", tmp_path / "both.jsonl")
    paperctl("undo", "2")
    monkeypatch.setenv("PAPERCTL_REVIEWER", "Ann")
    assert "1 conflict" in paperctl("load", tmp_path / "both.jsonl").err
    assert one(paperctl, ids[0])["votes"] == {"Ann": "keep", "Bob": "skip"}
    assert one(paperctl, ids[0])["note"] == whole["note"]
    paperctl("undo")
    by(paperctl, "Ann", "skip", ids[0])
    paperctl("load", tmp_path / "both.jsonl")
    assert one(paperctl, ids[0])["votes"] == {"Ann": "skip", "Bob": "skip"}


@pytest.mark.parametrize("name", ["jsonl", "csv", "bibtex", "ris"])
def test_a_conflict_that_was_settled_comes_back_settled(
    four: tuple[Paperctl, list[str]], tmp_path: Path, name: str
) -> None:
    paperctl, ids = four
    by(paperctl, "Ann", "keep", ids[0], "--stage", "abstract")
    by(paperctl, "Bob", "skip", ids[0], "--reason", "too old")
    by(paperctl, "Cleo", "keep", ids[0], "--reason", "new enough")
    by(paperctl, "Ann", "skip", ids[1], "--stage", "abstract")
    by(paperctl, "Ann", "keep", ids[1], "--stage", "fulltext")
    by(paperctl, "Bob", "skip", ids[1], "--stage", "fulltext", "--reason", "too dull")
    was = [one(paperctl, paper) for paper in ids[:2]]
    assert (was[1]["decision"], was[1]["reason"], was[1]["stage"]) == ("maybe", "too dull", "fulltext")
    counts = paperctl("stats", "--json").json["agreement"]
    paperctl("export", "-f", name, "-o", tmp_path / "out")
    paperctl("undo", "6")
    assert "conflict" in paperctl("load", tmp_path / "out").err
    fields = ("decision", "votes", "decided_by", "agreement", "reason", "stage")
    for before, paper in zip(was, ids, strict=False):
        now = one(paperctl, paper)
        assert {field: now.get(field) for field in fields} == {field: before.get(field) for field in fields}
    assert "Ann: keep; Bob: skip (conflict)" in paperctl("show", ids[1]).out
    assert paperctl("stats", "--json").json["agreement"]["resolved"] == counts["resolved"] == 1
    paperctl("undo")
    assert one(paperctl, ids[0])["decided_by"] == []


@pytest.mark.parametrize("name", ["Doe, Ann", "Ann; Bob", "Ann\x1b[2J", "Ann\nBob"])
def test_a_name_that_would_come_back_as_two_is_refused(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    ran = paperctl("--reviewer", name, "list")
    assert ran.status == 2 and len(ran.err.splitlines()) == 1 and "--reviewer" in ran.err
    (tmp_path / "paperctl.yaml").write_text(f"reviewer: {json.dumps(name)}\n")
    ran = paperctl("list")
    assert ran.status == 2 and "paperctl.yaml line 1" in ran.err
    (tmp_path / "paperctl.yaml").unlink()
    monkeypatch.setenv("PAPERCTL_REVIEWER", name)
    assert paperctl("list").status == 2


def test_a_login_name_is_cleaned(four: tuple[Paperctl, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    paperctl, ids = four
    monkeypatch.setenv("LOGNAME", "Doe, Ann")
    paperctl("mark", "keep", ids[0])
    assert one(paperctl, ids[0])["decided_by"] == ["Doe Ann"]


def test_a_bar_in_a_note_or_label_does_not_part_rayyans_notes(four: tuple[Paperctl, list[str]]) -> None:
    paperctl, ids = four
    by(paperctl, "Ann", "keep", ids[0], "--note", "this | that | RAYYAN-LABELS: none")
    paperctl("label", "add", "a|b", "--", ids[0])
    out = paperctl("export", "-f", "rayyan").out
    assert "RAYYAN-LABELS: a/b | USER-NOTES: this | that / RAYYAN-LABELS: none" in out


def test_a_full_text_stands_above_what_was_said_of_the_abstract(four: tuple[Paperctl, list[str]]) -> None:
    paperctl, ids = four
    for who in ("Ann", "Bob"):
        paperctl("--reviewer", who, "mark", "keep", ids[0])
    paperctl("--reviewer", "Ann", "mark", "skip", ids[0], "--stage", "fulltext")
    found = one(paperctl, ids[0])
    assert (found["decision"], found.get("agreement")) == ("skip", None)
    (pair,) = json.loads(paperctl("stats", "--json").out)["agreement"]["pairs"]
    assert (pair["papers"], pair["agreed"]) == (1, 1)
    # Who speaks after that, without saying of what, may have read it too.
    paperctl("--reviewer", "Bob", "mark", "skip", ids[0])
    paperctl("--reviewer", "Bob", "mark", "keep", ids[0])
    assert one(paperctl, ids[0])["agreement"] == "conflict"


def test_what_settled_the_abstract_does_not_settle_the_full_text(four: tuple[Paperctl, list[str]]) -> None:
    paperctl, ids = four
    paperctl("--reviewer", "Ann", "mark", "keep", ids[0])
    paperctl("--reviewer", "Bob", "mark", "skip", ids[0])
    paperctl("--reviewer", "Cleo", "mark", "keep", ids[0])
    paperctl("--reviewer", "Ann", "mark", "keep", ids[0], "--stage", "fulltext")
    found = one(paperctl, ids[0])
    assert (found["decision"], found["stage"]) == ("keep", "fulltext")
