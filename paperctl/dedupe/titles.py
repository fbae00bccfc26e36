"""Titles: what of a title is name, what is annotation, and how two titles differ.

A title is compared by its core: without tags a database glued on (`[Review] [57 refs]`,
`[Erratum appears in …]`, `[From Oral 2B]`, `. [French]`), and by its other readings (a title given
in two languages). Two cores that differ are told apart by *how*: a typing slip, words added on one
side, or a word exchanged for another. The last makes another paper far more often than a slip.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA, Indel

from paperctl.dedupe import vocabulary
from paperctl.record import fold

TitleRelation = Literal["same", "part", "added", "near", "other", "unknown"]

_TAG = re.compile(r"</?[a-z]{1,6}\b[^<>]*>", re.IGNORECASE)
_TEX = re.compile(r"\\[a-zA-Z]+\s*|[{}$^]")
_PLUS = re.compile(r"(?<=[A-Za-z]{3})(\++)(?=\s*(?::|$))")
_SQUARE = re.compile(r"\[([^\[\]]*)\]")
_ROUND = re.compile(r"\(([^()]*)\)\s*[.?!]?\s*$")
_READINGS = re.compile(r"\s*(?:<ORIGINAL>|;\s|\s=\s|\sTO:\s)\s*")
_BREAK = re.compile(r":\s|\.\s|\?\s|!\s|\s[-–—]+\s|--|—|\s\(|;\s")
_BROKEN = re.compile(r"(?<=\w)[?\ufffd](?=\w)")
_SEGMENTS = re.compile(r":\s|\s[-–—]+\s|--|—")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d$")

_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
_SERIAL = re.compile(r"(?:v|ver|version)?\d+$|(?:plus)+$")


@dataclass(slots=True, frozen=True)
class Title:
    """A title taken apart: `words` the folded words of the core, `flat` the same without spaces, `content`
    how many of them say something."""

    words: tuple[str, ...]
    flat: str
    heads: frozenset[str]
    readings: tuple[str, ...]
    numbers: tuple[str, ...]
    about: frozenset[str]
    extended: bool
    generic: bool
    content: int


@dataclass(slots=True, frozen=True)
class TitleMatch:
    """How two titles stand to each other.

    `ratio` 0..1 over letters, `veto` what speaks against one work, `only_a` and `only_b` the content
    words that one has alone, `common` the share of the shorter title's content words that both have.
    """

    relation: TitleRelation
    ratio: float
    veto: str = ""
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()
    common: float = 1.0


@lru_cache(maxsize=200_000)
def take_apart(raw: str) -> Title:
    """The parts of a title as comparison needs them; `raw` is the title as it stands in a record."""
    main, *others = readings(raw)
    text, about, extended = _without_note(main)
    words = _words(text)
    if not words:
        words = _words(raw)
    content = [w for w in words if w not in vocabulary.STOP]
    return Title(
        words=words,
        flat="".join(words),
        heads=frozenset(_heads(text)),
        readings=tuple(others),
        numbers=_numbers(words),
        about=_about(words, about),
        extended=extended,
        generic=_all_generic(content) or any(_is_column(part) for part in _SEGMENTS.split(text)),
        content=len(content),
    )


def _all_generic(words: Sequence[str]) -> bool:
    return all(
        w in vocabulary.GENERIC or w in vocabulary.STOP or w.isdigit() or _ORDINAL.match(w) for w in words
    )


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
    return frozenset(found)


def core(raw: str) -> tuple[str, ...]:
    """The folded words of a title without annotations: what blocking keys are made of."""
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


_READING_WORDS = 4
_SHORT_TAG = 25
_NEEDS_CARE = re.compile(r"[\[<({\\$;=+?\ufffd]|\sTO:\s|[Aa]bstract|[Vv]ersion")
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
        if not before and len(inner) > _SHORT_TAG:
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
    if "?" in text or "\ufffd" in text:
        text = _BROKEN.sub("", text)
    if "+" in text:
        text = _PLUS.sub(lambda m: "plus" * len(m[1]), text)
    return tuple(fold(text).split())


def _heads(text: str) -> list[str]:
    """The flat text before and after each break: what is left when a database drops the subtitle."""
    found = []
    for match in _BREAK.finditer(text):
        for piece in (text[: match.start()], text[match.end() :]):
            flat = "".join(_words(piece))
            if len(flat) >= _HEAD_LETTERS:
                found.append(flat)
    return found


_HEAD_LETTERS = 10


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for i, word in enumerate(words):
        if word.isalpha():
            if word in vocabulary.ROMAN:
                found.append(vocabulary.ROMAN[word])
            elif word in vocabulary.NUMBER_WORDS:
                found.append(vocabulary.NUMBER_WORDS[word])
            elif word in vocabulary.ROMAN_COUNTED and i and words[i - 1] in vocabulary.COUNTED:
                found.append(vocabulary.ROMAN_COUNTED[word])
        else:
            found += [d.lstrip("0") or "0" for d in _DIGITS.findall(word)]
    return tuple(sorted(found))


_GLANCE = 0.63


def alike_at_a_glance(a: str, b: str) -> bool:
    """Whether two flat titles are alike enough to look closer, or one begins or ends with the other."""
    if Indel.normalized_similarity(a, b, score_cutoff=_GLANCE):
        return True
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return len(short) >= _HEAD_LETTERS and (long.startswith(short) or long.endswith(short))


def compare(raw_a: str, raw_b: str) -> TitleMatch:
    """How two titles stand to each other, by the readings that agree best."""
    a, b = take_apart(raw_a), take_apart(raw_b)
    if not a.flat or not b.flat:
        return TitleMatch("unknown", 0.0)
    best = _compare(a, b)
    if best.relation == "same" or not (a.readings or b.readings):
        return best
    for ra in (raw_a, *a.readings):
        for rb in (raw_b, *b.readings):
            match = _compare(take_apart(ra), take_apart(rb))
            if _RANK[match.relation] > _RANK[best.relation] and not match.veto:
                best = match
    return best


_RANK: dict[TitleRelation, int] = {"same": 5, "part": 4, "added": 3, "near": 2, "other": 1, "unknown": 0}
_NEAR = 0.72


def _compare(a: Title, b: Title) -> TitleMatch:
    about = a.about ^ b.about
    veto = f"only one is a {min(about)}" if about else ""
    if a.flat == b.flat:
        return TitleMatch("same", 1.0, veto)
    ratio = Indel.normalized_similarity(a.flat, b.flat)
    only_a, only_b = _leftovers(a.words, b.words)
    veto = veto or _number_veto(a, b, only_a, only_b)
    if not only_a and not only_b:
        relation: TitleRelation = "same"
    elif b.flat in a.heads or a.flat in b.heads:
        relation = "part"
    elif not only_a or not only_b:
        relation = "added" if ratio >= _ADDED else "other"
    else:
        relation = "near" if ratio >= _NEAR else "other"
    shared = max(0, min(a.content - len(only_a), b.content - len(only_b)))
    return TitleMatch(relation, ratio, veto, only_a, only_b, shared / max(1, min(a.content, b.content)))


_ADDED = 0.5


def _leftovers(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The content words that stand in one title alone, after pairing slips of the pen and compounds."""
    if len(a) >= _CUT_WORDS <= len(b) and (a[-1].startswith(b[-1]) or b[-1].startswith(a[-1])):
        a, b = a[:-1], b[:-1]
    rest_b = [vocabulary.ROMAN.get(w, w) for w in b]
    rest_a = []
    for word in (vocabulary.ROMAN.get(w, w) for w in a):
        if word in rest_b:
            rest_b.remove(word)
        else:
            rest_a.append(word)
    if "".join(rest_a) == "".join(rest_b):
        return (), ()
    for word in tuple(rest_a):
        for other in rest_b:
            if slip(word, other):
                rest_a.remove(word)
                rest_b.remove(other)
                break
    if rest_a and rest_b:
        _drop_compounds(rest_a, rest_b, a, b)
        _drop_compounds(rest_b, rest_a, b, a)
    return tuple(w for w in rest_a if w not in vocabulary.STOP), tuple(
        w for w in rest_b if w not in vocabulary.STOP
    )


