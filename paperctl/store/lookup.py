"""How users name papers: an id or a prefix of one, a merged paper's id, a cite key, an identifier or a link
of any of its entries, or a dump's own key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from paperctl.record import Record
from paperctl.record.citekeys import known_keys
from paperctl.record.ids import known_ids
from paperctl.store.lazy import ID_AT, own_id
from paperctl.text import late

if TYPE_CHECKING:
    from paperctl.store import Store

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

    def numbers(self) -> Iterable[str]:
        """The names, each also as an arXiv id without its version, as `other_names` has those of a paper."""
        return self._numbers

    def may_be_in(self, line: bytes) -> bool:
        """Whether a line may be of a paper with one of the names."""
        return any(hint in line for hint in self._hints)

    def names_of(self, record: Record) -> set[str]:
        """The names, as they were typed, of this paper."""
        keys = {known.lower()[:n] for known in known_ids(record) for n in self._lengths}
        numbers = set(map(as_number, _identifiers(record)))
        keys |= known_keys(record) & self.names.keys()
        keys.update(*(self._numbers.get(number, ()) for number in numbers))
        return {name for key in keys for name in self.names.get(key, ())}


def find(store: Store, names: Iterable[str]) -> dict[str, list[str]]:
    """See `Store.find`."""
    found: dict[str, list[str]] = {name: [] for name in names}
    found.update((name, [paper]) for name, paper in _whole_ids(store, found))
    left = Lookup((name for name, papers in found.items() if not papers), store.overlay.keys())
    return found | meant(left, _that_may_be(left, store))


def meant(lookup: Lookup, papers: Iterable[Record]) -> dict[str, list[str]]:
    """For each name, the ids of those of the papers that it may mean."""
    found: dict[str, list[str]] = {name: [] for names in lookup.names.values() for name in names}
    for record in papers:
        for name in lookup.names_of(record):
            found[name].append(record["id"])
    return {name: _whole_id(low, found[name]) for low, names in lookup.names.items() for name in names}


def _that_may_be(lookup: Lookup, store: Store) -> Iterator[Record]:
    for n, line in enumerate(store.lines() if lookup.names else (), 1):
        # A line that an editor wrote may be spelt in any way.
        if (lookup.may_be_in(line) or own_id(line) is None) and (record := store.record(line, n)):
            yield record


def _whole_ids(store: Store, names: Iterable[str]) -> list[tuple[str, str]]:
    """Those of the names that are whole ids, with the papers' ids: found without decoding other lines."""
    exact: dict[bytes, list[str]] = {}
    for name in names:
        exact.setdefault(name.lower().encode(), []).append(name)
    found: list[tuple[str, str]] = []
    for n, line in enumerate(store.lines(), 1):
        if not exact:
            break
        if line[ID_AT] in exact and (record := store.record(line, n)) is not None:
            found += [(name, record["id"]) for name in exact.pop(line[ID_AT])]
    return found


def _whole_id(name: str, papers: list[str]) -> list[str]:
    """The papers that a name may mean: for a whole id its own only, not those that it is a prefix of."""
    return [paper for paper in papers if paper.lower() == name][:1] or papers


def other_names(record: Record) -> set[str]:
    """What finds a paper besides its ids: cite keys, identifiers, links, keys of dumps; in one spelling."""
    return known_keys(record) | set(map(as_number, _identifiers(record)))


def as_number(identifier: object) -> str:
    """An identifier in the one spelling in which it is compared."""
    return spelt(str(identifier)).lower()


def _identifiers(record: Record) -> Iterator[object]:
    """Every identifier, link and key that the entries of a paper have."""
    entries = (source.get("own", {}) for source in record["sources"])
    for entry in (record, *entries):
        yield from filter(None, map(entry.get, ("doi", "arxiv_id", "url")))
        extra = entry.get("extra")
        if isinstance(extra, dict) and (number := extra.get("pmid")):
            yield number
    yield from filter(None, (source.get("key") for source in record["sources"]))


def _versionless(number: str) -> str:
    """An arXiv id without its version."""
    head, _, version = number.rpartition("v")
    return head if version.isdigit() else number
