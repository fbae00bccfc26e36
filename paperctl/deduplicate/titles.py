"""Titles taken apart: the words of the core, and what else of a title the comparison looks at.

A title is compared by its core: without `[Review] [57 refs]`, `[Erratum appears in …]`, `[From Oral
2B]`, `. [French]`; and by its other readings, where it is given in two languages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from paperctl.deduplicate import notices, thresholds, title_text, vocabulary
from paperctl.text.fold import fold

_PLUS = re.compile(r"(?<=[A-Za-z]{3})(\++)(?=\s*(?::|$))")
_QUOTE = re.compile(r"[\"“”„«']")
_QUOTED = re.compile(r"[\"“”„«']{1,2}([^\"“”„«»]{10,})[\"“”»']{1,2}(?!\w)")
_BREAK = re.compile(r":\s|\.\s|\?\s|!\s|\s[-–—]+\s|--|—|\s\(|;\s")
_BROKEN = re.compile(r"(?<=\w)[?\ufffd](?=\w)")
_SEGMENTS = re.compile(r":\s|\s[-–—]+\s|--|—")
_DIGITS = re.compile(r"\d+")

_GREEK = re.compile(f"[{''.join(vocabulary.GREEK)}]", re.IGNORECASE)
_STAGE = re.compile(r"(i{1,3}|iv|v|\d+)([a-d])$")  # no stage is VIa, and "via" is a word
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")


class Title:
    """A title taken apart, each part when it is first asked for: most pairs differ in their words.

    `words` are the folded words of the core, `flat` the same without spaces, `readings` the title's other
    readings, `extended` whether a note calls it an extended version."""

    def __init__(self, raw: str) -> None:
        self._raw = raw[: thresholds.TITLE_READ]
        main, *others = title_text.readings(self._raw)
        self._text, self._note, self.extended = title_text.without_note(main)
        self.words = _words(self._text) or _words(self._raw)
        self.flat = "".join(self.words)
        self.readings = tuple(others)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The flat text before and after each break."""
        return frozenset(_heads(self._text))

    @cached_property
    def quoted(self) -> frozenset[str]:
        """The flat text of what the title quotes."""
        return _quoted(self._raw)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that it names, ascending."""
        return _numbers(self.words)

    @cached_property
    def signs(self) -> frozenset[tuple[str, str]]:
        """The signs that folding loses, each with what has it."""
        return _signs(self._raw)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The letters that stand alone."""
        return tuple(w for w in self.words if w in _LETTERS)

    @cached_property
    def about(self) -> frozenset[str]:
        """What makes it an item about another work."""
        return notices.about(self._raw, self.words, self._note)

    @cached_property
    def generic(self) -> bool:
        """Whether it names a kind of page only."""
        return _is_generic(self._text, self.words)

    @cached_property
    def content(self) -> int:
        """How many of its words are no small words."""
        return sum(w not in vocabulary.STOP for w in self.words)

    @cached_property
    def cut(self) -> bool:
        """Whether it ends in dots."""
        return self._raw.rstrip().endswith(("…", "..."))


@lru_cache(maxsize=200_000)
def take_apart(raw: str) -> Title:
    """The parts of a title as comparison needs them; `raw` is the title as it stands in a record."""
    return Title(raw)


def core(raw: str) -> tuple[str, ...]:
    """The folded words of a title without annotations: what blocking keys are made of."""
    return core_and_readings(raw)[0]


def core_and_readings(raw: str) -> tuple[tuple[str, ...], list[str]]:
    """The same, and the flat text of the title's other readings: its translation, where both are given."""
    raw = raw[: thresholds.TITLE_READ]
    if not title_text.may_be_annotated(raw):
        return tuple(fold(raw).split()), []
    first, *others = title_text.readings(raw)
    words = _words(title_text.without_note(first)[0])
    return words or tuple(fold(raw).split()), ["".join(_words(text)) for text in others]


def _quoted(raw: str) -> frozenset[str]:
    """The flat text of what a title quotes."""
    quotes = _QUOTED.findall(raw) if _QUOTE.search(raw) else ()
    return frozenset("".join(_words(quote)) for quote in quotes)


# ---- titles that name a kind of page -----------------------------------------------------------

# "EKG of the month" and "Image of the week" come back in every issue.
_OF_THE_MONTH = re.compile(r"^(?:\w+ ){1,3}of (?:the|this) (?:day|week|month|quarter|issue)$")


def _is_generic(text: str, words: Sequence[str]) -> bool:
    """Whether a title names a kind of page, or a column that comes back in every issue."""
    folded = " ".join(words)
    return (
        folded in vocabulary.COLUMN_TITLES
        or bool(_OF_THE_MONTH.search(folded))
        or _all_generic(words)
        or any(_is_column(part) for part in _SEGMENTS.split(text))
    )


def _all_generic(words: Sequence[str]) -> bool:
    return all(
        w in vocabulary.GENERIC or w in vocabulary.STOP or w.isdigit() or _ORDINAL.match(w) for w in words
    )


