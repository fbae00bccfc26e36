"""A last line of decisions or corrections that cannot be read is reported, set aside once, and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Paperctl


def first_id(paperctl: Paperctl) -> str:
    return paperctl("list", "--ids", "--limit", "1").out.strip()


def aside(store: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (store / "damaged.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(
    "damage", ['{"at":"2026-01-01T00:00:00.0Z","set":{"aa', "my notes, pasted here", "{}\n"]
)
@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("decisions.jsonl", ("mark", "keep", "{id}")),
        ("corrections.jsonl", ("tag", "add", "peft", "--", "{id}")),
    ],
)
def test_a_damaged_last_line_is_reported_and_set_aside(
    loaded: Paperctl, tmp_path: Path, file: str, command: tuple[str, ...], damage: str
) -> None:
    paper = first_id(loaded)
    run = [part.format(id=paper) for part in command]
    (tmp_path / "store" / file).write_text(damage)
    checked = loaded("check")
    assert file in checked.out + checked.err
    assert file in loaded("list", "--limit", "1").err
    assert loaded(*run).status == 0
    if damage.endswith("\n"):  # a whole line stays where it is until it is repaired
        assert damage in (tmp_path / "store" / file).read_text()
        assert loaded("check", "--repair").status == 0
    assert aside(tmp_path / "store") == [{"file": file, "line": damage.rstrip("\n")}]
    assert loaded("check").status == 0
    assert len((tmp_path / "store" / file).read_text().splitlines()) == 1


def test_a_repair_that_runs_twice_sets_a_line_aside_once(loaded: Paperctl, tmp_path: Path) -> None:
    decisions = tmp_path / "store" / "decisions.jsonl"
    for _ in range(2):
        decisions.write_text("not an event\n")
        assert loaded("check", "--repair").status == 0
    assert aside(tmp_path / "store") == [{"file": "decisions.jsonl", "line": "not an event"}]
