"""Words as cues see them: case, accents, plurals and British spelling do not count, hyphens are spaces."""

from __future__ import annotations

import re
import unicodedata

STOP = "\x7f"
"""The token for the end of a sentence; no cue reaches across it."""

_COMBINING = re.compile("[\u0300-\u036f]+")
_SPACES = re.compile("[\u2010-\u2015\u2018-\u201f\u2022\u2026\xa0\xab\xbb\u2192]")
"""Dashes, quotes and the like: most texts are plain ASCII without them."""
_TIMES = re.compile(r"×|\$?\\times\b\$?")
_END = re.compile(r"[.?!](?=\s)")
_TOKEN = re.compile(r"[^\W_]+|\x7f")
_BLANKS = bytes(32 if chr(code).isspace() and code < 128 else code for code in range(256))
_SIGNS = bytes(code if code > 126 or chr(code).isalnum() else 32 for code in range(256))
_DIGITS = re.compile(r"\d+")
_ISE = re.compile(r"is(ations?|ed|ing|er|e)$")
_LL = re.compile(r"ll(ing|ed|er)$")
_OUR = re.compile(r"(behavi|col|fav|lab|neighb)our")
_ES = ("sses", "xes", "ches", "shes")


def tokens(text: str) -> list[str]:
    """The words of a text in order, as written; the end of a sentence is `STOP`."""
    if not text.isascii():
        text = _SPACES.sub(" ", text)
    if not text.isascii():
        text = _TIMES.sub("x ", _COMBINING.sub("", unicodedata.normalize("NFKD", text)))
    elif "\\times" in text:
        text = _TIMES.sub("x ", text)
    if not text.isascii():
        return _TOKEN.findall(_END.sub(" \x7f ", text))
    # The same in a fifth of the time: most abstracts are ASCII.
    raw = text.encode("ascii").translate(_BLANKS)
    raw = raw.replace(b". ", b".\x7f ").replace(b"? ", b"?\x7f ").replace(b"! ", b"!\x7f ")
    return raw.translate(_SIGNS).replace(b"\x7f", b" \x7f ").decode("ascii").split()


def plain(word: str) -> str:
    """A word in lower case, singular and American: "Optimisers" is "optimizer".

    Only cues and texts treated alike are compared, so a rule may be crude where it confuses no two words.
    """
    word = word.lower()
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(_ES) and word != "caches":
            word = word[:-2]
        else:
            word = word[:-1]
    if len(word) > 5:
        if "is" in word:
            word = _ISE.sub(r"iz\1", word)
        if "ll" in word:
            word = _LL.sub(r"l\1", word)
        if "our" in word:
            word = _OUR.sub(r"\1or", word)
    return word


def any_number(word: str) -> str:
    """A word with each number as 0: how "int8" meets the cue `int0`."""
    return _DIGITS.sub("0", word)


def acronym(word: str) -> bool:
    """Whether a cue's word is in capitals, and so means only text in capitals (`CLIP`, not a clip)."""
    return word.isupper() and sum(map(str.isalpha, word)) > 1
