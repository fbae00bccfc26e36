"""Making text from dumps safe to show: titles are data, a terminal takes them for commands.

Removed are escape sequences (ECMA-48: CSI, OSC, DCS, SOS, PM, APC, in their 7-bit and 8-bit
forms), every other C0 and C1 control, the bidirectional controls with which one text poses as
another (Unicode TR 36), and characters of no width. Everything visible stays.
"""

from __future__ import annotations

import re

from paperctl.text import late

UNWANTED = late.pattern(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029"  # controls and line ends
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidirectional controls
    r"\xad\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufff9-\ufffb"  # no width
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    r"\ud800-\udfff]"  # lone surrogates: no file or terminal can hold them
)
"""What no screen should get: each is removed, replaced or (in JSON) written as an escape."""
_ESCAPE = late.pattern(r"[\x1b\x80-\x9f]")
_SEQUENCE = late.pattern(
    # A string sequence is cut with its payload only when it ends; the introducer of an open one goes
    # with the other controls, and the text behind it stays text.
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]+[0-~]"
    r"|\x1b[0-OQ-WYZ\\`-~]"
)
_EMOJI = r"[\u2190-\u2bff\U0001f000-\U0001faff]"
_JOINER = late.pattern(
    r"[\u200c\u200d](?<=[\u0600-\u0dff].)(?=[\u0600-\u0dff])"
    # One emoji of several; the first may end in a skin tone, an emoji too, or in the emoji selector.
    rf"|\u200d(?:(?<={_EMOJI}.)|(?<={_EMOJI}\ufe0f.))(?={_EMOJI})"
)
_LINE_ENDS = "\n\x0b\x0c\r\x85\u2028\u2029"


def clean(text: str, *, lines: bool = False) -> str:
    """The text as it may be printed: on one line, or with its line ends as LF if `lines`.

    Tabs (and line ends, unless `lines`) become a space each, lone surrogates U+FFFD. Joiners stay
    where they spell, between letters of Arabic and Indic scripts, and between emoji. Printable text,
    the usual case, is returned as it is.
    """
    if text.isprintable() or not UNWANTED.search(text):
        return text
    text = text.replace("\r\n", "\n")
    if _ESCAPE.search(text):
        text = _SEQUENCE.sub("", text)
    line_end = "\n" if lines else " "
    joiners = {m.start() for m in _JOINER.finditer(text)}

    def safe(found: re.Match[str]) -> str:
        char = found[0]
        if char in _LINE_ENDS:
            return line_end
        if char == "\t":
            return " "
        if "\ud800" <= char <= "\udfff":
            return "\ufffd"
        return char if found.start() in joiners else ""

    return UNWANTED.sub(safe, text)
