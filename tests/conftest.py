"""One way to run commands: in this process, on a store of the test's own, with what it printed."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from paperctl.__main__ import _run

# A change is judged by the same examples every time; people at their desks look for new ones. A busy machine
# is no failure: there are tests of their own for what must be quick.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Tests started in the background or by nohup ignore Ctrl-C and hanging up, and so would all they start.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

EXAMPLES = Path(__file__).parent.parent / "examples"


class Ran(NamedTuple):
    """What a command left: exit status, stdout, stderr."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.split("\n") if line]


Paperctl = Callable[..., Ran]


class _Standard(io.StringIO):
    """Standard input of a script: not a terminal."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.buffer = io.BytesIO(text.encode())  # type: ignore[misc]


@pytest.fixture
def paperctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paperctl:
    """Runs `paperctl ARG…` on a store of this test; no config file or variable of the machine counts."""
    monkeypatch.setenv("PAPERCTL_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("PAPERCTL_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*args: object, stdin: str = "") -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", _Standard(stdin))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = _run([str(arg) for arg in args])
        assert "Traceback" not in err.getvalue()
        return Ran(status, out.getvalue(), err.getvalue())

    return run


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what tests counted, whichever process they ran in."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture
def examples() -> Path:
    """The folder of example dumps."""
    return EXAMPLES


@pytest.fixture
def loaded(paperctl: Paperctl, examples: Path) -> Paperctl:
    """`paperctl` on a store that holds the example dumps."""
    dumps = sorted(p for p in examples.iterdir() if p.suffix in (".txt", ".jsonl", ".bib"))
    assert paperctl("-q", "load", *dumps).status == 0
    return paperctl
