"""docs/deduplication.md: keys and verdicts in another engine find what paperctl finds."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.conftest import Paperctl

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deduplication.md").read_text(encoding="utf-8")


def test_a_join_by_key_in_sqlite_finds_what_a_pass_finds(paperctl: Paperctl) -> None:
    dumps = [path for path in (ROOT / "examples").iterdir() if path.suffix != ".sh"]
    assert paperctl("load", "--no-dedupe", *dumps).status == 0
    (script,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    listed = paperctl("list", "--jsonl").out
    ran = subprocess.run(
        [sys.executable, "-c", script], input=listed, capture_output=True, text=True, check=True, cwd=ROOT
    )
    said = [line.split("\t")[:3] for line in ran.stdout.splitlines()]
    (found,) = paperctl("dedupe", "-n", "--json").records
    assert found["merge"]
    assert joined(pair for kind, *pair in said if kind == "duplicate") == joined(found["merge"])


def joined(groups: Iterable[Iterable[str]]) -> set[frozenset[str]]:
    """The groups, those that share a member as one."""
    home: dict[str, frozenset[str]] = {}
    for group in groups:
        whole = frozenset(known for member in group for known in home.get(member, {member}))
        home.update(dict.fromkeys(whole, whole))
    return set(home.values())
