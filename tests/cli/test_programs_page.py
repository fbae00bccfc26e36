"""What docs/programs.md shows is what the commands print."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from paperctl.errors import CODES
from tests.conftest import Paperctl

PAGE = (Path(__file__).parents[2] / "docs" / "programs.md").read_text(encoding="utf-8")
CHANGING = re.compile(r'(?<="at": ")[^"]+|(?<="hint": ")(?:[^"\\]|\\.)+|\b[0-9a-f]{12}\b')
"""What is another one each time, and a hint, which the page cuts short."""


def test_every_example_prints_what_the_page_shows(loaded: Paperctl) -> None:
    examples = re.findall(r"^\$ paperctl (.*)\n((?:(?!\$|```).*\n)*)", PAGE, re.M)
    assert len(examples) == 4
    for command, shown in examples:
        ran = loaded(*shlex.split(command))
        printed = CHANGING.sub("…", ran.out + ran.err)
        assert printed.startswith(CHANGING.sub("…", shown)), command


def test_the_page_has_every_code(loaded: Paperctl) -> None:
    assert (
        dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", PAGE.split("## Errors")[1].split("## ")[0], re.M))
        == CODES
    )


def test_the_change_that_an_answer_names_can_be_undone(loaded: Paperctl) -> None:
    at = json.loads(loaded("mark", "keep", "2106.09685", "--json").out)["at"]
    assert loaded("undo", at).status == 0 and loaded("list", "decision:keep").out == ""
