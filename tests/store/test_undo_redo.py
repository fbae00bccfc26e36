"""`undo`, `undo N`, `undo ID`, `undo --to ID` and `redo`: nothing is lost on the way there and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperctl.store import Store
from tests.conftest import Paperctl


def state(store: Path) -> list[str]:
    papers = list(Store(store).papers())
    return [json.dumps(paper, sort_keys=True) for paper in papers]


@pytest.fixture
def steps(loaded: Paperctl, tmp_path: Path) -> list[list[str]]:
    """A store after a load, and its states after each of four further changes."""
    store = tmp_path / "store"
    a, b = loaded("list", "--ids").out.split()[:2]
    merged = next(p["id"] for p in Store(store).papers() if len(p["sources"]) > 1)
    found = [state(store)]
    for command in (
        ("mark", "keep", a, "--note", "good"),
        ("tag", "add", "foundation-models", "--", b),
        ("dedupe", "split", merged),
        ("mark", "skip", b),
    ):
        assert loaded(*command).status == 0
        assert state(store) != found[-1]
        found.append(state(store))
    return found


def test_each_step_back_and_forth(loaded: Paperctl, steps: list[list[str]], tmp_path: Path) -> None:
    store = tmp_path / "store"
    for before in steps[-2::-1]:
        assert loaded("undo").status == 0
        assert state(store) == before
    for after in steps[1:]:
        assert loaded("redo").status == 0
        assert state(store) == after
    assert "nothing" in loaded("redo").err
    loaded("undo", len(steps) - 1)
    assert state(store) == steps[0]


def test_what_the_log_shows_names_a_change(loaded: Paperctl, steps: list[list[str]], tmp_path: Path) -> None:
    shown = [line.split("  ")[0] for line in loaded("log").out.splitlines()]
    assert len(set(shown)) == len(shown) == 5 and not any(" " in name for name in shown)
    for number, name in enumerate(shown, start=1):
        for spelling in (name, name.replace("T", " ")):
            assert len(loaded("undo", "-n", spelling).err.splitlines()) == number, spelling
    several = loaded("undo", "-n", shown[0][:4])
    assert several.status == 2 and "mark skip" in several.err and "dedupe split" in several.err


def test_several_at_once_and_back_to_a_change(
    loaded: Paperctl, steps: list[list[str]], tmp_path: Path
) -> None:
    store = tmp_path / "store"
    log = [json.loads(line) for line in loaded("log", "--json").out.splitlines()]  # newest first
    assert "would undo" in loaded("undo", "-n", 2).err and state(store) == steps[-1]
    loaded("undo", 2)
    assert state(store) == steps[-3]
    loaded("undo", "--to", log[-2]["at"])
    assert state(store) == steps[1]
    loaded("undo", log[-2]["at"])
    assert state(store) == steps[0]


def test_several_are_done_again_at_once(loaded: Paperctl, steps: list[list[str]], tmp_path: Path) -> None:
    store = tmp_path / "store"
    undone = loaded("undo", 4, "--json").records
    assert loaded("redo", 5).status == 2 and state(store) == steps[-5]
    again = loaded("redo", 3, "--json").records
    assert [change["at"] for change in again] == [change["at"] for change in undone[:0:-1]]
    assert [set(change) for change in again] == [set(change) for change in undone[1:]]
    assert state(store) == steps[-2]
    assert loaded("redo", 2).status == 2 and state(store) == steps[-2]
    loaded("undo", 2)
    assert loaded("redo", 3).status == 0 and state(store) == steps[-1]


def test_another_change_ends_what_can_be_done_again(
    loaded: Paperctl, steps: list[list[str]], tmp_path: Path
) -> None:
    loaded("undo")
    paper = loaded("list", "--ids").out.split()[2]
    loaded("mark", "maybe", paper)
    before = state(tmp_path / "store")
    assert "nothing" in loaded("redo").err and state(tmp_path / "store") == before


def test_too_many_and_unknown_changes_are_refused(loaded: Paperctl, steps: list[list[str]]) -> None:
    for arguments in (("999",), ("2001-01-01",), ("--to", "1999")):
        assert loaded("undo", *arguments).status == 2


def test_history_keeps_what_the_setting_says_and_never_less_than_ten(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    (tmp_path / "paperctl.yaml").write_text("history: {keep: 12, keep_mb: 0}\n")
    for n in range(15):
        (tmp_path / "one.jsonl").write_text(json.dumps({"title": f"A paper on widgets number {n}"}) + "\n")
        paperctl("load", "--no-dedupe", tmp_path / "one.jsonl")
    assert len(list((tmp_path / "store" / "history").glob("*.jsonl"))) == 10
    assert len(paperctl("list", "--ids").out.split()) == 15
    paperctl("undo", 10)
    assert len(paperctl("list", "--ids").out.split()) == 5
    (tmp_path / "paperctl.yaml").write_text("history: {keep: 12}\n")
    for n in range(20, 36):
        (tmp_path / "one.jsonl").write_text(json.dumps({"title": f"A paper on widgets number {n}"}) + "\n")
        paperctl("load", "--no-dedupe", tmp_path / "one.jsonl")
    assert len(list((tmp_path / "store" / "history").glob("*.jsonl"))) == 12


def test_a_change_that_came_between_is_not_undone(loaded: Paperctl, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    paper = next(store.papers())["id"]
    chosen = store.decide({paper: {"decision": "keep"}}, "mark keep")
    store.decide({paper: {"note": "late"}}, "note")
    assert store.undo(chosen, only_if_last=True) is None
    assert not any(change.undone for change in store.log())
    store.undo()
    undone = store.undo(chosen, only_if_last=True)
    assert undone is not None and undone.at == chosen


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (("mark", "keep", "--alone"), ("note", "TEXT")),
        (("mark", "reading", "--alone"), ("mark", "skip")),
        (("tag", "add", "peft", "--"), ("tag", "remove", "peft", "--")),
    ],
)
def test_what_is_so_already_writes_nothing(
    loaded: Paperctl, tmp_path: Path, first: tuple[str, ...], other: tuple[str, ...]
) -> None:
    paper = next(Store(tmp_path / "store").papers())["id"]
    words = [paper, *other[1:]] if other[0] == "note" else [*other[1:], paper]
    assert loaded(*first, paper).status == 0
    loaded(other[0], *words)
    loaded("undo")
    before = state(tmp_path / "store")
    ran = loaded(*first, paper)
    assert ran.status == 0 and "already" in ran.err and state(tmp_path / "store") == before
    assert loaded("redo").status == 0 and state(tmp_path / "store") != before


def test_a_mark_for_all_versions_can_still_be_made_one_for_this_alone(
    loaded: Paperctl, tmp_path: Path
) -> None:
    paper = next(Store(tmp_path / "store").papers())["id"]
    loaded("mark", "keep", paper)
    assert "already" not in loaded("mark", "keep", paper, "--alone").err


def test_what_was_done_again_says_how_much_it_was(loaded: Paperctl) -> None:
    paper = loaded("list", "--ids", "--limit", "1").out.strip()
    loaded("rm", paper)
    first = loaded("undo").err
    loaded("redo")
    assert "rm, 1 paper (" in first and "rm, 1 paper (" in loaded("undo").err
