"""Cite keys: stable, unique, an entry's own where it has one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from paperctl.exports._names import parts
from paperctl.record import Record
from paperctl.text.fold import fold

_USABLE = re.compile(r"[^\s,{}()\"#%~\\='<>&|@\x00-\x20\x7f-\x9f]+")
_SMALL = frozenset(
    (
        *("a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "from", "by", "at", "is"),
        *("are", "do", "does", "can", "how", "what", "why", "when", "towards", "toward", "via"),
        *("using", "as", "it", "we"),
    )
)


class CiteKeys:
    """Hands out keys. `see` every record first, then `key_of` each.

    A key that several papers want goes to the one that was in the store first, so that citations in a
    manuscript go on to mean the same paper when more are added; the others get their id's beginning
    at the end of theirs.
    """

    def __init__(self) -> None:
        self._wanted: dict[str, list[tuple[bool, str, str, str]]] = {}
        self._keys: dict[str, str] = {}

    def see(self, record: Record) -> None:
        own = own_key(record)
        base = own or made_key(record)
        order = (not own, str(record.get("added") or ""), str(record["id"]), base)
        self._wanted.setdefault(base.lower(), []).append(order)

    def key_of(self, record: Record) -> str:
        if not self._keys:
            self._settle(sorted(self._wanted.items()))
        return self._keys[str(record["id"])]

    def _settle(self, wanted: Iterable[tuple[str, list[tuple[bool, str, str, str]]]]) -> None:
        taken = set(self._wanted)
        for _, papers in wanted:
            first, *others = sorted(papers)
            self._keys[first[2]] = first[3]
            for _, _, paper, base in others:
                length = 4
                while (key := f"{base}-{paper[:length]}").lower() in taken and length < len(paper):
                    length += 1
                taken.add(key.lower())
                self._keys[paper] = key


def own_key(record: Record) -> str | None:
    """The key under which a BibTeX file held the paper, if any key may look like that."""
    for source in record.get("sources") or ():
        key = source.get("key")
        if source.get("format") == "bibtex" and isinstance(key, str) and _USABLE.fullmatch(key):
            return key
    return None


def made_key(record: Record) -> str:
    """First author's family name, year, first word of the title that says something: hu2022lora."""
    authors = record.get("authors") or [""]
    words = [_ascii(word) for word in fold(str(record.get("title") or "")).split() if word not in _SMALL]
    word = next(filter(None, words), "")
    return f"{_ascii(parts(authors[0]).family)}{record.get('year') or ''}{word}" or "paper"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())
