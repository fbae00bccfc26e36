"""`paperctl browse` in a real terminal: the screen as it is drawn, and the terminal whole again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from paperctl.store import Store
from tests.conftest import Paperctl

pytest.importorskip("textual")
pytest.importorskip("pexpect")
pytest.importorskip("pyte")
from tests.screening.test_screening_terminal import Window

COMMAND = [sys.executable, "-m", "paperctl", "browse"]


def opened(store: Path, columns: int, rows: int) -> Window:
    # Textual heeds COLUMNS and LINES, which a runner of tests may have set.
    size = {"COLUMNS": str(columns), "LINES": str(rows)}
    return Window(Store(store), columns, rows, COMMAND, TERM="xterm-256color", **size)


def test_from_the_first_key_to_quit(loaded: Paperctl, tmp_path: Path) -> None:
    window = opened(tmp_path / "store", 120, 30)
    papers = len(loaded("list", "--ids").out.split())
    window.wait(f"1 of {papers}  ")
    window.wait("q quit")
    window.key("/lora\r", f"1 of {len(loaded('list', 'lora', '--ids').out.split())}  ")
    window.key("k", "keep: 1 paper")
    window.key("u", "undone: keep")
    window.key("?", "to the filter; Enter comes back")
    window.key("k", "keep: 1 paper")
    window.child.send("q")
    window.read_to_end()
    window.child.close()
    assert window.child.exitstatus == 0 and b"\x1b[?1049l" in window.sent
    assert len(loaded("list", "decision:keep", "--ids").out.split()) == 1


def test_ctrl_c_leaves_at_once(loaded: Paperctl, tmp_path: Path) -> None:
    window = opened(tmp_path / "store", 70, 20)
    window.wait("1 of ")
    window.child.send("\x03")
    window.read_to_end()
    window.child.close()
    assert window.child.exitstatus is not None
