"""The site is built by one command, which refuses a link that leads nowhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("myst_parser")
pytest.importorskip("furo")
ROOT = Path(__file__).parents[2]
PAGES = ("docs", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
PARTS = (*PAGES, "config.example.yaml", "examples")


def build(root: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(root / "docs" / "build.sh"), str(folder)],
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )


def test_the_site_is_built_and_a_dead_link_is_an_error(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for part in PARTS:
        found = ROOT / part
        (shutil.copytree if found.is_dir() else shutil.copy)(found, copy / part)
    ran = build(copy, tmp_path / "site")
    assert ran.returncode == 0, ran.stderr
    page = (tmp_path / "site" / "docs" / "index.html").read_text(encoding="utf-8")
    assert all(f"tutorials/{name}.html" in page for name in ("weekly-list", "prisma", "sql"))
    dead = "# Questions\n\n[gone](nowhere.md) and [no such heading](store.md#gone)\n"
    (copy / "docs" / "faq.md").write_text(dead)
    ran = build(copy, tmp_path / "site")
    assert ran.returncode != 0 and "nowhere.md" in ran.stderr and "gone" in ran.stderr
