"""One field of the wrong kind in one line costs a note on that line; every command goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from paperctl.record.fields import KEYS
from tests.conftest import Paperctl

WRONG: list[tuple[str, Any]] = [
    ("topics", None),
    ("topics", ["llm", 7]),
    ("topic_scores", {"llm": "high"}),
    ("extra", ["a", "list"]),
    ("authors", "Ann Bee"),
    ("authors", [None]),
    ("year", "2020"),
    ("title", 7),
    ("abstract", ["a"]),
    ("code_urls", None),
    ("has_code", None),
    ("versions", {}),
    ("sources", [{}]),
    ("sources", None),
    ("added", 2020),
    ("note", 5),
    ("reason", 5),
    ("stage", 7),
    ("citekey", ["a"]),
    ("status", 7),
    ("filled", 7),
    ("labels", [7]),
    ("work", 7),
    ("decided_by", 7),
    ("agreement", 7),
    ("votes", 7),
    ("early_votes", 7),
    ("corrections", 7),
]
COMMANDS = (
    ("list",),
    ("list", "lora", "--sort", "-year", "-f", "table"),
    ("search", "adaptation"),
    ("show", "{other}"),
    ("stats", "--json"),
    ("topics",),
    ("topics", "explain", "{other}"),
    ("export", "-f", "bibtex"),
    ("export", "-f", "markdown"),
    ("export", "-f", "html"),
    ("dedupe", "-n"),
    ("mark", "keep", "{other}"),
    ("tag", "add", "peft", "--", "{other}"),
    ("label", "add", "x", "--", "{other}"),
    ("rm", "--yes", "{other}"),
    ("undo",),
    ("tag",),
    ("dedupe",),
    ("log",),
    ("undo",),
    ("load", "{examples}/library.bib"),
)


def test_every_field_of_a_paper_is_tried() -> None:
    assert {name for name, _ in WRONG} >= {*KEYS} - {
        "id",
        "schema",
        "decision",
        "keywords",
        *["doi", "url", "venue", "arxiv_id"],
    }


@pytest.mark.parametrize(
    ("name", "value"), WRONG, ids=lambda v: json.dumps(v) if not isinstance(v, str) else v
)
def test_every_command_goes_on(
    loaded: Paperctl, examples: Path, tmp_path: Path, name: str, value: Any
) -> None:
    papers = tmp_path / "store" / "papers.jsonl"
    lines = [json.loads(line) for line in papers.read_text().splitlines()]
    lines[0][name] = value
    papers.write_text("".join(json.dumps(line) + "\n" for line in lines))
    ids = [line["id"] for line in lines]
    said = ""
    for command in COMMANDS:
        ran = loaded(*(part.format(other=ids[1], examples=examples) for part in command))
        assert ran.status == 0, (command, ran.err)
        said += ran.err
    assert "line 1" in said and name in said
    assert set(loaded("list", "--ids").out.split()) == {*ids}
    assert loaded("check", "--repair").status == 0 and loaded("check").status == 0
