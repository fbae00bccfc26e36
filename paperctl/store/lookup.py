"""How users name papers: an id or a prefix of one, a merged paper's id, a cite key, an arXiv id, a DOI, of
any of its entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from paperctl.record import Record
from paperctl.record.citekeys import known_keys
from paperctl.record.ids import known_ids

SHORTEST = 4
"""Characters that the prefix of an id has at least."""


class Lookup:
    """The words that a user typed for papers, and how records and lines with them are recognised."""

    def __init__(self, typed: Iterable[str], keys: Mapping[str, str] | None = None) -> None:
        """`keys` are cite keys given by hand, in lower case, each with the id of its paper."""
        self.words: dict[str, list[str]] = {}
        """What counts of a word → the words as they were typed."""
        for word in typed:
            low = word.strip().lower()
            for prefix in ("https://doi.org/", "http://doi.org/", "doi:", "arxiv:", "https://arxiv.org/abs/"):
                low = low.removeprefix(prefix)
            self.words.setdefault((keys or {}).get(low, low), []).append(word)
        self._lengths = {len(low) for low in self.words if len(low) >= SHORTEST}
        self._numbers: dict[str, set[str]] = {}
        for low in self.words:
            for number in (low, _versionless(low)):
                self._numbers.setdefault(number, set()).add(low)
        forms = {form for number in self._numbers for form in (number, number.upper()) if form}
        forms |= {word.strip() for words in self.words.values() for word in words}
        # Looking for many words in a line costs more than decoding it.
        self._hints = [msgspec.json.encode(form)[1:-1] for form in forms] if len(forms) < 30 else [b""]

    def may_be_in(self, line: bytes) -> bool:
        """Whether a line may be of a paper that is wanted."""
        return any(hint in line for hint in self._hints)

    def naming(self, record: Record) -> set[str]:
        """The words, as they were typed, that name this paper."""
        keys = {known.lower()[:n] for known in known_ids(record) for n in self._lengths}
        entries = (source.get("own", {}) for source in record["sources"])
        told = [entry.get(name) for entry in (record, *entries) for name in ("doi", "arxiv_id")]
        numbers = {str(number).lower() for number in told if number}
        keys |= known_keys(record) & self.words.keys()
        keys.update(*(self._numbers.get(number, ()) for number in numbers))
        return {word for key in keys for word in self.words.get(key, ())}


def _versionless(number: str) -> str:
    """An arXiv id without its version."""
    head, _, version = number.rpartition("v")
    return head if version.isdigit() else number
