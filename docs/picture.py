"""Draws the README's pictures from real output: python docs/picture.py

Loads the example dumps into a store of its own and draws four SVGs beside this file: `terminal.svg`,
what the commands below print on a terminal of 96 columns; `screen.svg` and `browse.svg`, a sitting of
`paperctl screen` and one of `paperctl browse`, driven key by key on a real terminal of 96 × 18; and
`stats.svg`, which `paperctl stats --plot` draws.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect
import pyte
from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
COLUMNS, ROWS = 96, 18
SHOWN = (
    "load examples/*.txt examples/*.jsonl examples/*.bib",
    "list topic:peft,quantization has:code",
    "topics explain 02df",
)
SITTINGS = {"screen": "kksm", "browse": "/lora\rjk"}
"""The full-screen commands, and the keys that are pressed in each."""


def environment(scratch: str) -> dict[str, str]:
    return {
        **os.environ,
        "PAPERCTL_STORE": f"{scratch}/store",
        "XDG_CONFIG_HOME": scratch,
        "COLUMNS": str(COLUMNS),
        "LINES": str(ROWS),
        "TERM": "xterm-256color",
        "FORCE_COLOR": "1",
    }


def commands(env: dict[str, str]) -> Console:
    """What the commands print."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for shown in SHOWN:
        console.print(Text(f"$ paperctl {shown}", style="bold"))
        verb, rest = shown.split(" ", 1)
        table = "-f table" if verb == "list" else ""
        command = f"{sys.executable} -m paperctl {verb} {table} {rest}"
        ran = subprocess.run(
            command, shell=True, env=env, cwd=HERE.parent, capture_output=True, text=True, check=True
        )
        console.print(Text.from_ansi((ran.stderr + ran.stdout).rstrip()))
        console.print()
    return console


def sitting(env: dict[str, str], verb: str) -> Console:
    """The screen of a command after its keys."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.Stream(screen)
    child = pexpect.spawn(
        sys.executable, ["-m", "paperctl", verb], env=env, dimensions=(ROWS, COLUMNS), encoding="utf-8"
    )

    def settle() -> None:
        until = time.monotonic() + 4  # a cursor that blinks would go on for ever
        while time.monotonic() < until:
            try:
                stream.feed(child.read_nonblocking(1 << 16, timeout=1.5))
            except (pexpect.TIMEOUT, pexpect.EOF):
                return

    settle()
    for key in SITTINGS[verb]:
        child.send(key)
        settle()
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for row in range(ROWS):
        line = Text()
        for column in range(COLUMNS):
            cell = screen.buffer[row][column]
            styles = [name for name in ("bold", "reverse", "underscore") if getattr(cell, name)]
            style = " ".join(styles).replace("underscore", "underline")
            line.append(cell.data, f"{style} {_colour(cell.fg)}".strip())
        console.print(line)
    child.send("q")
    child.close()
    return console


def _colour(name: str) -> str:
    """A colour of pyte as rich calls it."""
    if re.fullmatch("[0-9a-f]{6}", name):
        return f"#{name}"
    return {"default": "", "brown": "yellow"}.get(name, name)


def save(console: Console, name: str) -> None:
    drawing = console.export_svg(title="paperctl", unique_id=name)
    # The reader's own fixed-width font will do: a picture fetches nothing.
    drawing = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)
    (HERE / f"{name}.svg").write_text(drawing, encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        env = environment(scratch)
        save(commands(env), "terminal")
        for verb in SITTINGS:
            save(sitting(env, verb), verb)
        plot = [sys.executable, "-m", "paperctl", "stats", "--plot", str(HERE / "stats.svg"), "--force"]
        subprocess.run(plot, env=env, check=True)


if __name__ == "__main__":
    main()
