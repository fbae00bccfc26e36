"""Filling what stored papers lack from a large dump: no paper and no source is added.

Of each entry only the title and the identifiers are looked at until they match a stored paper, so that
millions of entries pass through in flat memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from paperctl.deduplicate import verdict
from paperctl.library import key_cache
from paperctl.library.load import Tagger, tag_anew
from paperctl.reading.incoming import Incoming
from paperctl.record import FACTS, Paper, Record, as_facts, as_record, by_name
from paperctl.record.items import Entry
from paperctl.store import Store, Writing
from paperctl.text.fold import fold
from paperctl.text.patterns import ARXIV, DOI_PREFIX

_FILLED = tuple(name for name in FACTS if name not in ("title", "has_code", "extra"))
"""What a dump fills: `has_code` follows from the links, and a title is what finds the paper."""
_OF_A_VERSION = ("authors", "abstract", "keywords")
"""What holds of a work in all of its versions; places and identifiers do not."""
_READ_BY_RULES = ("abstract", "keywords")
"""The facts that topics follow from."""
_MARKED_UP = re.compile(r"[\\$<&{]")
_DOI = re.compile(rf"{DOI_PREFIX}\S+")
_ARXIV = re.compile(ARXIV)


class NameIndex:
    """The titles and identifiers of a store's papers, each with the places of the papers."""

    def __init__(self, papers: Iterable[Record]) -> None:
        self._places: dict[str, list[int]] = {}
        for n, record in enumerate(papers):
            for name in _names(record):
                self._places.setdefault(name, []).append(n)

    def may_want(self, entry: Entry) -> bool:
        """Whether an entry, as it stands in its dump, may be about a stored paper."""
        title = entry.fields.get("title")
        if not isinstance(title, str) or _MARKED_UP.search(title) or _title(title) in self._places:
            return True
        texts = (entry.fields.get(name) for name in ("doi", "arxiv_id", "url"))
        return any(name in self._places for text in texts if isinstance(text, str) for name in _ids_in(text))

    def wants(self, facts: Paper) -> bool:
        """Whether an entry with these facts may be about a stored paper."""
        return any(name in self._places for name in _names(facts))

    def places(self, facts: Paper) -> list[int]:
        """The places of the papers that have a name in common with the facts of an entry."""
        return list(dict.fromkeys(n for name in _names(facts) for n in self._places.get(name, ())))


def _names(facts: Paper) -> Iterator[str]:
    if facts.get("title"):
        yield _title(facts["title"])
    for held in (facts.get("doi"), facts.get("arxiv_id")):
        if held:
            yield held.lower()


def _title(text: str) -> str:
    return f"title {fold(text).replace(' ', '')}"


def _ids_in(text: str) -> Iterator[str]:
    yield from (found.lower() for found in _DOI.findall(text))
    yield from (found.lower() for found in _ARXIV.findall(text))


def enrich(
    store: Store,
    incoming: Sequence[Incoming],
    *,
    tagger: Tagger | None,
    dry_run: bool = False,
    files: Sequence[str] = (),
) -> None:
    """Fills empty fields of stored papers from entries that are about them, as one change. Counts in the
    receipts how many papers each dump filled, and how often each field."""
    if dry_run:
        _Enriching(Writing(store), incoming)
        return
    with store.writing() as writing:
        one = _Enriching(writing, incoming)
        if one.changed:
            if tagger is not None:
                tag_anew([one.changed[n] for n in sorted(one.retagged)], tagger)
            edits: dict[int, Record | None] = {one.papers.places[n]: r for n, r in one.changed.items()}
            did = f"load --enrich {', '.join(files)}"
            key_cache.commit(writing, edits, [], did, {"papers": len(edits), "fields": one.fields})


class _Enriching:
    """Stored papers and what they gain."""

    def __init__(self, writing: Writing, incoming: Sequence[Incoming]) -> None:
        self.papers = writing.lazy_papers()
        self.changed: dict[int, Record] = {}
        self.retagged: set[int] = set()
        self.fields = 0
        names = NameIndex(self.papers)
        filled: dict[int, set[int]] = {}
        for entry in incoming:
            places = names.places(entry.facts)
            entry.receipt.unchanged += bool(places)
            for n in places:
                if fields := self._fill(n, entry):
                    filled.setdefault(id(entry.receipt), set()).add(n)
                    entry.receipt.filled.update(Counter(fields))
        for receipt in {id(entry.receipt): entry.receipt for entry in incoming}.values():
            if papers := len(filled.get(id(receipt), ())):
                receipt.filled["papers"] = papers

    def _fill(self, n: int, entry: Incoming) -> list[str]:
        """Gives a paper what it lacks and an entry of the same work has; gives the names of the fields."""
        record = self.changed.get(n) or self.papers[n]
        lacking = _lacking(record, entry.facts)
        if not lacking:
            return []
        source = {name: entry.source.get(name) for name in ("file", "lines", "key")}
        facts = by_name(entry.facts)
        new = {name: facts[name] for name in lacking}
        if "code_urls" in new:
            new["has_code"] = True
        filled = {**(record.get("filled") or {}), **dict.fromkeys(lacking, source)}
        self.changed[n] = as_record({**record, **new, "filled": filled})
        self.fields += len(lacking)
        if any(name in _READ_BY_RULES for name in lacking):
            self.retagged.add(n)
        return lacking


def _lacking(record: Paper, facts: Paper) -> list[str]:
    """The fields that a paper lacks and may have from facts, because they are about the same work."""
    had = by_name(record)
    lacking = [name for name in _FILLED if not had[name] and by_name(facts).get(name)]
    found = verdict(as_facts({name: had[name] for name in FACTS}), facts).kind if lacking else "distinct"
    if found == "version":
        return [name for name in lacking if name in _OF_A_VERSION]
    return lacking if found == "duplicate" else []
