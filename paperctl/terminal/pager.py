"""Long output through the user's pager, as git has it: on a terminal, and if it is longer than that."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import TextIO

from paperctl.text.width import width


def pager_command(setting: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """The pager to start; none for `cat`, "" in a variable, or one that is not there."""
    chosen = environ.get("PAPERCTL_PAGER", setting or environ.get("PAGER", "less"))
    try:
        command = shlex.split(chosen)
    except ValueError:
        return []
    return command if command and command != ["cat"] and shutil.which(command[0]) else []


class _Paged(io.TextIOBase):
    """A terminal whose text is held back until it is longer than the screen, and then goes to a pager."""

    def __init__(self, out: TextIO, command: list[str]) -> None:
        self._out, self._command = out, command
        self._held: list[str] = []
        self._columns, self._rows = shutil.get_terminal_size()
        self._used = 0
        self._pager: subprocess.Popen[bytes] | None = None

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._out.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        return self._out.errors

    def isatty(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._out.fileno()

    def write(self, text: str) -> int:
        if not isinstance(text, str):  # Typer asks so whether a stream takes text
            raise TypeError("a stream of text")
        if self._pager is not None:
            self._send(text)
            return len(text)
        self._held.append(text)
        # Colours have no width and only make a line seem longer than it is: then the pager ends at once.
        self._used += sum(1 + max(0, width(line) - 1) // self._columns for line in text.split("\n")[1:])
        if self._used >= self._rows - 1:
            self._start()
        return len(text)

    def _start(self) -> None:
        environ = {"LESS": "FRX", "LV": "-c", **os.environ}
        try:
            self._pager = subprocess.Popen(self._command, stdin=subprocess.PIPE, env=environ)
        except OSError:
            self._out.write("".join(self._held))
            self._held = []
            return
        self._send("".join(self._held))
        self._held = []

    def _send(self, text: str) -> None:
        assert self._pager and self._pager.stdin
        self._pager.stdin.write(text.encode(self.encoding or "utf-8", "backslashreplace"))

    def end(self) -> None:
        """Writes what was held back, or waits until the reader has left the pager."""
        if self._pager is None:
            self._out.write("".join(self._held))
            self._held = []
            return
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's
        try:
            with contextlib.suppress(OSError):
                assert self._pager.stdin
                self._pager.stdin.close()
            self._pager.wait()
        finally:
            signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def paged(command: list[str]) -> Iterator[None]:
    """What is printed on stdout within goes through the pager, if it is long and stdout a terminal."""
    out = sys.stdout
    if not command or not out.isatty() or not sys.stdin.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    held = _Paged(out, command)
    sys.stdout = held
    try:
        with contextlib.suppress(BrokenPipeError):  # the reader has seen enough
            yield
    finally:
        sys.stdout = out
        held.end()
