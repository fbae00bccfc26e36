"""Titles: what of a title is name, and what is annotation that a database glued on.

A title is compared by its core: without `[Review] [57 refs]`, `[Erratum appears in …]`, `[From Oral
2B]`, `. [French]`; and by its other readings, where it is given in two languages.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperctl.deduplicate import vocabulary
from paperctl.text.fold import fold

_TAG = re.compile(r"</?[a-z]{1,6}\b[^<>]*>", re.IGNORECASE)
_TEX = re.compile(r"\\(?!(?:log|ln|exp|min|max|sin|cos|lim|sup|inf|det)(?![a-zA-Z]))[a-zA-Z]+\s*|[\\{}$^]")
_PLUS = re.compile(r"(?<=[A-Za-z]{3})(\++)(?=\s*(?::|$))")
_SQUARE = re.compile(r"\[([^\[\]]*)\]")
_ROUND = re.compile(r"\(([^()]*)\)\s*[.?!]?\s*$")
_READINGS = re.compile(r"\s*(?:<ORIGINAL>|;\s|\s=\s|\sTO:\s)\s*")
# The head of a notice, and the citation of the corrected article in brackets at its end: "(vol 14, pg 101,
# 2015)", "(Journal (2015) 14:2 (101-112))", "[Journal 14 (2015) 101-112]", "(Journal 2015;14:101-12)".
_NOTICE_HEAD = re.compile(
    r"^\W*(?:(?:author|publisher)(?:['’]?s)? )?"
    r"(?:(?:errat(?:um|a)|corrigend(?:um|a))(?:\s(?:to|for|in|of|on)\b)?|corrections?(?=\s*:|\sto\b|\s\w+\s*[\"“:])(?:\s(?:to|for|in|of)\b)?)"
    r"\W+(?:the article\W+)?(?=\w)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“”„«']")
_QUOTED = re.compile(r"[\"“”„«']{1,2}([^\"“”„«»]{10,})[\"“”»']{1,2}(?!\w)")
_YEAR_IN = r"(?:19|20)\d\d"
_CITED = re.compile(
    r"\W*[(\[]\s*(?:vol(?:ume)?\.?\s?\w+,?\s(?:pg?|pages?|art)?\.?\s?[\w–-]+,\s" + _YEAR_IN + ""
    r"|[^()\[\]]{3,150}\(" + _YEAR_IN + r"\)[\s,;:]*[\w:.,\s–-]{0,30}\([\w\s,.–-]{1,40}\)[^()]{0,80}"
    r"|[^()\[\]]{3,150}[\s,]\d{1,4}(?:\s?\(\w{1,9}\))?,?\s\("
    + _YEAR_IN
    + r"\),?\s?[\w.\s–-]{1,30}[^()]{0,80}"
    r"|[^()\[\]]{3,150}\b"
    + _YEAR_IN
    + r"(?:\s\w{3,9})?(?:\s\d\d?)?[;,]\s?\d{1,4}(?:\s?\(\w{1,9}\))?\s?:\s?[\w\s–-]{1,30})[)\]]\W*$",
    re.IGNORECASE,
)
_BREAK = re.compile(r":\s|\.\s|\?\s|!\s|\s[-–—]+\s|--|—|\s\(|;\s")
_BROKEN = re.compile(r"(?<=\w)[?\ufffd](?=\w)")
_SEGMENTS = re.compile(r":\s|\s[-–—]+\s|--|—")
_DIGITS = re.compile(r"\d+")

_GREEK = re.compile(f"[{''.join(vocabulary.GREEK)}]", re.IGNORECASE)
_STAGE = re.compile(r"(i{1,3}|iv|v|\d+)([a-d])$")  # no stage is VIa, and "via" is a word
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")


@dataclass(slots=True, frozen=True)
class Title:
    """A title taken apart: `words` the folded words of the core, `flat` the same without spaces, `content`
    how many of them say something."""

    words: tuple[str, ...]
    flat: str
    heads: frozenset[str]
    quoted: frozenset[str]
    readings: tuple[str, ...]
    numbers: tuple[str, ...]
    signs: frozenset[tuple[str, str]]
    letters: tuple[str, ...]
    about: frozenset[str]
    extended: bool
    generic: bool
    content: int


@lru_cache(maxsize=200_000)
def take_apart(raw: str) -> Title:
    """The parts of a title as comparison needs them; `raw` is the title as it stands in a record."""
    corrects = _corrects(raw[:LONGEST])
    main, *others = readings(raw)
    text, about, extended = _without_note(main)
    words = _words(text)
    if not words:
        words = _words(raw[:LONGEST])
    content = [w for w in words if w not in vocabulary.STOP]
    return Title(
        words=words,
        flat="".join(words),
        heads=frozenset(_heads(text)),
        quoted=_quoted(raw[:LONGEST]),
        readings=tuple(others),
        numbers=_numbers(words),
        signs=_signs(raw[:LONGEST]),
        letters=tuple(w for w in words if w in _LETTERS),
        about=_about(words, (*about, *map(str.lower, _MARK.findall(raw))))
        | _named(_SAID.search(raw[:LONGEST]))
        | corrects,
        extended=extended,
        generic=" ".join(words) in vocabulary.COLUMN_TITLES
        or bool(_OF_THE_MONTH.search(" ".join(words)))
        or _all_generic(content)
        or any(_is_column(part) for part in _SEGMENTS.split(text)),
        content=len(content),
    )


def _quoted(raw: str) -> frozenset[str]:
    """The flat text of what a title quotes."""
    quotes = _QUOTED.findall(raw) if _QUOTE.search(raw) else ()
    return frozenset("".join(_words(quote)) for quote in quotes)


def _all_generic(words: Sequence[str]) -> bool:
    return all(
        w in vocabulary.GENERIC or w in vocabulary.STOP or w.isdigit() or _ORDINAL.match(w) for w in words
    )


# "EKG of the month" and "Image of the week" come back in every issue.
_OF_THE_MONTH = re.compile(r"^(?:\w+ ){1,3}of (?:the|this) (?:day|week|month|quarter|issue)$")


def _is_column(part: str) -> bool:
    """Whether a segment names a column that comes back in every issue ("Guest Editorial")."""
    words = _words(part)
    return bool(words) and _all_generic(words) and any(w in vocabulary.COLUMNS for w in words)


def _about(words: tuple[str, ...], note: tuple[str, ...]) -> frozenset[str]:
    """The words that make an item *about* the work it names; they stand at either end or in the note."""
    found = {w for w in (*words[:2], *words[-1:], *note) if w in vocabulary.ABOUT_A_WORK}
    found |= {
        w
        for w, then in itertools.pairwise(words[:4])
        if w in vocabulary.ANSWERS and then in vocabulary.ANSWERED
    }
    found |= {w for w in note if " " in w or w in ("reply", "letter")}
    called = found | _named(_NOTICE.search(" ".join(words)))
    return frozenset(CORRECTION if w in vocabulary.CORRECTIONS else w for w in called)


CORRECTION = "erratum"
"""What every notice that corrects an article is called, whatever its journal calls it."""


def _corrects(raw: str) -> frozenset[str]:
    """Whether a title is that of a notice, by its head or by the citation of the article at its end."""
    cited = _CITED.search(raw) if "(" in raw or "[" in raw else None
    noticed = _NOTICE_HEAD.match(raw) or (cited and cited[0].lstrip(' .:,"”').startswith("("))
    return frozenset((CORRECTION,)) if noticed else frozenset()


def _without_notice(raw: str) -> str:
    """The title that a notice corrects; any other title as it is."""
    if not _corrects(raw):
        return raw
    text = _NOTICE_HEAD.sub("", _CITED.sub("", raw)).strip(" \"“”'‘’")
    return text if len(text.split()) >= _READING_WORDS else raw


def _named(notice: re.Match[str] | None) -> frozenset[str]:
    """What a notice is called."""
    return frozenset((notice.lastgroup.replace("_", " "),)) if notice and notice.lastgroup else frozenset()


# What an item about a work is called by its title, folded, and by its title as it was written.
_NOTICE = re.compile(
    r"^(?:(?P<letter>letter by)|(?P<commentary>invited commentary)"
    r"|(?P<warning>(?:editorial )?expression of concern)"
    r"|(?P<retraction>notice of retraction)|(?P<withdrawal>notice of withdrawal|withdrawn)"
    r"|(?P<lay_summary>plain language summary)|(?P<design>rationale and design)"
    r"|(?P<additional_file>additional file \d+ of)|(?P<recommendation>faculty opinions recommendation of)"
    r"|(?P<video>video abstract)|(?P<choice>editors? s? ?choice)|(?P<journal_club>journal club)"
    r"|(?P<lay_summaries>summaries for patients)"
    r"|(?P<appendix>online appendix|appendix (?:to|for|of))"
    r"|(?P<supporting_file>supporting information (?:to|for)|supplement(?:a(?:ry|l) \w+)? (?:to|for)))\b"
    r"|\b(?:(?P<summary>executive summary)"
    r"|(?P<supplement>supplementa(?:ry|l) (?:materials?|data|information))"
    r"|(?P<reply>reply)|(?P<erratum>vol \d+ (?:pg? )?\w+ \d{4}))$"
)
_SAID = re.compile(
    r"^\W*(?:(?P<letter>re|letter)|(?P<commentary>commentary|comment|discussion)|(?P<reply>reply|response)"
    r"|(?P<review>book review)|(?P<data_set>data from|replication data for))\s?:\s"
    r"|[:.)\]\"”’]\s*(?:(?P<correction>correction|corrigendum|erratum)|(?P<retraction>retraction))"
    r" (?:to|of|for) [^:]{2,80}\d{4}\W*$",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\[(reply|letter|authors?'? reply|errat(?:um|a)|corrections?|corrigendum|retraction)\]", re.IGNORECASE
)


@lru_cache(maxsize=50_000)
def style(raw: str) -> str:
    """How a title is capitalised: "capitals", "each word" or "sentence"; empty where nothing tells."""
    if raw.isupper():
        return "capitals"
    long = [w for w in raw.split()[1:] if len(w) >= _STYLED_LETTERS and w.isalpha()]
    if len(long) < _STYLED_WORDS:
        return ""
    large = sum(w[0].isupper() for w in long) / len(long)
    return "each word" if large >= _MOST else "sentence" if large <= 1 - _MOST else ""


_STYLED_LETTERS, _STYLED_WORDS, _MOST = 4, 2, 0.7


def core(raw: str) -> tuple[str, ...]:
    """The folded words of a title without annotations: what blocking keys are made of."""
    raw = raw[:LONGEST]
    if not _NEEDS_CARE.search(raw):
        return tuple(fold(raw).split())
    words = _words(_without_note(readings(raw)[0])[0])
    return words or tuple(fold(raw).split())


def other_readings(raw: str) -> list[str]:
    """The flat text of a title's other readings: its translation, where both are given."""
    if not _NEEDS_CARE.search(raw):
        return []
    return ["".join(_words(text)) for text in readings(raw)[1:]]


