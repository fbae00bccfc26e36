"""Blocking keys: two records that share one are worth comparing (Papadakis et al. 2020, "Blocking and
Filtering Techniques for Entity Resolution"). Pure per record, so that any engine can make and join them.
"""

from __future__ import annotations

import itertools

from paperctl.deduplicate import identifiers, names, places, thresholds, titles
from paperctl.deduplicate.entries import entries
from paperctl.record import Extra, Paper
from paperctl.text.fold import fold


def keys(record: Paper) -> list[str]:
    """The blocking keys of a record, each once; of a merged paper those of all its entries.

    The letter before the colon names the kind:

    d DOI, x arXiv id, m PubMed's number, t whole title, h/e its first and last 18 letters, w pairs of
    its four longest words, a first author and year, p volume and first page, b/z first and last letters
    of the abstract.
    """
    some = entries(record)
    if len(some) == 1:
        return list(dict.fromkeys(_keys(some[0])))
    return list(
        dict.fromkeys(key for n, entry in enumerate(some) if entry not in some[:n] for key in _keys(entry))
    )


def _keys(record: Paper) -> list[str]:
    return [
        *_identifier_keys(record),
        *_title_keys(str(record.get("title") or "")),
        *_author_keys(record),
        *_place_keys(record.get("extra") or {}),
        *_abstract_keys(record.get("abstract") or ""),
    ]


_NUMBERS = (("d", identifiers.doi), ("x", identifiers.arxiv), ("m", identifiers.pmid))


def _identifier_keys(record: Paper) -> list[str]:
    found = [f"{kind}:{number}" for kind, number_of in _NUMBERS if (number := number_of(record))]
    base = identifiers.deposit(record) if found else ""
    return [*found, f"d:{base}"] if base and f"d:{base}" not in found else found


def _title_keys(title: str) -> list[str]:
    words, readings = titles.core_and_readings(title)
    flat = "".join(words)
    if not flat:
        return []
    found = [f"t:{flat}"]
    if len(flat) > thresholds.TITLE_EDGE:
        found += [f"h:{flat[: thresholds.TITLE_EDGE]}", f"e:{flat[-thresholds.TITLE_EDGE :]}"]
    found += [f"t:{other}" for other in readings]
    long = {w for w in words if len(w) >= thresholds.KEY_WORD_LETTERS}
    telling = sorted(sorted(sorted(long), key=len, reverse=True)[: thresholds.KEY_WORDS])
    return found + [f"w:{a} {b}" for a, b in itertools.combinations(telling, 2)]


def _author_keys(record: Paper) -> list[str]:
    authors, year = record.get("authors"), record.get("year")
    first = names.first_key(authors) if authors and year else ""
    return [f"a:{first}{year}"] if first else []


def _place_keys(extra: Extra) -> list[str]:
    volume, pages = places.volume(str(extra.get("volume") or "")), str(extra.get("pages") or "")
    return [f"p:{volume}:{start}" for start, _ in places.pages(pages)] if volume and pages else []


def _abstract_keys(abstract: str) -> list[str]:
    head = fold(abstract[: thresholds.ABSTRACT_EDGE_READ]).replace(" ", "")
    if len(head) < thresholds.ABSTRACT_EDGE:
        return []
    tail = fold(abstract[-thresholds.ABSTRACT_EDGE_READ :]).replace(" ", "")
    return [f"b:{head[: thresholds.ABSTRACT_EDGE]}", f"z:{tail[-thresholds.ABSTRACT_EDGE :]}"]
