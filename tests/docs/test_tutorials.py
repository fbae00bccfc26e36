"""The tutorials run as typed, in an empty folder with the example dumps, and print what they show.

Of what is shown, … stands for anything.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("tutorials/weekly-list", "tutorials/prisma", "tutorials/sql", "co-author")


def steps(page: str) -> Iterator[tuple[str, str]]:
    """The commands of a page with what each prints."""
    for block in re.findall(r"^```console\n(.*?)^```", page, re.M | re.S):
        for step in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, shown = step.partition("\n")
            if marker := re.search(r"<<'(\w+)'$", command):
                text, _, shown = shown.partition(f"\n{marker[1]}\n")
                command = f"{command}\n{text}\n{marker[1]}\n"
            yield command, shown


def matches(shown: str, printed: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in shown.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.S) is not None


@pytest.mark.parametrize("name", PAGES)
def test_it_runs_as_typed(name: str, tmp_path: Path, examples: Path) -> None:
    if "sql" in name:
        pytest.importorskip("duckdb")
    pytest.importorskip("matplotlib")
    shutil.copytree(examples, tmp_path / "examples")
    (tmp_path / "bin").mkdir()
    for command, module in (("paperctl", "-m paperctl"), ("python3", "")):
        script = tmp_path / "bin" / command
        script.write_text(f'#!/bin/sh\nexec {sys.executable} {module} "$@"\n')
        script.chmod(0o755)
    known = {n: v for n, v in os.environ.items() if not n.startswith(("PAPERCTL", "XDG"))}
    environment = {
        **known,
        "HOME": str(tmp_path),
        "PAPERCTL_STORE": str(tmp_path / "store"),
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(DOCS.parent),
    }
    count = 0
    for command, shown in steps((DOCS / f"{name}.md").read_text(encoding="utf-8")):
        ran = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert matches(shown, ran.stdout), f"$ {command}\n--- shown\n{shown}\n--- printed\n{ran.stdout}"
        count += 1
    assert count >= 6
