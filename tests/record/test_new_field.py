"""One more line in the table of fields: dumps, queries, sorting, columns, exports and completion know it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import paperctl

LINE = (
    '    Field("publisher", str | None, kind="text", fact=True, listable=True, search=Search(0.5, 0.3),'
    ' column=Column("publisher", least=5)),\n'
)
DUMPS = {
    "a.bib": "@book{a1, title={Sparse Adapters for Trees}, author={Bee, Ann}, publisher={Widget {P}ress}}\n",
    "b.csv": "Title,Publisher\nKelp of the warm seas,Shell & Sons\n",
    "c.jsonl": '{"title": "Whales of the North"}\n',
}
Run = Callable[..., str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A copy of paperctl whose table of fields has one line more, with three papers loaded."""
    home = tmp_path_factory.mktemp("field")
    package = home / "paperctl"
    shutil.copytree(
        Path(paperctl.__file__).parent,
        package,
        ignore=shutil.ignore_patterns("__pycache__"),
        dirs_exist_ok=True,
    )
    table = package / "record" / "fields.py"
    text = table.read_text("utf-8")
    assert text.count('    Field("doi"') == 1
    table.write_text(text.replace('    Field("doi"', LINE + '    Field("doi"'), "utf-8")
    environment = os.environ | {"PYTHONPATH": str(home), "PAPERCTL_STORE": str(home / "store")}

    def paperctl_of(*words: str, **variables: str) -> str:
        command = [sys.executable, "-m", "paperctl", *words]
        ran = subprocess.run(
            command, capture_output=True, text=True, env=environment | variables, cwd=home, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    for name, dump in DUMPS.items():
        (home / name).write_text(dump, "utf-8")
    paperctl_of("load", *DUMPS)
    return paperctl_of


def test_dumps_fill_it(run: Run) -> None:
    papers = json.loads(run("list", "--json"))
    assert [paper["publisher"] for paper in papers] == ["Widget Press", "Shell & Sons", None]
    assert not any("publisher" in paper["extra"] for paper in papers)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("publisher:widget", 1),
        ("publisher:widget,shell", 2),
        ("has:publisher", 2),
        ("no:publisher", 1),
        ("shell", 1),
    ],
)
def test_queries_ask_for_it(run: Run, query: str, found: int) -> None:
    assert len(run("list", query, "--ids").split()) == found


def test_so_do_search_sorting_columns_and_exports(run: Run) -> None:
    assert len(run("search", "widget", "--ids").split()) == 1
    names = run("list", "--sort", "publisher", "--fields", "publisher")
    assert names.splitlines()[:2] == ["Shell & Sons", "Widget Press"]
    assert "publisher" in run("list", "--fields", "title,publisher", "-f", "table")
    assert "Widget Press" in run("show", run("list", "publisher:widget", "--ids").strip())
    for format in ("csv", "jsonl", "bibtex", "ris", "csl-json"):
        assert "Widget Press" in run("export", "-f", format)


def test_completion_and_the_schema_name_it(run: Run) -> None:
    assert '"publisher"' in run("schema", "record")
    assert "publisher:" in run("list", "publ", _PAPERCTL_COMPLETE="fish")
