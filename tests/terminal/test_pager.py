"""The pager: on a terminal, for what is longer than it, and never in a pipe."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.conftest import Paperctl


@pytest.fixture
def many(paperctl: Paperctl, tmp_path: Path) -> Paperctl:
    lines = [json.dumps({"title": f"Paper number {n} of tides", "year": 2000 + n}) for n in range(40)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n")
    assert paperctl("load", "--no-dedupe", tmp_path / "many.jsonl").status == 0
    return paperctl


def on_terminal(tmp_path: Path, *args: str, **variables: str) -> Any:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\nsed 's/^/PAGED /'\n")
    pager.chmod(0o755)
    environment = {**os.environ, "TERM": "xterm", "PAGER": str(pager), "NO_COLOR": "1", **variables}
    return pexpect.spawn(
        sys.executable, ["-m", "paperctl", *args], env=environment, timeout=30, encoding="utf-8",
        dimensions=(24, 100),
    )  # fmt: skip


def printed(child: Any) -> str:
    text: str = child.read()
    child.close()
    assert child.exitstatus == 0
    return text


def test_what_is_longer_than_the_screen_goes_to_the_pager(many: Paperctl, tmp_path: Path) -> None:
    text = printed(on_terminal(tmp_path, "list"))
    assert text.count("PAGED ") == 41 and text.count("tides") == 40
    assert "PAGED" not in printed(on_terminal(tmp_path, "list", "--limit", "5"))
    assert "PAGED" in printed(on_terminal(tmp_path, "help", "queries"))


@pytest.mark.parametrize(
    ("args", "variables"),
    [
        (["--no-pager", "list"], {}), (["list", "--no-pager"], {}), (["list"], {"PAGER": "cat"}),
        (["list"], {"PAPERCTL_PAGER": ""}), (["list"], {"PAGER": "no-such-pager"}),
        (["list"], {"PAPERCTL_CORE_PAGER": "cat"}), (["list"], {"TERM": "dumb"}), (["list", "--tsv"], {}),
    ],
)  # fmt: skip
def test_no_pager_where_none_is_wanted(
    many: Paperctl, tmp_path: Path, args: list[str], variables: dict[str, str]
) -> None:
    text = printed(on_terminal(tmp_path, *args, **variables))
    assert "PAGED" not in text and text.count("tides") == 40


def test_a_reader_who_leaves_early_ends_the_command_well(many: Paperctl, tmp_path: Path) -> None:
    text = printed(on_terminal(tmp_path, "list", PAPERCTL_PAGER="head -3"))
    assert text.count("tides") == 2


def test_a_pipe_has_no_pager(many: Paperctl) -> None:
    assert many("list").out.count("tides") == 40


def test_the_last_line_counts(many: Paperctl, tmp_path: Path) -> None:
    assert "5 of 40 papers" in printed(on_terminal(tmp_path, "list", "--limit", "5"))
    assert "7 of 10 papers" in printed(on_terminal(tmp_path, "list", "year:2010..2019", "--limit", "7"))
    assert "1 paper\r\n" in printed(on_terminal(tmp_path, "list", "year:2010"))
    assert many("list", "--limit", "5").err == ""