def _is_column(part: str) -> bool:
    """Whether a segment names a column that comes back in every issue ("Guest Editorial")."""
    words = _words(part)
    return bool(words) and _all_generic(words) and any(w in vocabulary.COLUMNS for w in words)


@lru_cache(maxsize=50_000)
def style(raw: str) -> str:
    """How a title is capitalised: "capitals", "each word" or "sentence"; empty where no word shows it."""
    if raw.isupper():
        return "capitals"
    long = [w for w in raw.split()[1:] if len(w) >= thresholds.STYLED_LETTERS and w.isalpha()]
    if len(long) < thresholds.STYLED_WORDS:
        return ""
    large = sum(w[0].isupper() for w in long) / len(long)
    if large >= thresholds.STYLED_SHARE:
        return "each word"
    return "sentence" if large <= 1 - thresholds.STYLED_SHARE else ""


# ---- words -------------------------------------------------------------------------------------

# The R*-tree is no R-tree, the B+-tree no B-tree and C++ no C; but K+ is potassium, as K is.
_LETTER = re.compile(
    r"\b([A-Za-z])(\+\+|[*#]|\+(?=-?\s?trees?\b))(?=[\s:,.;)-]|$|[A-Za-z]{3})", re.IGNORECASE
)
_SIGNS = {"*": "star", "+": "plus", "++": "plusplus", "#": "sharp"}
# "beta2" and "IL-1beta" as "beta 2" and "IL-1 beta".
_GLUED = re.compile(r"\b(\d*)(alpha|beta|gamma|delta|kappa)(\d*)\b")


def _words(text: str) -> tuple[str, ...]:
    if _GREEK.search(text):
        text = _GREEK.sub(lambda m: f" {vocabulary.GREEK.get(m[0].casefold(), m[0])} ", text)
    if "?" in text or "\ufffd" in text:
        text = _BROKEN.sub("", text)
    if "+" in text:
        text = _PLUS.sub(lambda m: "plus" * len(m[1]), text)
    if "*" in text or "+" in text or "#" in text:
        text = _LETTER.sub(lambda m: m[1] + _SIGNS[m[2]], text)
    return tuple(_GLUED.sub(r"\1 \2 \3", fold(text)).split())


def _heads(text: str) -> list[str]:
    """The flat text before and after each break: what is left when a database drops the subtitle."""
    found = []
    for match in _BREAK.finditer(text):
        for piece in (text[: match.start()], text[match.end() :]):
            flat = "".join(_words(piece))
            if len(flat) >= thresholds.TITLE_PART:
                found.append(flat)
    return found


# ---- signs, numbers, letters -------------------------------------------------------------------

_SIGN = re.compile(
    r"(\w{2,})(?:\(?([+\N{MINUS SIGN}-])|[\s-]\(?(pos|neg)\b)\)?(?=[\s,;:)/]|$)|([<>≤≥])\s?=?\s?(\d+)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[+<>≤≥\N{MINUS SIGN}-]|\b(?:pos|neg)\b", re.IGNORECASE)
_SAME_SIGN = {"\N{MINUS SIGN}": "-", "neg": "-", "pos": "+", "≤": "<", "≥": ">"}


def _signs(raw: str) -> frozenset[tuple[str, str]]:
    """What folding loses: (thing, sign) of "HER2+", "CD4-", "≥ 65"."""
    found = _SIGN.findall(title_text.TAG.sub("", raw)) if _SIGNED.search(raw) else []
    pairs = ((thing or number, (sign or word or limit).lower()) for thing, sign, word, limit, number in found)
    return frozenset((thing.lower(), _SAME_SIGN.get(sign, sign)) for thing, sign in pairs)


# Letters and Greek letters number things: vitamin A and D, factor alpha and beta.
_LETTERS = frozenset("abcdefghijklmnopqrtuvwxyz") | set(vocabulary.GREEK.values())
_ARABIC = {**vocabulary.ROMAN, "i": "1", "v": "5"}


@lru_cache(maxsize=100_000)
def as_number(word: str) -> str:
    """A Roman number, a number in words or a stage ("IIIb") in Arabic digits; any other word as it is."""
    if stage := _STAGE.match(word):
        return _ARABIC.get(stage[1], stage[1].lstrip("0") or "0") + stage[2]
    return vocabulary.ROMAN.get(word) or vocabulary.NUMBER_WORDS.get(word) or word


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for i, word in enumerate(words):
        number = as_number(word)
        if number != word or _STAGE.match(word):
            found.append(number)
        elif word in vocabulary.ROMAN_COUNTED and i and words[i - 1] in vocabulary.COUNTED:
            found.append(vocabulary.ROMAN_COUNTED[word])
        else:
            found += [d.lstrip("0") or "0" for d in _DIGITS.findall(word)]
    return tuple(sorted(found))
