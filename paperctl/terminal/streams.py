"""The encodings of standard input, output and error."""

from __future__ import annotations

import io
import sys


def settle_encodings() -> None:
    """Pipes and files are UTF-8, as what `-o` writes is, whatever the locale says: programs read them. A
    terminal keeps its own encoding, and a character that it lacks is shown as an escape (`\\u03c0`)."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        errors = "surrogateescape" if stream is sys.stdin else "backslashreplace"
        if stream.isatty():
            stream.reconfigure(errors=errors)
        elif stream is sys.stdin:
            stream.reconfigure(encoding="utf-8", errors=errors)
        else:  # on Windows a CSV's own line ends would become others
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")
