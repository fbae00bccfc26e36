"""How users name papers: an id or a prefix of one, a merged paper's id, a cite key, an identifier or a link
of any of its entries, or a dump's own key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from paperctl.record import Record
from paperctl.record.citekeys import known_keys
from paperctl.record.ids import known_ids
from paperctl.text import late

SHORTEST = 4
"""Characters that the prefix of an id has at least."""
_SPELLINGS = late.pattern(
    r"(?:https?://)?(?:www\.|dx\.|export\.)?(?:"
    r"doi\.org/(?:10\.48550/arxiv\.)?"
    r"|(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html)/"
    r"|huggingface\.co/papers/"
    r"|openreview\.net/(?:forum|pdf)\?id="
    r"|aclanthology\.org/"
    r"|dblp\.(?:org|uni-trier\.de)/rec/(?:html/)?"
    r"|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/"
    r")(?P<link>[^\s&]+?)(?:\.pdf|\.html)?/?(?:&.*)?"
    r"|(?:doi|arxiv|dblp|pmid|pubmed|openreview|acl):?\s*(?P<named>[\w.].*)"
    r"|10\.48550/arxiv\.(?P<arxiv>.+)",
    re.I,
)
"""Identifiers as people copy them, with what counts of each."""
_MARKED = late.pattern(r"(?:doi|arxiv|dblp|pmid|pubmed|openreview|acl)(?::|\s)", re.I)


def spelt(word: str) -> str:
    """What counts of an identifier or a link: of `https://arxiv.org/pdf/2106.09685v2` it is 2106.09685v2."""
    word = word.strip()
    found = _SPELLINGS.fullmatch(word)
    if not found or (found["named"] and not _MARKED.match(word)):
        return word
    bare = found["link"] or found["named"] or found["arxiv"]
    return spelt(bare) if bare != word else word


class Lookup:
    """The words that a user typed for papers, and how records and lines with them are recognised."""

    def __init__(self, typed: Iterable[str], keys: Mapping[str, str] | None = None) -> None:
        """`keys` are cite keys given by hand, in lower case, each with the id of its paper."""
        self.words: dict[str, list[str]] = {}
        """What counts of a word → the words as they were typed."""
        for word in typed:
            low = spelt(word).lower()
            self.words.setdefault((keys or {}).get(low, low), []).append(word)
        self._lengths = {len(low) for low in self.words if len(low) >= SHORTEST}
        self._numbers: dict[str, set[str]] = {}
        for low in self.words:
            for number in (low, _versionless(low)):
                self._numbers.setdefault(number, set()).add(low)
        forms = {form for number in self._numbers for form in (number, number.upper()) if form}
        for word in (word for words in self.words.values() for word in words):
            forms |= {word.strip(), spelt(word)}
        # Looking for many words in a line costs more than decoding it.
        self._hints = [msgspec.json.encode(form)[1:-1] for form in forms] if len(forms) < 30 else [b""]

    def may_be_in(self, line: bytes) -> bool:
        """Whether a line may be of a paper that is wanted."""
        return any(hint in line for hint in self._hints)

    def naming(self, record: Record) -> set[str]:
        """The words, as they were typed, that name this paper."""
        keys = {known.lower()[:n] for known in known_ids(record) for n in self._lengths}
        numbers = {spelt(str(number)).lower() for number in _told(record) if number}
        keys |= known_keys(record) & self.words.keys()
        keys.update(*(self._numbers.get(number, ()) for number in numbers))
        return {word for key in keys for word in self.words.get(key, ())}


def _told(record: Record) -> Iterator[object]:
    """Every identifier, link and key that the entries of a paper have."""
    entries = (source.get("own", {}) for source in record["sources"])
    for entry in (record, *entries):
        yield from (entry.get(name) for name in ("doi", "arxiv_id", "url"))
        extra = entry.get("extra")
        yield extra.get("pmid") if isinstance(extra, dict) else None
    yield from (source.get("key") for source in record["sources"])


def _versionless(number: str) -> str:
    """An arXiv id without its version."""
    head, _, version = number.rpartition("v")
    return head if version.isdigit() else number