def readings(raw: str) -> list[str]:
    """The title, and where it is given in two languages the other one; annotations in [ ] are gone."""
    parts: list[str] = []
    raw = raw[:LONGEST]
    if "<" in raw or ">" in raw:
        raw = _OR_EQUAL.sub(r"\1=", raw)
    raw = _without_notice(_RETRACTED.sub("", raw))
    for piece in raw.split("<ORIGINAL>"):
        text = _TAG.sub("", piece)
        if "\\" in text or "$" in text or "{" in text:
            text = _TEX.sub("", text)
        text = text.strip(" \"'“”")
        if "[" in text:
            text, aside = _without_brackets(text)
            parts += [text, *aside]
        else:
            parts.append(text)
    found: list[str] = []
    for part in parts:
        pieces = [p for p in _READINGS.split(part) if p.strip()]
        whole = len(pieces) < 2 or any(len(p.split()) < _READING_WORDS for p in pieces)
        found += [part] if whole else pieces
    return [f for f in found if f.strip()] or [raw]


# No title needs more, and a dump may hold one of megabytes.
LONGEST = 1000
_READING_WORDS = 4
_ISOTOPE = re.compile(r"\d{1,3}[A-Z][a-z]?$")
_OR_EQUAL = re.compile(r"([<>])\s*(?:or\s?|/\s?)=")
_RETRACTED = re.compile(r"^\s*\[?retracted(?: article)?\s*[:.\]]\s*", re.IGNORECASE)
_SHORT_TAG = 25
_NEEDS_CARE = re.compile(
    r"[\[<>({\\$;=+*#?\ufffd\u0370-\u03ff]|\sTO:\s|[Aa]bstract|[Vv]ersion|^RETRACTED|^\W*(?:author|publisher|errat|corr)",
    re.IGNORECASE,
)
_DB_NOTE = re.compile(
    r"\s*\[\s*(?:\w+\s+)?(?:erratum|corrected|correction|comment|summary for patients|see comment"
    r"|republished|update|review|retracted|\d+ refs)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_TRAILING_NOTE = re.compile(
    r"[\s:.,–—-]+(extended abstract|extended version|full version|short version|book review)\W*$",
    re.IGNORECASE,
)


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """Text without its square brackets, and what stood in them if that is a reading of the title."""
    text = _DB_NOTE.sub("", text) or text
    aside: list[str] = []
    while match := _SQUARE.search(text):
        inner, before, after = (
            match[1].strip(),
            text[: match.start()].strip(),
            text[match.end() :].strip(" ."),
        )
        if not before and not after:
            return inner, aside
        if not before and _ISOTOPE.match(inner):
            text = f"{inner} {after}"
        elif not before and len(inner) > _SHORT_TAG:
            aside += [after] if len(after.split()) >= _READING_WORDS else []
            text = inner
        elif not after and len(inner.split()) >= _READING_WORDS:
            aside.append(inner)
            text = before
        elif before and after:
            text = f"{before} {inner} {after}"
        else:
            text = before or after
    return text, aside


