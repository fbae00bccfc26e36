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


def test_from_the_first_key_to_quit(loaded: Paperctl, tmp_path: Path) -> None:
    window = Window(Store(tmp_path / "store"), columns=120, rows=30, command=COMMAND, TERM="xterm-256color")
    papers = len(loaded("list", "--ids").out.split())
    window.wait(f"1 of {papers}  ")
    window.wait("q quit")
    window.key("/lora\r", f"1 of {len(loaded('list', 'lora', '--ids').out.split())}  ")
    window.key("k", "keep: 1 paper")
    window.key("u", "undone: keep")
    window.key("?", "every paper of the list")
    window.key("k", "keep: 1 paper")
    window.child.send("q")
    while window.read():
        pass
    window.child.close()
    assert window.child.exitstatus == 0 and b"\x1b[?1049l" in window.sent
    assert len(loaded("list", "decision:keep", "--ids").out.split()) == 1


def test_ctrl_c_leaves_at_once(loaded: Paperctl, tmp_path: Path) -> None:
    window = Window(Store(tmp_path / "store"), columns=70, rows=20, command=COMMAND, TERM="xterm-256color")
    window.wait("1 of ")
    window.child.send("\x03")
    while window.read():
        pass
    window.child.close()
    assert window.child.exitstatus is not None
