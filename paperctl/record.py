"""The shapes that paperctl's steps hand on: what a reader finds, and the record a store keeps.

A reader yields items (`Entry`, `Skip`, `Fault`, `About`); `normalise` turns an entry into the
facts of a record; a record is a plain dict in the documented JSON shape, so that fields this
version does not know pass through untouched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.json import encode

SCHEMA = 1
"""Version of the record's shape, written in every stored line."""

FACTS: dict[str, Any] = {
    "title": "",
    "abstract": None,
    "authors": (),
    "year": None,
    "venue": None,
    "doi": None,
    "arxiv_id": None,
    "url": None,
    "code_urls": (),
    "has_code": False,
    "keywords": (),
    "extra": {},
}
"""What dumps can say of a paper, in the order of a record, each with the value of knowing nothing."""

Record = dict[str, Any]
Markup = Literal["plain", "tex", "html"]


class Entry(Struct):
    """One entry as it stands in a dump, values still raw.

    `fields` uses the names of `FACTS`; values may be of the dump's own shape (authors as one
    string or a list, a year as "2024-03-01", keywords joined by ";"): `normalise` knows them.
    Everything the record has no name for goes to `extra` under its own name.
    `markup` says what the values are written in. `lines` are 1-based and inclusive.
    """

    fields: dict[str, Any]
    lines: tuple[int, int]
    key: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    markup: Markup = "plain"


class Skip(Struct):
    """Lines that hold no paper, and why: "page chrome", "table row", "comment"."""

    lines: tuple[int, int]
    reason: str


class Fault(Struct):
    """Lines that should hold a paper and cannot be read: what is wrong and how to mend it."""

    lines: tuple[int, int]
    message: str


class About(Struct):
    """What the dump says of itself (its funnel counts, open questions, date of copy).

    Kept as `about` in the source of each entry of the dump. Takes no lines: those are a `Skip`.
    """

    data: dict[str, Any]


Item = Entry | Skip | Fault | About

_NOT_WORD = re.compile(r"[\W_]+")
_MAY_BE_MARKS = re.compile("[\u0300-\U0010ffff]+")
_ASCII_WORDS = bytes(ord(chr(i).lower()) if i < 128 and chr(i).isalnum() else 32 for i in range(256))


def fold(text: str) -> str:
    """Text without case, accents and punctuation, words apart by one space: what matching compares."""
    if text.isascii():  # the usual case, and a translation takes a quarter of the time
        return b" ".join(text.encode("ascii").translate(_ASCII_WORDS).split()).decode("ascii")
    folded = without_marks(unicodedata.normalize("NFKD", text)).casefold()
    return _NOT_WORD.sub(" ", folded).strip()


def without_marks(decomposed: str) -> str:
    """A decomposed text (NFD or NFKD) without its combining marks: its accents."""
    return _MAY_BE_MARKS.sub(_base_letters, decomposed)


def _base_letters(run: re.Match[str]) -> str:
    return "".join(c for c in run[0] if not unicodedata.combining(c))


def fingerprint(facts: Mapping[str, Any]) -> str:
    """16 hex digits naming exactly these facts: equal facts, equal fingerprint, on every machine."""
    return _sha256(encode({k: facts.get(k) for k in FACTS}, order="deterministic"))[:16]


ID_LENGTH = 12
_GENERIC_WORDS = 2


def paper_id(facts: Mapping[str, Any], taken: Container[str]) -> str:
    """A paper's id: 12 hex digits of its folded title, the same in every dump and on every machine.

    A title of one or two words ("Editorial") or one whose id another paper has already `taken`
    says too little: then all facts count, and a further entry equal to the letter is numbered.
    """
    title = fold(str(facts.get("title") or ""))
    if title.count(" ") >= _GENERIC_WORDS:
        found = _digest(title)
        if found not in taken:
            return found
    whole = fingerprint(facts)
    if (found := _digest(whole)) not in taken:
        return found
    # Doubling and halving: counting up would take a hash for each of the entries before.
    last, free = 1, 2
    while _digest(f"{whole} {free}") in taken:
        last, free = free, 2 * free
    while free - last > 1:
        middle = (last + free) // 2
        if _digest(f"{whole} {middle}") in taken:
            last = middle
        else:
            free = middle
    return _digest(f"{whole} {free}")


def _digest(text: str) -> str:
    return _sha256(text.encode("utf-8", "surrogatepass"))[:ID_LENGTH]


def _sha256(data: bytes) -> str:
    import hashlib  # loads OpenSSL, which reading needs not

    return hashlib.sha256(data).hexdigest()
