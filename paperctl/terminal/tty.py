"""The terminal while it is used whole: raw keys in, a screen of lines out, and all as it was after.

Only POSIX terminals; control sequences are those of ECMA-48 and xterm's alternate screen, which
every terminal emulator, tmux and ssh pass on.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections.abc import Callable, Hashable, Iterator, Sequence
from types import FrameType
from typing import Any, Protocol

from paperctl.errors import NoTerminal
from paperctl.terminal.keys import PASTE_BEGINS, PASTE_ENDS, decode

ESCAPE_WAIT = 0.05
"""Seconds after which an escape that nothing follows was the key itself."""
# 2004 has the terminal mark what is pasted, so that it is not taken for keys.
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?2004h"
_LEAVE = "\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l"


class Terminal:
    """A terminal taken over by `taken`. `keys` waits; `wake`, from any thread or signal, ends the wait."""

    def __init__(self, source: int, target: int) -> None:
        self._source, self._target = source, target
        self._shown: list[str] = []
        self._stale = True
        self._rest = b""
        self._woken, self._waker = os.pipe()
        os.set_blocking(self._waker, False)
        os.set_blocking(self._woken, False)

    def size(self) -> tuple[int, int]:
        """Columns and rows; 80 × 24 where the terminal does not say."""
        try:
            columns, rows = os.get_terminal_size(self._target)
        except OSError:
            columns = rows = 0
        return columns or 80, rows or 24

    def wake(self) -> None:
        """Lets `keys` return at once, with nothing if nothing was typed."""
        with contextlib.suppress(OSError):
            os.write(self._waker, b"\0")

    def keys(self) -> list[str]:
        """The next keys; empty when woken. Raises EOFError when the terminal has gone."""
        wait = ESCAPE_WAIT if self._rest else None
        ready, _, _ = select.select([self._source, self._woken], [], [], wait)
        if self._woken in ready:
            with contextlib.suppress(OSError):
                os.read(self._woken, 1024)
        if self._source in ready:
            try:
                data = os.read(self._source, 4096)
            except OSError:
                data = b""
            if not data:
                raise EOFError
            found, self._rest = decode(self._rest + data)
            return found
        if not ready and self._rest:
            # A whole key is not to be had of these bytes any more.
            found = ["esc"] if self._rest == b"\x1b" else []
            self._rest = b""
            return found
        return []

    def forget_typed(self) -> None:
        """Drops what was typed so far and not read yet."""
        import termios

        self._rest = b""
        with contextlib.suppress(OSError, termios.error):  # the terminal may be gone
            termios.tcflush(self._source, termios.TCIFLUSH)

    def show(self, lines: Sequence[str]) -> None:
        """Puts lines on the screen, sending only those that changed: ssh may be slow."""
        out = []
        if self._stale:
            self._shown, self._stale = [], False
            out.append("\x1b[0m\x1b[2J")
        for n, line in enumerate(lines):
            if n >= len(self._shown) or self._shown[n] != line:
                out.append(f"\x1b[{n + 1};1H{line}\x1b[0m\x1b[K")
        if len(lines) < len(self._shown):
            out.append(f"\x1b[{len(lines) + 1};1H\x1b[J")
        self._shown = list(lines)
        self._write("".join(out))

    def forget(self) -> None:
        """The next `show` draws everything anew: the screen has changed its size, or was used by others."""
        self._stale = True

    def _write(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(self._target, data) :]

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """The terminal in raw mode on a screen of its own; whatever happens, it is given back as it was.

        SIGTERM and SIGHUP end the program through SystemExit, so that this holds for them too.
        """
        import termios
        import tty

        before = termios.tcgetattr(self._source)

        def enter() -> None:
            tty.setcbreak(self._source)
            self._write(_ENTER)
            self.forget()

        def leave() -> None:
            # The terminal may be gone: then there is nothing to give back.
            with contextlib.suppress(OSError):
                self._write(_LEAVE)
            with contextlib.suppress(OSError, termios.error):
                termios.tcsetattr(self._source, termios.TCSADRAIN, before)

        def stop(number: int, frame: FrameType | None) -> None:
            leave()
            os.kill(os.getpid(), signal.SIGSTOP)
            enter()
            self.wake()

        def resize(number: int, frame: FrameType | None) -> None:
            self.forget()
            self.wake()

        def end(number: int, frame: FrameType | None) -> None:
            raise SystemExit(128 + number)

        with _signals(
            {signal.SIGTSTP: stop, signal.SIGWINCH: resize, signal.SIGTERM: end, signal.SIGHUP: end}
        ):
            try:
                enter()
                yield
            finally:
                leave()


@contextlib.contextmanager
def _signals(handlers: dict[signal.Signals, Callable[[int, FrameType | None], None]]) -> Iterator[None]:
    before: dict[signal.Signals, Any] = {}
    try:
        for number, handler in handlers.items():
            before[number] = signal.signal(number, handler)
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def open_terminal(what: str, instead: str = "paperctl mark DECISION ID…") -> Terminal:
    """The terminal of stdin, drawn on even if stdout goes elsewhere. Raises NoTerminal if there is none."""
    if not sys.stdin.isatty():
        raise NoTerminal(f"{what} needs a terminal; in a script use: {instead}")
    if (term := os.environ.get("TERM", "dumb")) == "dumb":
        raise NoTerminal(
            f"{what} needs a terminal that can place text, and TERM is {term}", code="no-terminal"
        )
    try:
        import termios  # noqa: F401
    except ImportError:
        raise NoTerminal(
            f"{what} needs a POSIX terminal; on Windows run it under WSL", code="no-terminal"
        ) from None
    try:
        target = sys.stdout.fileno() if sys.stdout.isatty() else os.open("/dev/tty", os.O_WRONLY)
    except OSError:
        raise NoTerminal(f"{what} needs a terminal to draw on; stdout is none") from None
    return Terminal(sys.stdin.fileno(), target)


class Interactive(Protocol):
    """What `run` brings to a terminal."""

    over: bool

    @property
    def asked(self) -> Hashable:
        """What the user is asked about; another value is another question."""

    @property
    def typing(self) -> bool:
        """Whether a line is being typed, into which text may be pasted."""

    def drawn(self, columns: int, rows: int) -> list[str]: ...

    def press(self, key: str) -> None: ...


def run(session: Interactive, terminal: Terminal) -> None:
    """Draws and reads keys until the user quits or the terminal is gone.

    A key answers only a question that was on the screen before it: what was typed earlier is dropped,
    and so is pasted text, but for a line that is being typed.
    """
    with terminal.taken():
        asked: Hashable = object()
        pasting = False
        while not session.over:
            lines = session.drawn(*terminal.size())
            if asked != session.asked:
                asked, pasting = session.asked, False
                terminal.forget_typed()
            terminal.show(lines)
            try:
                keys = terminal.keys()
            except EOFError:
                return
            for key in keys:
                if key in (PASTE_BEGINS, PASTE_ENDS):
                    pasting = key == PASTE_BEGINS
                elif session.typing or not pasting:
                    if key == "ctrl-l":
                        terminal.forget()
                    session.press(key)
                    if session.over or session.asked != asked:
                        break
