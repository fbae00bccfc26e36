"""Text as dumps hold it made plain: controls, mojibake, markup, ligatures, line breaks.

Each repair is named in `repairs`; text that needs none takes a path of a few C calls.
"""

from __future__ import annotations

import re
import unicodedata

from paperctl.normalise.markup import without_markup
from paperctl.normalise.mojibake import LATIN_LEAD, chinese_mended, latin_mended
from paperctl.normalise.repairs import note
from paperctl.record.items import Markup

# CSI sequences, OSC and other strings up to BEL or ST, then two-character escapes.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")
# Invisible characters: soft hyphens, zero-width and bidirectional controls, tags. Joiners stay
# where scripts (and emoji) are spelled with them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]+"
    "|(?<![\u0600-\U0010ffff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0600-\u1fff\u2190-\U0010ffff])"
)
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_LIGATURE = re.compile("[\ufb00-\ufb06]")

# One scan tells that there is nothing to mend: Western letters, quotes, dashes, Greek, arrows, mathematics.
_RARE = re.compile(
    "[^\\t\\n\\r\x20-\x7e\u00a0-\u00ac\u00ae-\u00c1\u00d2-\u00e1\u00e3-\u00ee\u00f1-\u017f\u0391-\u03c9\u2010-\u2015"
    "\u2018-\u2027\u2030-\u205e\u2190-\u22ff]"
)
_FOREIGN = re.compile("[^\0-\x7f]+")
_BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-[ \t]*\r?\n\s*([^\W\d_]+)")
_SUSPENDED = frozenset({"and", "or", "to", "und", "oder", "et", "ou"})
_HEADING = re.compile(
    r"(?i:abstract)\s*(?:[.:—–]|-\s)\s*|ABSTRACT\s+(?=[A-Z])|Abstract\s+(?=(?:We|In|This|The)\s)"
)


_TEXT_KEYS = ("value", "text", "name", "title", "_", "#text")


def string_of(value: object) -> str:
    """A value that should be a text: numbers spelled out, lists joined, wrappers opened."""
    for _ in range(8):
        if isinstance(value, list | tuple):
            parts = [v for v in value if isinstance(v, str | int | float)]
            if len(parts) > 1:
                return " ".join(string_of(v) for v in parts)
            value = next(iter(parts or value), None)
        elif isinstance(value, dict):
            value = next((value[key] for key in _TEXT_KEYS if key in value), None)
        else:
            return _scalar(value)
    return ""


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value) if value.bit_length() < 10_000 else ""
    if isinstance(value, float):
        return "" if value != value else f"{value:g}"
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def plain_string(text: str) -> str:
    """A text as it stands but for what no field may hold: controls (line breaks and tabs stay),
    invisible characters, lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    for _ in range(4):
        before, text = text, _without_controls(text, "", [])
        if text == before:
            break
    return text


def clean(value: object, markup: Markup, name: str, repairs: list[str]) -> str:
    """One line of plain text; `repairs` gains a phrase for each kind of repair in field `name`."""
    text = value if isinstance(value, str) else string_of(value)
    if not text:
        return ""
    if _is_plain(text, markup):  # a blank is the only space that is printable
        text = " ".join(text.split()) if "  " in text else text.strip(" ")
        return _without_heading(text) if name == "abstract" else text
    for _ in range(4):
        before = text
        text = _pass(text, markup, name, repairs)
        markup = "plain" if markup == "tex" else markup
        if text == before:
            break
    return _without_heading(text) if name == "abstract" else text


def _is_plain(text: str, markup: Markup) -> bool:
    """Whether nothing in a text may need mending but its blanks: so with most."""
    return (
        text.isprintable()
        and "&" not in text
        and "<" not in text
        and (markup != "tex" or not _tex_suspect(text))
        and (text.isascii() or is_mended(text))
    )


def is_mended(text: str) -> bool:
    """Whether no sign in a text needs mending; quick to see, and true of most texts."""
    # Where no control is, only what is not ASCII is looked at twice.
    return not _RARE.search("".join(_FOREIGN.findall(text)) if text.isprintable() else text)


def _pass(text: str, markup: Markup, name: str, repairs: list[str]) -> str:
    if markup == "tex" and _tex_suspect(text):
        from paperctl.normalise.tex import tex_to_text

        if "\\" in text:
            note(repairs, f"TeX decoded in {name}")
        text = tex_to_text(text)
    if not (text.isascii() and text.isprintable()) and not is_mended(text):
        text = _without_controls(text, name, repairs)
        if not text.isascii():
            text = _mended(text, name, repairs)
    if "<" in text or "&" in text:
        text = without_markup(text, markup, name, repairs)
    if "-" in text and "\n" in text:
        text = _joined(text, name, repairs)
    return " ".join(text.split())


def _tex_suspect(text: str) -> bool:
    return (
        "\\" in text
        or "{" in text
        or "}" in text
        or "~" in text
        or "--" in text
        or "''" in text
        or "``" in text
    )


def _without_heading(text: str) -> str:
    if text[:1] in "aA" and (found := _HEADING.match(text)):
        return _without_heading(text[found.end() :])
    return text


def _without_controls(text: str, name: str, repairs: list[str]) -> str:
    if not text.isascii():
        if _SURROGATE.search(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            note(repairs, f"broken characters replaced in {name}")
        if LATIN_LEAD.search(text):
            text = latin_mended(text, name, repairs)
        text, n = _INVISIBLE.subn("", text) if _UNSEEN.search(text) else (text, 0)
        if n:
            note(repairs, f"invisible characters removed from {name}")
    if _CONTROLS.search(text):
        # After the mojibake: a C1 sign may be half of a letter.
        text, n = _ESCAPES.subn("", text)
        if n:
            note(repairs, f"escape sequences removed from {name}")
        text, n = _CONTROLS.subn("", text)
        if n:
            note(repairs, f"control characters removed from {name}")
    return text


def _mended(text: str, name: str, repairs: list[str]) -> str:
    if _LIGATURE.search(text):
        text = text.translate(_LIGATURES)
        note(repairs, f"ligatures spelled out in {name}")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return chinese_mended(text, name, repairs)


def _joined(text: str, name: str, repairs: list[str]) -> str:
    """Words broken at a line's end: joined where the text holds the joined word elsewhere, else
    the hyphen is the word's own."""
    words: set[str] | None = None

    def join(match: re.Match[str]) -> str:
        nonlocal words
        if words is None:
            words = set(re.findall(r"[^\W\d_]+", text.lower()))
        left, right = match[1], match[2]
        if right.lower() in _SUSPENDED:
            return f"{left}- {right}"
        if (left + right).lower() in words:
            note(repairs, f"word joined in {name}: {left}-{right} → {left}{right}")
            return left + right
        return f"{left}-{right}"

    return _BROKEN_WORD.sub(join, text)