_CUT_WORDS, _COMPOUND = 12, 6


def _drop_compounds(
    rest: list[str], other: list[str], words: tuple[str, ...], other_words: tuple[str, ...]
) -> None:
    """Pairs "postoperative" with "post operative", wherever the halves stand side by side."""
    for word in [w for w in rest if len(w) >= _COMPOUND]:
        for left, right in itertools.pairwise(other_words):
            if left + right == word and (left in other or right in other):
                rest.remove(word)
                for half in (left, right):
                    if half in other:
                        other.remove(half)
                    elif half in words and half in rest:
                        rest.remove(half)
                break


_SLIP_LETTERS, _LONG_LETTERS = 5, 8


def slip(a: str, b: str) -> bool:
    """Whether two words are one word with a slip of the pen or another ending.

    A letter put in front makes another word (`unsupervised`, `QLoRA`, `PPLLaVA`), so the first letter
    must agree; short words have no room for slips (`LoRA`, `DoRA`); digits are never slips.
    """
    if not (a.isalpha() and b.isalpha()) or a[0] != b[0]:
        return False
    short, long = sorted((a, b), key=len)
    if len(long) > len(short) and long.endswith(short):
        return False
    if long in (short + "s", short + "es", short + "e") and len(short) > 2:
        return True
    if len(short) < _SLIP_LETTERS:
        return False
    if OSA.distance(a, b, score_cutoff=2) <= (2 if len(short) >= _LONG_LETTERS else 1):
        return True
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(short))
    return shared >= _SLIP_LETTERS and len(a) - shared <= 4 and len(b) - shared <= 4


def _number_veto(a: Title, b: Title, only_a: tuple[str, ...], only_b: tuple[str, ...]) -> str:
    """Why the numbers of two titles make them two works: Part I and II, v2, "2.0", other years."""
    left, right = _minus(a.numbers, b.numbers), _minus(b.numbers, a.numbers)
    if left and right:
        return f"numbers differ: {' '.join(left)} / {' '.join(right)}"
    for short, long in ((only_a, only_b), (only_b, only_a)):
        if any(x != y and y.startswith(x) and _SERIAL.match(y[len(x) :]) for x in short for y in long):
            return "one is a numbered successor: " + " / ".join((*short, *long))
        if not short and long and len(long) <= _SERIAL_WORDS and all(map(_is_serial, long)):
            return "one is a numbered part: " + " ".join(long)
    return ""


_SERIAL_WORDS = 3


def _is_serial(word: str) -> bool:
    if _YEAR.match(word):
        return False
    return (
        word in vocabulary.ROMAN
        or word in vocabulary.COUNTED
        or word in vocabulary.ROMAN_COUNTED
        or bool(_SERIAL.match(word))
    )


def _minus(a: tuple[str, ...], b: tuple[str, ...]) -> list[str]:
    rest = list(a)
    for n in b:
        if n in rest:
            rest.remove(n)
    return rest
