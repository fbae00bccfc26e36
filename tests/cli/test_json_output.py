"""What `--json` prints is what `paperctl schema` says, for every command that prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer

from paperctl.cli.app import app
from paperctl.cli.schemas import SHAPES
from paperctl.cli.verbs import VERBS
from tests.conftest import Paperctl

WITHOUT = {"mcp", "browse", "completion", "help", "config example", "config edit", "dedupe review"}
"""For people, or not JSON by their nature."""
OPEN = ("record", "papers", "change", "evaluation")
"""Shapes that may have more keys than are named."""


@pytest.fixture
def store(loaded: Paperctl, tmp_path: Path) -> Paperctl:
    """The examples, some decided on, with one paper that was merged."""
    twin = json.dumps({"title": "Pruning orchards by hand in cold springs", "year": 2020})
    (tmp_path / "twins.jsonl").write_text(f"{twin}\n{twin}\n")
    rows = [{"title": f"Soil {n} of orchards and its worms", "label_included": n % 2} for n in range(6)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    (tmp_path / "gold.jsonl").write_text('{"title": "LoRA", "labels": {"peft": 1}}\n')
    assert loaded("load", "twins.jsonl", "rows.jsonl").status == 0
    soil = loaded("list", "--ids", "worms").out.split()
    assert loaded("tag", "add", "peft", "--", *soil).status == 0
    return loaded


CASES = {
    "record": ["list --jsonl", "search lora --jsonl", "show 2106.09685 --json", "export --jsonl"],
    "papers": ["list --json", "search lora --json", "similar 2106.09685 --json", "export --json"],
    "receipt": ["load --json twins.jsonl"],
    "done": [
        "mark --json keep 2106.09685",
        "mark --json keep 2106.09685",
        "tag add --json llm -- 2106.09685",
        "tag forget --json llm -- 2106.09685",
        "label add --json lab -- 2106.09685",
        "label remove --json lab -- 2106.09685",
        "note --json 2106.09685 first",
        "query save --json mine lora",
        "query rm --json mine",
        "rm --json --yes 2106.09685",
        "screen --adopt --json",
    ],
    "note": ["note --json 2106.09685"],
    "opened": ["open --json 2106.09685"],
    "labels": ["label --json"],
    "queries": ["query list --json", "query --json"],
    "change": ["log --json", "undo -n --json", "undo --json", "redo --json"],
    "checked": ["check --json", "check --repair --json"],
    "plan": ["dedupe -n --json", "dedupe --json"],
    "pair": ["dedupe why --json 2106.09685"],
    "titled": ["tag review peft --json", "dedupe split --json TWIN"],
    "bulk": [
        "bulk dedupe --json twins.jsonl -o out --engine duckdb",
        "bulk tag --json twins.jsonl -o tagged",
    ],
    "written": ["audit -o audit --json"],
    "topic": ["topics --json"],
    "pack": ["topics --packs --json"],
    "suggestion": ["topics suggest peft --json"],
    "explanation": ["topics explain --json 2106.09685"],
    "retagged": ["tag --json"],
    "evaluation": ["tag eval --json gold.jsonl"],
    "replay": ["screen --simulate extra.label_included --json soil"],
    "statistics": ["stats --json"],
    "settings": [
        "config get color --json",
        "config set color never --json",
        "config --json",
        "config unset color --json",
    ],
    "mistakes": ["config check --json"],
    "error": ["list --json titel:x"],
}


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_printed_is_what_the_schema_says(store: Paperctl, name: str) -> None:
    schema = store("schema", name).json
    jsonschema.Draft202012Validator.check_schema(schema)
    strict = schema if name in OPEN else closed(schema)
    for command in CASES[name]:
        args = command.split()
        if "TWIN" in args:
            args[args.index("TWIN")] = store("list", "--ids", "source:twins").out.split()[0]
        ran = store(*args)
        printed = ran.err if name == "error" else ran.out
        lines = printed.splitlines() if SHAPES[name].lines or name == "error" else [printed]
        for line in lines:
            jsonschema.validate(json.loads(line), strict)
    assert lines, "the last command printed nothing"


def closed(schema: Any) -> Any:
    """The schema, allowing no key that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(part) for key, part in schema.items()}
    return {"additionalProperties": False, **found} if isinstance(found.get("properties"), dict) else found


def test_every_command_that_prints_prints_json(paperctl: Paperctl) -> None:
    lacking = [name for name, options in commands() if name not in WITHOUT and not options & {"--json"}]
    assert not lacking


def commands() -> list[tuple[str, set[str]]]:
    """Every command with its options; one with commands of its own, too."""
    root: Any = typer.main.get_command(app)
    found: list[tuple[str, Any]] = []
    for verb in VERBS:
        command = root.get_command(None, verb)
        if not hasattr(command, "commands") or command.invoke_without_command:
            found.append((verb, command))
        found += [(f"{verb} {name}", inner) for name, inner in getattr(command, "commands", {}).items()]
    return [(name, {opt for p in command.params for opt in p.opts}) for name, command in found]


def test_the_list_of_schemas_names_each(paperctl: Paperctl) -> None:
    assert [line.split()[0] for line in paperctl("schema").out.splitlines()] == [*SHAPES]
    assert [*paperctl("schema", "--json").json] == [*SHAPES]
    assert "did you mean" in paperctl("schema", "recrod").err
