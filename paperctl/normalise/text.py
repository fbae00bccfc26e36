"""Text as dumps hold it made plain: controls, mojibake, markup, ligatures, line breaks.

Each repair is named in `repairs`; text that needs none takes a path of a few C calls.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5
from typing import Any

from paperctl.record import Markup

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

_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ue000-\uf8ff]+")
_LATIN_LEAD = re.compile("[\u00c2-\u00d1\u00e2\u00ef\u00f0]")
# One scan tells that there is nothing to mend: Western letters, quotes, dashes, Greek, arrows, mathematics.
_RARE = re.compile(
    "[^\\t\\n\\r\x20-\x7e\u00a0-\u00ac\u00ae-\u00c1\u00d2-\u00e1\u00e3-\u00ee\u00f1-\u017f\u0391-\u03c9\u2010-\u2015"
    "\u2018-\u2027\u2030-\u205e\u2190-\u22ff]"
)
_LATIN_AS_UTF8 = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf]"
    "|[\u00c4-\u00d1][\u0080-\u009f\u00a1-\u00a9\u00ac-\u00b6\u00b8\u00b9\u00bc-\u00bf]"
    "|\u00e2[\u0080-\u00bf\u20ac]."
    "|\u00ef[\u00ac\u00bc\u00bf].|\u00f0\u0178..|\u00f0\u009f.."
    "|[\u00c3\u00ce\u00cf][\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020-\u2022\u2026\u2030\u20ac\u2122]"
)

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ATTRIBUTES = r"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>]+))*"""
_INLINE = (
    "i|b|u|em|strong|sub|sup|scp?|tt|small|big|span|font|a|code|inf|italic|bold|underline|monospace|roman"
)
_BLOCK = "p|br|div|li|ul|ol|title|sec|label|list(?:-item)?|abstract|blockquote|h[1-6]|disp-formula"
_KNOWN_TAG = re.compile(
    rf"</?(?:(?P<block>(?:jats:)?(?:{_BLOCK}))|(?:jats:)?(?:{_INLINE})|(?:jats|mml|m):[\w-]+|math|m(?:i|n|o|row|sub|sup"
    rf"|text|frac|sqrt|over|under|subsup|style|stack)|inline-formula|inline-graphic|ext-link|xref|fixed-case"
    rf"|alternatives){_ATTRIBUTES}\s*/?>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(
    rf"</?(?:(?P<block>(?:jats:)?(?:{_BLOCK}))|[A-Za-z][\w:.-]*){_ATTRIBUTES}\s*/?>", re.IGNORECASE
)
_UNSEEN = re.compile(r"<!--|<(script|style|(?:jats:)?tex-math)\b[^<>]*>", re.IGNORECASE)
_JATS_HEADING = re.compile(r"<((?:jats:)?title)>\s*(?:abstract|summary)\.?\s*</\1>", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-[ \t]*\r?\n\s*([^\W\d_]+)")
_SUSPENDED = frozenset({"and", "or", "to", "und", "oder", "et", "ou"})
_HEADING = re.compile(
    r"(?i:abstract)\s*(?:[.:—–]|-\s)\s*|ABSTRACT\s+(?=[A-Z])|Abstract\s+(?=(?:We|In|This|The)\s)"
)


def string_of(value: Any) -> str:
    """A value that should be a text: numbers spelled out, lists joined, wrappers opened."""
    for _ in range(8):
        if isinstance(value, str):
            return value
        if isinstance(value, list | tuple):
            parts = [v for v in value if isinstance(v, str | int | float)]
            if len(parts) == 1 or not parts:
                value = parts[0] if parts else (value[0] if value else None)
                continue
            return " ".join(string_of(v) for v in parts)
        if isinstance(value, dict):
            value = next(
                (value[k] for k in ("value", "text", "name", "title", "_", "#text") if k in value), None
            )
            continue
        break
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value) if value.bit_length() < 10_000 else ""
    if isinstance(value, float):
        return "" if value != value else f"{value:g}"
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if isinstance(value, list | tuple | dict) else str(value)


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


def clean(value: Any, markup: Markup, name: str, repairs: list[str]) -> str:
    """One line of plain text; `repairs` gains a phrase for each kind of repair in field `name`."""
    text = value if isinstance(value, str) else string_of(value)
    if not text:
        return ""
    if (
        text.isascii()
        and text.isprintable()
        and "&" not in text
        and "<" not in text
        and "  " not in text
        and (markup != "tex" or not _tex_suspect(text))
    ):
        text = text.strip(" ")
        return _without_heading(text) if name == "abstract" else text
    for _ in range(4):
        before = text
        text = _pass(text, markup, name, repairs)
        markup = "plain" if markup == "tex" else markup
        if text == before:
            break
    return _without_heading(text) if name == "abstract" else text


