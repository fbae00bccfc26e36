"""Text as TeX prints it, and links as BibTeX takes them."""

from __future__ import annotations

import re

from paperctl.exports import _paper as about

# As pandoc tells mathematics from money: no blank inside the signs, no digit behind them.
_MATH = re.compile(r"\$(?=[^\s$])[^$]*(?<=[^\s\\])\$(?!\d)")
_WORD = re.compile(r"([^\W_]+)")
_BRACE = re.compile(r"[{}]")
_SPECIAL = re.compile(r"[\\~^&%#_${}]")
_SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "&%#_$"},
}
# BibTeX counts escaped braces, too: those that pair may stay braces, a lone one may not.
_PAIRED = {"{": "\\{", "}": "\\}"}


def escaped(text: str, *, capitals: bool = False) -> str:
    """Text as LaTeX prints it; with `capitals`, words that a style must not write small in braces."""
    text = about.one_line(text)
    paired = balanced(text)
    protect = capitals and not text.isupper()
    done, at = [], 0
    if "$" in text:
        for math in _MATH.finditer(text):
            if balanced(math[0]):
                done.append(_prose(text[at : math.start()], paired, protect))
                done.append(re.sub(r"(?<!\\)[%&#]", r"\\\g<0>", math[0]))
                at = math.end()
    done.append(_prose(text[at:], paired, protect))
    return "".join(done)


def _prose(text: str, paired: bool, protect: bool) -> str:
    def sign(found: re.Match[str]) -> str:
        return (paired and _PAIRED.get(found[0])) or _SIGNS[found[0]]

    if protect:
        # No escape is needed inside of a word of letters and digits, so it can be put in braces first.
        parts = _WORD.split(text)
        words = parts[1::2]
        parts[1::2] = [
            f"{{{word}}}" if _has_capitals(word) or (word == "A" and n and n == len(words) - 1) else word
            for n, word in enumerate(words)
        ]
        parts[::2] = [_SPECIAL.sub(sign, part) for part in parts[::2]]
        return "".join(parts)
    return _SPECIAL.sub(sign, text)


def _has_capitals(word: str) -> bool:
    return any(map(str.isupper, word[1:])) or (len(word) == 1 and word.isupper() and word != "A")


def balanced(text: str) -> bool:
    """Whether braces pair, counted as BibTeX counts them: escaped ones, too."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def verbatim(text: str) -> str:
    """A link or identifier: it is not typeset, so only what would end the field is encoded."""
    return re.sub(r"[{}\\\s]", lambda m: f"%{ord(m[0]):02X}", about.one_line(text))
