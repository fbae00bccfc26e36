"""What stood around a title and was read into it: the names of the authors, the venue, the year.

Lists, reference strings and the text of a PDF lose the border of a title. Only the two records can
show that words at its end are none of its own: either record must give them as a name, the venue or a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paperctl.deduplicate import names, thresholds, vocabulary
from paperctl.deduplicate.titles import Title, take_apart
from paperctl.deduplicate.venues import compare_venues

_NUMBER = re.compile(r"\d+")


def explained(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether one title is the other with only names, venue, year and pages of either record around it."""
    titles = (take_apart(str(record.get("title") or "")) for record in (a, b))
    short, long = sorted(titles, key=lambda title: len(title.flat))
    if short.content < thresholds.SURROUNDED_TITLE or short.flat not in long.flat:
        return False
    around = _around(short, long)
    return bool(around) and _all_explained(around, (a, b))


def _around(short: Title, long: Title) -> list[Sequence[str]]:
    """The words before and after the shorter title in the longer one; empty if it is not there whole."""
    at = long.flat.find(short.flat)
    ends = [0]
    for word in long.words:
        ends.append(ends[-1] + len(word))
    if at not in ends or at + len(short.flat) not in ends:
        return []
    sides = long.words[: ends.index(at)], long.words[ends.index(at + len(short.flat)) :]
    return [side for side in sides if side]


def _all_explained(around: Iterable[Sequence[str]], records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all words around a title are of names, the venue or numbers, and a name or venue is there."""
    people = [person for record in records for person in names.people(record.get("authors") or ())]
    family = {word for person in people for word in person.longs}
    initials = [set(person.letters) for person in people]
    numbers = {number for record in records for number in _numbers(record)}
    venues = [str(record["venue"]) for record in records if record.get("venue")]
    named = False
    for side in around:
        rest = [w for w in side if w not in numbers and w not in vocabulary.AROUND_A_VENUE]
        others = [
            w for w in rest if w not in family and w not in vocabulary.STOP and not _initials(w, initials)
        ]
        if others and not _is_venue(rest, venues):
            return False
        named = named or bool(others) or not family.isdisjoint(side)
    return named


def _initials(word: str, people: Sequence[set[str]]) -> bool:
    return len(word) <= thresholds.INITIALS and any(letters.issuperset(word) for letters in people)


def _is_venue(words: Sequence[str], venues: Iterable[str]) -> bool:
    text = " ".join(w for w in words if not w.isdigit()).removeprefix("to in ").removeprefix("in ")
    return any(compare_venues(text, venue) == "same" for venue in venues)


def _numbers(record: Mapping[str, Any]) -> list[str]:
    """The numbers of a record's place: year, volume, issue, pages."""
    extra = record.get("extra") or {}
    texts = (record.get("year"), *(extra.get(name) for name in ("volume", "number", "pages")))
    return [number for text in texts for number in _NUMBER.findall(str(text or ""))]
