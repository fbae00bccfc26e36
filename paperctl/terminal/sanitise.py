"""Making text from dumps safe to show: titles are data, a terminal takes them for commands.

Removed are escape sequences (ECMA-48: CSI, OSC, DCS, SOS, PM, APC, in their 7-bit and 8-bit
forms), every other C0 and C1 control, the bidirectional controls with which one text poses as
another (Unicode TR 36), and characters of no width. Everything visible stays.
"""

from __future__ import annotations

import re

_SEQUENCE = re.compile(
    # A string sequence is cut with its payload only when it ends; the introducer of an open one goes
    # with the other controls, and the text behind it stays text.
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]+[0-~]"
    r"|\x1b[0-OQ-WYZ\\`-~]"
    # Joiners spell words in Arabic and Indic scripts; anywhere else they only hide.
    r"|(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])"
)
_CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]
_INVISIBLE = [
    0x00AD,  # soft hyphen
    0x180E,
    0x200B,
    *range(0x2060, 0x2065),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE0080),
]
_BIDI = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070)]
_LINE_ENDS = (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)

_REMOVED = dict.fromkeys([*_CONTROLS, *_INVISIBLE, *_BIDI]) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_ONE_LINE: dict[int, str | None] = {**_REMOVED, 0x09: " ", **dict.fromkeys(_LINE_ENDS, " ")}
_LINES: dict[int, str | None] = {**_ONE_LINE, **dict.fromkeys(_LINE_ENDS, "\n")}


def clean(text: str, *, lines: bool = False) -> str:
    """The text as it may be printed: on one line, or with its line ends as LF if `lines`.

    Tabs (and line ends, unless `lines`) become a space each; lone surrogates, which no file or
    terminal can hold, become U+FFFD. Printable text, the usual case, is returned as it is.
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    if not text.isascii() or "\x1b" in text:
        text = _SEQUENCE.sub("", text)
    return text.translate(_LINES if lines else _ONE_LINE)