def _pass(text: str, markup: Markup, name: str, repairs: list[str]) -> str:
    if markup == "tex" and _tex_suspect(text):
        from paperctl.normalise.tex import tex_to_text

        if "\\" in text:
            _note(repairs, f"TeX decoded in {name}")
        text = tex_to_text(text)
    if not (text.isascii() and text.isprintable()) and _RARE.search(text):
        text = _without_controls(text, name, repairs)
        if not text.isascii():
            text = _mended(text, name, repairs)
    if "<" in text or "&" in text:
        text = _without_markup(text, markup, name, repairs)
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
            _note(repairs, f"broken characters replaced in {name}")
        if _LATIN_LEAD.search(text):
            text = _latin_mended(text, name, repairs)
        text, n = _INVISIBLE.subn("", text)
        if n:
            _note(repairs, f"invisible characters removed from {name}")
    if _CONTROLS.search(text):
        # After the mojibake: a C1 sign may be half of a letter.
        text, n = _ESCAPES.subn("", text)
        if n:
            _note(repairs, f"escape sequences removed from {name}")
        text, n = _CONTROLS.subn("", text)
        if n:
            _note(repairs, f"control characters removed from {name}")
    return text


def _note(repairs: list[str], phrase: str) -> None:
    if phrase not in repairs:
        repairs.append(phrase)


def _latin_mended(text: str, name: str, repairs: list[str]) -> str:
    """UTF-8 once read as Latin-1 or Windows-1252 ("Ã©"), where no real text would hold it."""

    def mended(match: re.Match[str]) -> str:
        raw = bytearray()
        for c in match[0]:
            try:
                raw += c.encode("latin-1") if ord(c) < 256 else c.encode("cp1252")
            except UnicodeEncodeError:
                return match[0]
        try:
            found = raw.decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        seen = "".join(filter(str.isprintable, match[0]))
        _note(repairs, f"mojibake in {name}: {seen} → {found}")
        return found

    return _LATIN_AS_UTF8.sub(mended, text)


def _mended(text: str, name: str, repairs: list[str]) -> str:
    if _LIGATURE.search(text):
        text = text.translate(_LIGATURES)
        _note(repairs, f"ligatures spelled out in {name}")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    runs = _CJK.findall(text)
    if runs and len(runs) <= 40:
        text = _chinese_mended(text, runs, name, repairs)
    return text


def _chinese_mended(text: str, runs: list[str], name: str, repairs: list[str]) -> str:
    """UTF-8 once read as GBK: short runs of Chinese in Latin text that all decode to something else."""
    latin = sum(map(str.isascii, text))
    if latin < 3 * sum(map(len, runs)):
        return text
    found: dict[str, str] = {}
    for run in runs:
        try:
            mended = run.encode("gb18030").decode("utf-8")
        except UnicodeError:
            return text
        if not mended.isprintable() or _CJK.search(mended):
            return text
        found[run] = mended
    for run, mended in found.items():
        _note(repairs, f"mojibake in {name}: {run} → {mended}")
    return _CJK.sub(lambda m: found[m[0]], text)


def _without_markup(text: str, markup: Markup, name: str, repairs: list[str]) -> str:
    if "<" in text:
        before = text
        text = _without_unseen(text) if markup == "html" or "tex-math" in text else text
        text = _JATS_HEADING.sub(" ", text) if "title>" in text else text
        tags = _ANY_TAG if markup == "html" else _KNOWN_TAG
        text = tags.sub(lambda m: " " if m["block"] else "", text)
        if text != before:
            _note(repairs, f"markup removed from {name}")
    if "&" in text:
        before = text
        text = _ENTITY.sub(_entity, text)
        if text != before:
            _note(repairs, f"entities decoded in {name}")
    return text


def _without_unseen(text: str) -> str:
    """Text without comments, scripts, styles and the TeX twins of formulas."""
    kept, at = [], 0
    while found := _UNSEEN.search(text, at):
        closing = "-->" if found[0] == "<!--" else f"</{found[1]}>"
        end = text.find(closing, found.end())
        if end < 0:
            break
        kept.append(text[at : found.start()])
        at = end + len(closing)
    return " ".join([*kept, text[at:]])


def _entity(match: re.Match[str]) -> str:
    found = match[0]
    return html.unescape(found) if found[1] == "#" or found[1:] in html5 else found


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
            _note(repairs, f"word joined in {name}: {left}-{right} → {left}{right}")
            return left + right
        return f"{left}-{right}"

    return _BROKEN_WORD.sub(join, text)
