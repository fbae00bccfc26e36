"""`help`, and that every command explains itself."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer

from paperctl.cli.app import app
from paperctl.cli.examples import EXAMPLES, commands_of
from paperctl.cli.verbs import VERBS
from tests.conftest import Paperctl

DOCS = Path(__file__).parents[2] / "docs"


def test_help_on_a_command_is_its_help(paperctl: Paperctl) -> None:
    for words in (["list"], ["label", "add"], ["query", "save"], ["find"], ["dedupe", "split"]):
        verb = "search" if words == ["find"] else words[0]
        shown = paperctl("help", *words)
        assert shown.status == 0 and shown.out == paperctl(verb, *words[1:], "--help").out


def test_help_on_a_topic_is_its_page(paperctl: Paperctl) -> None:
    page = paperctl("help", "queries").out
    assert "load:2026-01-31" in page and "](" not in page
    assert "Take" in paperctl("help", "topics").out or "topics" in paperctl("help", "topics").out
    alone = paperctl("help").out
    assert all(topic in alone for topic in ("queries", "screening", "store", *VERBS))
    for wrong in (["querries"], ["labl"], ["label", "ad"]):
        ran = paperctl("help", *wrong)
        assert ran.status == 2 and "did you mean" in ran.err


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_has_help(paperctl: Paperctl, verb: str) -> None:
    ran = paperctl("help", verb)
    assert ran.status == 0 and ran.out.startswith(f"Usage: paperctl {verb}")


def every_command() -> list[tuple[str, Any]]:
    return list(commands_of(typer.main.get_command(app), iter(VERBS)))


def test_every_command_has_examples_and_they_can_be_typed(paperctl: Paperctl) -> None:
    commands = dict(every_command())
    assert set(commands) == set(EXAMPLES)
    for name, lines in EXAMPLES.items():
        assert lines[0] in paperctl(*name.split(), "--help").out
        for line in lines:
            for part in re.findall(r"paperctl ((?:[^|>\"']|'[^']*'|\"[^\"]*\")+)", line):
                words = shlex.split(part.removesuffix(")"))
                known = " ".join(words[:2]) if " ".join(words[:2]) in commands else words[0]
                command = commands[known]
                command.make_context(known, words[len(known.split()) :], resilient_parsing=False).close()


def test_the_page_of_commands_and_the_manual_name_every_command() -> None:
    made = runpy.run_path(str(DOCS / "reference.py"))
    page, manual = made["page"](), made["manual"]()
    for name, _ in every_command():
        assert f"\n## paperctl {name}\n" in page and f".SH PAPERCTL {name.upper()}\n" in manual
    assert (DOCS / "commands.md").is_file() and (DOCS / "man" / "paperctl.1").is_file()


@pytest.mark.skipif(not shutil.which("man"), reason="no man here")
def test_the_manual_can_be_read() -> None:
    ran = subprocess.run(
        ["man", "--warnings", "-l", str(DOCS / "man" / "paperctl.1")],
        capture_output=True, text=True, env={**os.environ, "MANWIDTH": "80", "PAGER": "cat"},
    )  # fmt: skip
    assert ran.returncode == 0 and "PAPERCTL LABEL ADD" in ran.stdout and "warning" not in ran.stderr