def _without_note(text: str) -> tuple[str, tuple[str, ...], bool]:
    """Text without a closing note such as "(extended abstract)", the note's words, and if it is a version."""
    if match := _ROUND.search(text):
        inner = fold(match[1]).split()
        if (
            inner
            and all(w in vocabulary.NOTES or w in vocabulary.STOP for w in inner)
            and text[: match.start()].strip()
        ):
            return text[: match.start()].rstrip(), tuple(inner), "extended" in inner or "version" in inner
    if (match := _TRAILING_NOTE.search(text)) and match.start() > 0:
        note = tuple(fold(match[1]).split())
        return text[: match.start()], note, "book" not in note
    return text, (), False


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


# The R*-tree is no R-tree, the B+-tree no B-tree and C++ no C; but K+ is potassium, as K is.
_LETTER = re.compile(
    r"\b([A-Za-z])(\+\+|[*#]|\+(?=-?\s?trees?\b))(?=[\s:,.;)-]|$|[A-Za-z]{3})", re.IGNORECASE
)
_SIGNS = {"*": "star", "+": "plus", "++": "plusplus", "#": "sharp"}
# "beta2" and "IL-1beta" as "beta 2" and "IL-1 beta".
_GLUED = re.compile(r"\b(\d*)(alpha|beta|gamma|delta|kappa)(\d*)\b")


