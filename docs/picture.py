"""Draws the README's picture from real output: python docs/picture.py

Loads the example dumps into a store of its own, runs the commands below on a terminal of 96 columns
in colour, and writes what they printed to docs/terminal.svg.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
COLUMNS = 96
SHOWN = (
    "load examples/*.txt examples/*.jsonl examples/*.bib",
    "list topic:peft,quantization has:code",
    "topics explain 02df",
)


def main() -> None:
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    with tempfile.TemporaryDirectory() as scratch:
        env = {
            **os.environ,
            "PAPERCTL_STORE": f"{scratch}/store",
            "XDG_CONFIG_HOME": scratch,
            "COLUMNS": str(COLUMNS),
            "FORCE_COLOR": "1",
        }
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
    drawing = console.export_svg(title="paperctl", unique_id="paperctl")
    # The reader's own fixed-width font will do: a picture fetches nothing.
    drawing = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)
    (HERE / "terminal.svg").write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
