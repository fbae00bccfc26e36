"""docs/python.md: its code runs as it stands, in order, and says what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")


def test_the_page_runs(tmp_path: Path, examples: Path) -> None:
    shutil.copytree(examples, tmp_path / "examples")
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.S))
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout.splitlines()
    assert "['Ann Bee', 'Bob Cue'] None 10.1000/182" in said
    assert "[[0, 1]]" in said and "2" in said
    assert any(line.startswith("duplicate ") for line in said)
    (tagged,) = (line for line in said if line.startswith("[('Sparse Adapters for Parsing', "))
    assert "'parsing'" in tagged and "('Whales of the North Sea', [])" in tagged
    assert "read first" in said and "# Worth reading" in said and "mark keep" in said


def test_nothing_heavy_is_imported_before_it_is_used() -> None:
    code = (
        "import sys, paperctl; heavy = {'sklearn', 'numpy', 'rich', 'typer', 'lxml'} & set(sys.modules);"
        "print(sorted(heavy)); print(all(hasattr(paperctl, name) for name in paperctl.__all__))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.stdout.split() == ["[]", "True"], ran.stderr
