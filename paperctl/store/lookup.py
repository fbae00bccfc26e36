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
    """The part that counts of an identifier or a link: 2106.09685v2 of `https://arxiv.org/pdf/2106.09685v2`."""
    word = word.strip()
    found = _SPELLINGS.fullmatch(word)
    if not found or (found["named"] and not _MARKED.match(word)):
        return word
    bare = found["link"] or found["named"] or found["arxiv"]
    return spelt(bare) if bare != word else word


class Lookup:
    """The names that a user typed for papers, and how records and lines with them are recognised."""

    def __init__(self, typed: Iterable[str], keys: Mapping[str, str] | None = None) -> None:
        """`keys` are cite keys given by hand, in lower case, each with the id of its paper."""
        self.names: dict[str, list[str]] = {}
        """The part of a name that counts → the names as they were typed."""
        for name in typed:
            low = spelt(name).lower()
            self.names.setdefault((keys or {}).get(low, low), []).append(name)
        self._lengths = {len(low) for low in self.names if len(low) >= SHORTEST}
        self._numbers: dict[str, set[str]] = {}
        for low in self.names:
            for number in (low, _versionless(low)):
                self._numbers.setdefault(number, set()).add(low)
        forms = {form for number in self._numbers for form in (number, number.upper()) if form}
        for name in (name for names in self.names.values() for name in names):
            forms |= {name.strip(), spelt(name)}
        # Looking for many names in a line costs more than decoding it.
        self._hints = [msgspec.json.encode(form)[1:-1] for form in forms] if len(forms) < 30 else [b""]

    def may_be_in(self, line: bytes) -> bool:
        """Whether a line may be of a paper with one of the names."""
        return any(hint in line for hint in self._hints)

    def names_of(self, record: Record) -> set[str]:
        """The names, as they were typed, of this paper."""
        keys = {known.lower()[:n] for known in known_ids(record) for n in self._lengths}
        numbers = {spelt(str(number)).lower() for number in _identifiers(record) if number}
        keys |= known_keys(record) & self.names.keys()
        keys.update(*(self._numbers.get(number, ()) for number in numbers))
        return {name for key in keys for name in self.names.get(key, ())}


def _identifiers(record: Record) -> Iterator[object]:
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
