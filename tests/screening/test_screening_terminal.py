"""`paperctl screen` and `dedupe review` in a real terminal: the screen, and the terminal whole again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from paperctl.store import Store

from .conftest import OTHERS, StoreOf, record

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")
termios = pytest.importorskip("termios")

COMMAND = [sys.executable, "-m", "paperctl", "screen"]
REVIEW = [*COMMAND[:3], "dedupe", "review"]
FIRST = OTHERS[0][0]
READS = 600
"""So many tries are made to read what a test waits for: a minute where nothing is written."""


class Window:
    """A terminal with `paperctl screen` or another command in it."""

    def __init__(
        self,
        store: Store,
        columns: int = 80,
        rows: int = 24,
        command: Sequence[str] = COMMAND,
        **environment: str,
    ) -> None:
        known = {k: v for k, v in os.environ.items() if not k.startswith(("PAPERCTL_", "XDG_"))}
        self.environment = {
            **known,
            "TERM": "xterm",
            "PAPERCTL_STORE": str(store.folder),
            "XDG_CONFIG_HOME": str(store.folder / "none"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            **environment,
        }
        self.picture = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.picture)
        self.sent = b""
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(rows, columns),
            env=self.environment,
            cwd=str(store.folder),
            timeout=60,
        )
        self.before = termios.tcgetattr(self.child.child_fd)

    def read(self) -> bool:
        """Takes in what has been written; False at the end."""
        try:
            data = self.child.read_nonblocking(1 << 16, timeout=0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.sent += data
        self.stream.feed(data)
        return True

    def wait(self, text: str) -> str:
        """The screen as soon as the text is on it."""
        for _ in range(READS):
            alive = self.read()
            shown = "\n".join(self.picture.display)
            if text in shown:
                return shown
            assert alive, shown
        raise AssertionError(f"{text!r} does not come:\n{shown}")

    def key(self, keys: str, text: str) -> str:
        self.child.send(keys)
        return self.wait(text)

    def read_to_end(self) -> None:
        """Takes in all that is written until the program ends."""
        ended = any(not self.read() for _ in range(READS))
        assert ended, "it does not end:\n" + "\n".join(self.picture.display)

    def end(self) -> tuple[int | None, int | None]:
        """Exit status and signal, once the program has ended; the terminal must be as it was."""
        self.read_to_end()
        assert self.sent.endswith(b"\n") or b"\x1b[?1049l" in self.sent
        assert b"\x1b[?1049l" in self.sent and b"\x1b[?25h" in self.sent
        assert modes(termios.tcgetattr(self.child.child_fd)) == modes(self.before)
        self.child.close()
        return self.child.exitstatus, self.child.signalstatus


def modes(attributes: list[Any]) -> list[Any]:
    """What raw mode changes: input, output, control and local modes."""
    return attributes[:4]


@pytest.fixture
def windows() -> Iterator[list[Window]]:
    opened: list[Window] = []
    yield opened
    for window in opened:
        if window.child.isalive():
            window.child.kill(signal.SIGKILL)
        window.child.close()


def decisions(store: Store) -> list[str]:
    return [r["decision"] for r in Store(store.folder).papers() if r["decision"]]


def test_a_session_from_the_first_paper_to_quit(store_of: StoreOf, windows: list[Window]) -> None:
    store = store_of()
    window = Window(store)
    windows.append(window)
    screen = window.wait(FIRST)
    assert "0 of 13 seen" in screen.splitlines()[0]
    assert "q quit" in screen.splitlines()[-1]
    assert OTHERS[0][1] in screen
    window.key("k", "1 of 13 seen · 1 kept")
    window.key("s", "1 skip in a row")
    window.key("n", "note:")
    window.key("fine\r", "note: fine")
    window.key("u", "undone: note")
    window.key("\x1b[B?", "it comes back later")
    # Resized while it waits: drawn anew, nothing of the old picture stays.
    window.picture.resize(12, 44)
    window.picture.reset()
    window.child.setwinsize(12, 44)
    screen = window.wait("Keys")
    assert max(len(line.rstrip()) for line in screen.splitlines()) <= 44
    window.child.send("q")
    window.child.send("q")
    assert window.end() == (0, None)
    assert decisions(store) == ["keep", "skip"]
    assert b"2 of 13 seen: 1 kept" in window.sent


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_gives_the_terminal_back(
    store_of: StoreOf, windows: list[Window], number: signal.Signals, status: int
) -> None:
    store = store_of()
    window = Window(store)
    windows.append(window)
    window.wait(FIRST)
    window.key("s", "1 of 13 seen")
    window.child.kill(number)
    assert window.end() == (status, None)
    assert decisions(store) == ["skip"]


def test_killed_or_cut_off_no_decision_is_lost(store_of: StoreOf, windows: list[Window]) -> None:
    store = store_of()
    for n, cut in enumerate(("kill", "hang up"), 1):
        window = Window(store)
        windows.append(window)
        window.wait(f"{n - 1} of 13 seen")
        window.key("s", f"{n} of 13 seen")
        if cut == "kill":
            window.child.kill(signal.SIGKILL)
        else:
            window.child.close(force=False)
        for _ in range(200):
            if not window.child.isalive():
                break
            time.sleep(0.05)
        assert not window.child.isalive()
        assert decisions(store) == ["skip"] * n


def test_a_key_decides_only_what_was_on_the_screen(store_of: StoreOf, windows: list[Window]) -> None:
    store = store_of()
    window = Window(store)
    windows.append(window)
    window.wait(FIRST)
    window.key("s" * 30, "1 of 13 seen")
    window.key("?", "it comes back later")
    window.child.send("q")
    window.key("\x1b[200~ssskkk\r\x1b[201~?", "it comes back later")
    window.child.send("q")
    window.key("n", "note:")
    window.key("\x1b[200~pasted\x1b[201~ and typed\r", "note: pasted and typed")
    window.key("/", "only papers that match")
    window.key("\x1b[200~four bits\rkkk\x1b[201~", "2 open papers match")
    window.key("?", "it comes back later")
    window.child.send("q")
    window.child.send("q")
    assert window.end() == (0, None)
    assert b"\x1b[?2004l" in window.sent
    assert decisions(store) == ["skip"]


def test_what_was_typed_before_the_first_paper_decides_nothing(
    store_of: StoreOf, windows: list[Window]
) -> None:
    store = store_of()
    window = Window(store)
    windows.append(window)
    window.child.send("kkk")
    window.wait(FIRST)
    window.key("s", "1 of 13 seen · 0 kept")
    window.child.send("q")
    assert window.end() == (0, None)
    assert decisions(store) == ["skip"]


def test_answers_to_a_pair_are_not_taken_for_the_next(store_of: StoreOf, windows: list[Window]) -> None:
    column: dict[str, Any] = {"authors": ["Dana Moreau"], "venue": "Letters on Machines", "year": 2019}
    papers = [record("From the Editors", **column, id=f"{n:012}") for n in range(4)]
    window = Window(store_of(*papers), command=REVIEW)
    windows.append(window)
    window.wait("one of 6 about this title")
    window.key("ddd", "pair 2 of 6")
    window.child.send("q")
    assert window.end() == (0, None)
    assert b"1 kept apart; 5 left" in window.sent


def test_stopped_and_continued(store_of: StoreOf, windows: list[Window]) -> None:
    window = Window(store_of())
    windows.append(window)
    window.wait(FIRST)
    window.child.send("\x1a")
    for _ in range(200):
        window.read()
        restored = modes(termios.tcgetattr(window.child.child_fd)) == modes(window.before)
        if b"\x1b[?1049l" in window.sent and restored:
            break
    assert modes(termios.tcgetattr(window.child.child_fd)) == modes(window.before)
    window.picture.reset()
    for _ in range(100):  # it restores the terminal, then stops: the first signal may come between
        window.child.kill(signal.SIGCONT)
        window.read()
        if FIRST in "\n".join(window.picture.display):
            break
    window.wait(FIRST)
    window.key("s", "1 of 13 seen")
    window.child.send("q")
    assert window.end() == (0, None)


def test_without_colour_there_is_none(store_of: StoreOf, windows: list[Window]) -> None:
    window = Window(store_of(), NO_COLOR="1")
    windows.append(window)
    window.wait(FIRST)
    window.child.send("q")
    assert window.end() == (0, None)
    assert not any(b"\x1b[%dm" % code in window.sent for code in range(30, 38))


def test_where_there_is_no_terminal_it_says_so(store_of: StoreOf) -> None:
    store = store_of()
    environment = {
        **os.environ,
        "PAPERCTL_STORE": str(store.folder),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    ran = subprocess.run(COMMAND, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert len(ran.stderr.splitlines()) == 1 and "terminal" in ran.stderr
    window = Window(store, TERM="dumb")
    window.read_to_end()
    window.child.close()
    assert window.child.exitstatus == 2
    assert b"TERM is dumb" in window.sent


@pytest.mark.parametrize(("leave", "status"), [("q", 0), ("\x03", 130)])
def test_a_review_on_six_rows_says_what_is_left(
    store_of: StoreOf, windows: list[Window], leave: str, status: int
) -> None:
    column: dict[str, Any] = {"authors": ["Dana Moreau"], "venue": "Letters on Machines", "year": 2019}
    papers = [record("From the Editors", **column, id=f"{n:012}") for n in range(4)]
    window = Window(store_of(*papers), rows=6, command=REVIEW)
    windows.append(window)
    screen = window.wait("one of 6 about this title")
    assert "because" in screen.splitlines()[1] and "q quit" in screen.splitlines()[-1]
    window.key("d", "pair 2 of 6")
    window.key("D", "5 kept apart, u takes that back")
    window.key("u", "pair 2 of 6")
    window.child.send(leave)
    assert window.end() == (status, None)
    assert b"1 kept apart; 5 left" in window.sent
