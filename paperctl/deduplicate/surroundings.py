"""What stood around a title and was read into it: the names of the authors, the venue, the year.

Lists, reference strings and the text of a PDF lose the border of a title. Only the two records can
show that words at its end are none of its own: either record must give them as a name, the venue or a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperctl.deduplicate import names, thresholds, vocabulary
from paperctl.deduplicate.titles import Title, take_apart
from paperctl.deduplicate.venues import compare_venues
from paperctl.record import Paper, by_name
from paperctl.text.fold import fold

_NUMBER = re.compile(r"\d+")
_LIST_NUMBER = re.compile(r"\d{1,3}")
_IDS = ("doi", "arxiv_id")


def explained(a: Paper, b: Paper) -> bool:
    """Whether one title is the other with only names, venue, year and pages of either record around it."""
    titles = (take_apart(str(record.get("title") or "")) for record in (a, b))
    short, long = sorted(titles, key=lambda title: len(title.flat))
    if short.content < thresholds.SURROUNDED_TITLE or short.flat not in long.flat:
        return False
    around = _around(short, long)
    if not around:
        return False
    if around == [[_year_of_both(a, b)]]:
        return True
    given = _Given((a, b))
    found = [given.explains(side) for side in around]
    return None not in found and any(found)


def _year_of_both(a: Paper, b: Paper) -> str:
    """The year that both records give, if it is one; it may stand at an end of the title, too."""
    return str(a["year"]) if a.get("year") and a.get("year") == b.get("year") else ""


def _around(short: Title, long: Title) -> list[list[str]]:
    """The words before and after the shorter title in the longer one; empty if it is not there whole."""
    at = long.flat.find(short.flat)
    ends = [0]
    for word in long.words:
        ends.append(ends[-1] + len(word))
    if at not in ends or at + len(short.flat) not in ends:
        return []
    sides = long.words[: ends.index(at)], long.words[ends.index(at + len(short.flat)) :]
    return [[*side] for side in sides if side]


class _Given:
    """What two records give as names, venues, identifiers and numbers."""

    def __init__(self, records: Sequence[Paper]) -> None:
        people = [person for record in records for person in names.people(record.get("authors") or ())]
        self._family = {word for person in people for word in person.longs}
        self._initials = [set(person.letters) for person in people]
        self._venues = [str(record["venue"]) for record in records if record.get("venue")]
        self._ids = {
            tuple(fold(str(record[n])).split())
            for record in map(by_name, records)
            for n in _IDS
            if record.get(n)
        }
        self._numbers = {number for record in records for number in _numbers(record)}
        self._numbers.update(*self._ids)

    def explains(self, side: Sequence[str]) -> bool | None:
        """Whether words on one side of a title name a person, the venue or an identifier; False where they
        are numbers and words around a venue only, None if one of them is something else."""
        named = not self._family.isdisjoint(side)
        rest = [w for w in side if w not in self._numbers and w not in vocabulary.AROUND_A_VENUE]
        if named and rest[:1] == [*side[:1]] and _LIST_NUMBER.fullmatch(rest[0]):
            rest = rest[1:]
        others = [w for w in rest if not self._is_name(w)]
        if vocabulary.STOP.issuperset(others):
            return named or any(" ".join(words) in " ".join(side) for words in self._ids)
        return True if self._is_venue(rest) or self._is_venue(others) else None

    def _is_name(self, word: str) -> bool:
        """Whether a word is of a name, or the initials of one."""
        few = len(word) <= thresholds.INITIALS
        return word in self._family or (few and any(set(word) <= letters for letters in self._initials))

    def _is_venue(self, words: Sequence[str]) -> bool:
        text = " ".join(w for w in words if not w.isdigit()).removeprefix("to in ").removeprefix("in ")
        return any(compare_venues(text, venue) == "same" for venue in self._venues)


def _numbers(record: Paper) -> list[str]:
    """The numbers of a record's place: year, volume, issue, pages."""
    extra = record.get("extra") or {}
    texts = (record.get("year"), *(extra.get(name) for name in ("volume", "number", "pages")))
    return [number for text in texts for number in _NUMBER.findall(str(text or ""))]
