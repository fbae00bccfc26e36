"""Blocking keys: two records that share one are worth comparing (Papadakis et al. 2020, "Blocking and
Filtering Techniques for Entity Resolution"). Pure per record, so that any engine can make and join them.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from paperctl.deduplicate import identifiers, names, places, titles
from paperctl.deduplicate.entries import entries
from paperctl.text.fold import fold

_EDGE = 18
_WORDS, _WORD_LETTERS = 4, 4
_ABSTRACT_EDGE, _ABSTRACT_READ = 40, 110


def keys(record: Mapping[str, Any]) -> list[str]:
    """The blocking keys of a record, each once; of a merged paper those of all its entries.

    The letter before the colon names the kind:

    d DOI, x arXiv id, m PubMed's number, t whole title, h/e its first and last 18 letters, w pairs of
    its four longest words, a first author and year, p volume and first page, b/z first and last letters
    of the abstract.
    """
    told = entries(record)
    return list(dict.fromkeys(key for n, e in enumerate(told) if e not in told[:n] for key in _keys(e)))


def _keys(record: Mapping[str, Any]) -> list[str]:
    numbers = (("d", identifiers.doi), ("x", identifiers.arxiv), ("m", identifiers.pmid))
    found = [f"{kind}:{number}" for kind, number_of in numbers if (number := number_of(record))]
    title = str(record.get("title") or "")
    words = titles.core(title)
    flat = "".join(words)
    if flat:
        found.append(f"t:{flat}")
        if len(flat) > _EDGE:
            found += [f"h:{flat[:_EDGE]}", f"e:{flat[-_EDGE:]}"]
        found += [f"t:{other}" for other in titles.other_readings(title)]
        telling = sorted({w for w in words if len(w) >= _WORD_LETTERS}, key=lambda w: (-len(w), w))[:_WORDS]
        found += [f"w:{a} {b}" for a, b in itertools.combinations(sorted(telling), 2)]
    authors, year = record.get("authors"), record.get("year")
    if authors and year and (first := names.first_key(authors)):
        found.append(f"a:{first}{year}")
    if extra := record.get("extra"):
        found += _place_keys(extra)
    if abstract := record.get("abstract"):
        head = fold(abstract[:_ABSTRACT_READ]).replace(" ", "")
        tail = fold(abstract[-_ABSTRACT_READ:]).replace(" ", "")
        if len(head) >= _ABSTRACT_EDGE:
            found += [f"b:{head[:_ABSTRACT_EDGE]}", f"z:{tail[-_ABSTRACT_EDGE:]}"]
    return found


def _place_keys(extra: Mapping[str, Any]) -> list[str]:
    volume, pages = places.volume(str(extra.get("volume") or "")), str(extra.get("pages") or "")
    return [f"p:{volume}:{start}" for start, _ in places.pages(pages)] if volume and pages else []