def _heads(text: str) -> list[str]:
    """The flat text before and after each break: what is left when a database drops the subtitle."""
    found = []
    for match in _BREAK.finditer(text):
        for piece in (text[: match.start()], text[match.end() :]):
            flat = "".join(_words(piece))
            if len(flat) >= LEAST_LETTERS:
                found.append(flat)
    return found


LEAST_LETTERS = 10


_SIGN = re.compile(
    r"(\w{2,})(?:\(?([+\N{MINUS SIGN}-])|[\s-]\(?(pos|neg)\b)\)?(?=[\s,;:)/]|$)|([<>≤≥])\s?=?\s?(\d+)",
    re.IGNORECASE,
)
_SAME_SIGN = {"\N{MINUS SIGN}": "-", "neg": "-", "pos": "+", "≤": "<", "≥": ">"}


def _signs(raw: str) -> frozenset[tuple[str, str]]:
    """What folding loses: (thing, sign) of "HER2+", "CD4-", "≥ 65"."""
    found = _SIGN.findall(_TAG.sub("", raw)) if _SIGNED.search(raw) else []
    pairs = ((thing or number, (sign or word or limit).lower()) for thing, sign, word, limit, number in found)
    return frozenset((thing.lower(), _SAME_SIGN.get(sign, sign)) for thing, sign in pairs)


_SIGNED = re.compile(r"[+<>≤≥\N{MINUS SIGN}-]|\b(?:pos|neg)\b", re.IGNORECASE)

# Letters and Greek letters number things: vitamin A and D, factor alpha and beta.
_LETTERS = frozenset("abcdefghijklmnopqrtuvwxyz") | set(vocabulary.GREEK.values())
_ARABIC = {**vocabulary.ROMAN, "i": "1", "v": "5"}


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
