"""Lines of output that a terminal has too few columns for."""

from __future__ import annotations

import sys
from shutil import get_terminal_size

from paperctl.text.width import width, wrap

_NARROW = 60
"""Columns below which a text stands below its head, not at its right."""


def hanging(head: str, text: str) -> str:
    """A head, to its right a text, both cleaned, as they are printed on stdout. On a terminal too narrow for
    both the text goes on below itself, broken at blanks; in a pipe it stays one line."""
    columns = get_terminal_size().columns
    line = (head + text).rstrip()
    if not sys.stdout.isatty() or width(line) <= columns:
        return line
    if columns < _NARROW:
        return "\n".join((head.rstrip(), *(f"  {more}" for more in wrap(text, columns - 2))))
    first, *rest = wrap(text, columns - width(head))
    return "\n".join((head + first, *(" " * width(head) + more for more in rest)))
