r"""TeX values as text: accents, symbols, quotes and dashes; mathematics stays as it is written.

The common commands are translated here, because pylatexenc takes a millisecond a value; what is
left with a backslash goes to pylatexenc, which is right on accents and macros.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

MAX_PARSED = 20_000
"""Longer values are left to stand: no title or abstract is, and parsing takes a second a megabyte."""
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "textquoteright": "’",
    "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "textbackslash": "\ue003",
    "textasciitilde": "\ue004", "textbraceleft": "\ue001", "textbraceright": "\ue002", "lbrace": "\ue001",
    "rbrace": "\ue002",
    "textregistered": "®", "texttrademark": "™", "copyright": "©", "S": "§", "P": "¶",
    "textunderscore": "_", "textasciicircum": "^", "TeX": "TeX", "LaTeX": "LaTeX", "textless": "<",
    "textgreater": ">", "textbar": "|", "textdegree": "°", "pounds": "£", "euro": "€",
    "texteuro": "€", "slash": "/",
}  # fmt: skip
_PUNCTUATION_ACCENT = re.compile(
    r"""\\([`'^"~=.])\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z]))"""
)
_LETTER_ACCENT = re.compile(r"\\([uvHcdbkr])(?:\s*\{\s*(\\?[A-Za-z])\s*\}|\s+([A-Za-z])(?![A-Za-z]))")
_LETTER = re.compile(
    rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\s*\{{\}}|[ \t]+)?"
)
_NATIONAL = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])(?:\s*\{\}|[ \t]+(?=[a-z]))?")
_STYLE = re.compile(
    r"\\(?:emph|text(?:it|bf|sc|tt|rm|sf|sl|up|md|normal)?|mbox|hbox|uppercase|MakeUppercase|enquote|href\s*\{[^{}]*\}"
    r"|url|underline|noopsort\s*\{[^{}]*\})\s*(?=\{)"
    r"|\\(?:it|bf|em|sc|tt|rm|sf|sl|small|relax|protect|itshape|bfseries|scshape|upshape)(?![A-Za-z])\s*|\\(?:/|-|,|;|!|@)"
)
_NOTE = re.compile(
    r"\\(?:thanks|footnote(?:mark|text)?|label|index)\s*(?:\[[^\]]*\])?\s*\{(?:[^{}]|\{[^{}]*\})*\}"
)
_MATH = re.compile(r"(?<!\\)\$\$?[^$]*(?<!\\)\$\$?|\\\((?:[^\\]|\\(?![()])){0,2000}\\\)", re.DOTALL)
# Escaped signs wait in private-use characters until the plain ones have had their meaning.
_ESCAPED = {
    "\\{": "\ue001",
    "\\}": "\ue002",
    "\\$": "\ue000",
    "\\&": "&",
    "\\%": "%",
    "\\#": "#",
    "\\_": "_",
    "\\ ": " ",
}
_ESCAPE = re.compile(r"\\[{}$&%#_ ]")
_SIGN = re.compile(r"(?<!\\)\{?\$([<>])\$\}?")
"""A sign that TeX has in mathematics alone: Zotero writes "<think>" so."""
_WAITING = str.maketrans({"\ue000": "$", "\ue001": "{", "\ue002": "}", "\ue003": "\\", "\ue004": "~"})
_PLAIN = str.maketrans({"{": None, "}": None, "~": " "})


def tex_to_text(value: str) -> str:
    """Text of a TeX value; never raises: what cannot be understood stays as it is written."""
    if "\\" not in value and "$" not in value:
        return _dashes(value.translate(_PLAIN))
    text = _SIGN.sub(r"\1", value) if "$<$" in value or "$>$" in value else value
    text = _ESCAPE.sub(lambda m: _ESCAPED[m[0]], _NOTE.sub("", text))
    done, at = [], 0
    for math in _MATH.finditer(text):
        done.append(_prose(text[at : math.start()]))
        done.append(math[0].replace("\\(", "$").replace("\\)", "$"))
        at = math.end()
    done.append(_prose(text[at:]))
    return "".join(done).translate(_WAITING)


def accents(text: str) -> str:
    """Text with TeX's accents and letters outside mathematics as Unicode; all else stays."""
    done, at = [], 0
    for math in _MATH.finditer(text):
        done += [_accents(text[at : math.start()]), math[0]]
        at = math.end()
    return "".join([*done, _accents(text[at:])])


def _accents(text: str) -> str:
    if "\\" not in text:
        return text
    text = _LETTER_ACCENT.sub(_accented, _PUNCTUATION_ACCENT.sub(_accented, text))
    return _NATIONAL.sub(lambda m: _LETTERS[m[1]], text)


def _prose(text: str) -> str:
    if "\\" in text:
        text = _LETTER_ACCENT.sub(_accented, _PUNCTUATION_ACCENT.sub(_accented, text))
        text = _LETTER.sub(lambda m: _LETTERS[m[1]], text)
        text = _STYLE.sub("", text)
        if "\\" in text:
            text = _by_pylatexenc(text)
    return _dashes(text.translate(_PLAIN))


def _accented(match: re.Match[str]) -> str:
    base = (match[2] or match[3]).removeprefix("\\")
    return unicodedata.normalize("NFC", base + _COMBINING[match[1]])


def _dashes(text: str) -> str:
    if "--" in text:
        text = text.replace("---", "—").replace("--", "–")
    if "``" in text or "''" in text:
        text = text.replace("``", "“").replace("''", "”")
    return text


@cache
def _converter() -> Any:
    import logging

    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it would warn of each odd macro on stderr
    return LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=True, keep_comments=True)


def _by_pylatexenc(text: str) -> str:
    if len(text) > MAX_PARSED:
        return text
    try:
        # A bare % would open a comment and cut the value, a bare & would part the cells of a table and go.
        guarded = text.replace("%", "\\%").replace("&", "\\&")
        found = str(_converter().latex_to_text(guarded, tolerant_parsing=True))
    except Exception:  # a parser of hostile input: any failure leaves the value as it stands
        return text
    # A macro without its argument leaves the pattern it should have filled.
    return text if "%s" in found and "%s" not in text else found
