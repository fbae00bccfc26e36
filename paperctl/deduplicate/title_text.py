"""The text of a title without what databases and lists glue to it: markup, tags in brackets, translations,
closing notes.
"""

from __future__ import annotations

import re

from paperctl.deduplicate import notices, thresholds, vocabulary
from paperctl.text.fold import fold

TAG = re.compile(r"</?[a-z]{1,6}\b[^<>]*>", re.IGNORECASE)
_TEX = re.compile(r"\\(?!(?:log|ln|exp|min|max|sin|cos|lim|sup|inf|det)(?![a-zA-Z]))[a-zA-Z]+\s*|[\\{}$^]")
_SQUARE = re.compile(r"\[([^\[\]]*)\]")
_ROUND = re.compile(r"\(([^()]*)\)\s*[.?!]?\s*$")
_READINGS = re.compile(r"\s*(?:<ORIGINAL>|;\s|\s=\s|\sTO:\s)\s*")
_ISOTOPE = re.compile(r"\d{1,3}[A-Z][a-z]?$")
_OR_EQUAL = re.compile(r"([<>])\s*(?:or\s?|/\s?)=")
_RETRACTED = re.compile(r"^\s*\[?retracted(?: article)?\s*[:.\]]\s*", re.IGNORECASE)
_ANNOTATED = re.compile(
    r"[\[<>({\\$;=+*#?»\ufffd\u0370-\u03ff]|\sTO:\s|[Aa]bstract|[Vv]ersion|^RETRACTED|^\W*(?:author|publisher|errat|corr)",
    re.IGNORECASE,
)
# The same of a title in ASCII, in lower case.
_SIGNS = re.compile(r"[\[<>({\\$;=+*#?]")
_NOTICES = ("author", "publisher", "errat", "corr")
_NO_WORD = re.compile(r"^\W*")
_TO = re.compile(r"\sto:\s")
_DATABASE_NOTE = re.compile(
    r"\s*\[\s*(?:\w+\s+)?(?:erratum|corrected|correction|comment|summary for patients|see comment"
    r"|republished|update|review|retracted|\d+ refs)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_TRAILING_NOTE = re.compile(
    r"[\s:.,–—-]+(extended abstract|extended version|full version|short version|book review)\W*$",
    re.IGNORECASE,
)


def may_be_annotated(raw: str) -> bool:
    """Whether anything in a title may be more than its words: most titles are spared the rest."""
    if raw.isascii():  # the usual case, which a search for each sign would take four times as long to see
        low = raw.lower()
        start = low if low[:1].isalnum() else _NO_WORD.sub("", low)
        return (
            bool(_SIGNS.search(raw))
            or "abstract" in low
            or "version" in low
            or start.startswith(_NOTICES)
            or low.startswith("retracted")
            or ("to:" in low and bool(_TO.search(low)))
        )
    return bool(_ANNOTATED.search(raw))


def readings(raw: str) -> list[str]:
    """The title, and where it is given in two languages the other one; annotations in [ ] are gone."""
    raw = raw[: thresholds.TITLE_READ]
    if "<" in raw or ">" in raw:
        raw = _OR_EQUAL.sub(r"\1=", raw)
    raw = notices.corrected_title(_RETRACTED.sub("", raw))
    parts = [part for piece in raw.split("<ORIGINAL>") for part in _without_brackets(_without_markup(piece))]
    found = [text for part in parts for text in _languages(part) if text.strip()]
    return found or [raw]


def _without_markup(text: str) -> str:
    text = TAG.sub("", text)
    if "\\" in text or "$" in text or "{" in text:
        text = _TEX.sub("", text)
    return text.removeprefix("ï»¿").strip(" \"'“”")


def _languages(text: str) -> list[str]:
    """A text in its two languages ("Aizheng = Cancer"), if either is long enough to be a title."""
    pieces = [piece for piece in _READINGS.split(text) if piece.strip()]
    two = len(pieces) > 1 and all(len(piece.split()) >= thresholds.READING_WORDS for piece in pieces)
    return pieces if two else [text]


def _without_brackets(text: str) -> list[str]:
    """Text without its square brackets, and what stood in them if that is a reading of the title."""
    if "[" not in text:
        return [text]
    text = _DATABASE_NOTE.sub("", text) or text
    aside: list[str] = []
    while match := _SQUARE.search(text):
        before, after = text[: match.start()].strip(), text[match.end() :].strip(" .")
        text, reading = _without_bracket(before, match[1].strip(), after)
        aside += [reading] if len(reading.split()) >= thresholds.READING_WORDS else []
        if not before and not after:
            break
    return [text, *aside]


def _without_bracket(before: str, inner: str, after: str) -> tuple[str, str]:
    """The title without a bracket, and what may be another reading of it."""
    if not before and not after:
        return inner, ""
    if before and after:
        return f"{before} {inner} {after}", ""
    if before:
        return before, inner
    if _ISOTOPE.match(inner):
        return f"{inner} {after}", ""
    return (inner, after) if len(inner) > thresholds.SHORT_TAG else (after, "")


def without_note(text: str) -> tuple[str, tuple[str, ...], bool]:
    """Text without a closing note such as "(extended abstract)", the note's words, and if it is a version."""
    if match := _ROUND.search(text):
        note, before = tuple(fold(match[1]).split()), text[: match.start()].rstrip()
        if note and before.strip() and all(w in vocabulary.NOTES or w in vocabulary.STOP for w in note):
            return before, note, "extended" in note or "version" in note
    if (match := _TRAILING_NOTE.search(text)) and match.start() > 0:
        note = tuple(fold(match[1]).split())
        return text[: match.start()], note, "book" not in note
    return text, (), False
