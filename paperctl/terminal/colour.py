"""Whether to colour, and the few colours there are: those of the user's own terminal theme."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

_CODES = {
    "bold": 1,
    "dim": 2,
    "underline": 4,
    "reverse": 7,
    "red": 31,
    "green": 32,
    "yellow": 33,
    "blue": 34,
    "magenta": 35,
    "cyan": 36,
}


DECISIONS: Mapping[str, str] = {"keep": "green", "skip": "red", "maybe": "yellow"}


def wants_colour(choice: str, stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether output to `stream` gets colour.

    `choice` is `always`, `never` or `auto`: then NO_COLOR (no-color.org) takes it away, FORCE_COLOR
    or CLICOLOR_FORCE give it to pipes too, and else a terminal has it unless TERM is `dumb` or
    CLICOLOR is 0.
    """
    if choice in ("always", "never"):
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in ("", "0", "false") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return on_terminal(stream) and environ.get("TERM") != "dumb" and environ.get("CLICOLOR") != "0"


def on_terminal(stream: TextIO) -> bool:
    """Whether `stream` is a terminal; a closed stream is none."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def speaks_unicode(stream: TextIO) -> bool:
    """Whether `stream` can take bars, check marks and ellipses."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "").startswith("utf")


def without_colours(style: str) -> str:
    """What of a style a terminal without colour shows: its own bold, reverse and underline are none."""
    return " ".join(word for word in style.split() if word in ("bold", "reverse", "underline"))


def paint(text: str, style: str) -> str:
    """The text between the codes (ECMA-48 SGR) of a style as `bold cyan`; "" leaves it as it is."""
    if not style or not text:
        return text
    codes = ";".join(str(_CODES[word]) for word in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m"
