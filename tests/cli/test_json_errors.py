"""What a program reads when a command fails: one JSON object on stderr, with a code that stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperctl.errors import CODES
from tests.conftest import Paperctl

FAILING = {
    ("list", "--json", "(lora"): "bad-query",
    ("list", "--jsonl", "titel:lora"): "no-such-field",
    ("list", "--json", "topic:pfet"): "no-such-topic",
    ("list", "--json", "--sort", "yaer"): "no-such-field",
    ("list", "--json", "--limit", "x"): "usage",
    ("show", "--json", "9999"): "no-such-paper",
    ("load", "--json", "--format", "bibtxe", "-"): "no-such-format",
    ("lst", "--json"): "no-such-command",
    ("--config", "none.yaml", "list", "--json"): "bad-config",
    ("load", "--json", "none.bib"): "unreadable",
    ("export", "--json", "-o", "none/papers.json"): "failed",
}


@pytest.mark.parametrize("args", FAILING, ids=" ".join)
def test_an_error_is_one_object_with_its_code(loaded: Paperctl, args: tuple[str, ...]) -> None:
    ran = loaded(*args)
    said = json.loads(ran.err)["error"]
    assert said["code"] == FAILING[args] and said["code"] in CODES
    assert said["message"] and said["status"] == ran.status > 0
    assert loaded(*(a for a in args if a not in ("--json", "--jsonl"))).err.startswith("paperctl: ")


def test_what_was_read_of_a_broken_dump_is_in_the_receipt_and_the_rest_in_the_error(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    dump = tmp_path / "half.jsonl"
    dump.write_text('{"title": "A sound paper on grafting trees"}\n{"title": "broken\n')
    ran = paperctl("load", dump, "--json")
    said = json.loads(ran.err)["error"]
    assert (said["code"], said["status"], ran.status) == ("partly-read", 3, 3)
    assert "half.jsonl line 2" in said["message"] and ran.json["new"] == 1


def test_a_terminal_obeys_nothing_in_an_error(paperctl: Paperctl) -> None:
    ran = paperctl("show", "--json", "ab\x1b]0;x\x07\x9b31m\u202ecd")
    assert ran.err.isascii() and "\x1b" not in ran.err and json.loads(ran.err)
