"""Two records side by side, field by field."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from paperctl.deduplicate import (
    abstracts,
    identifiers,
    names,
    places,
    surroundings,
    thresholds,
    title_match,
    titles,
    venues,
)
from paperctl.record import Extra, Paper

Relation = Literal["same", "other", "unknown"]

_NUMBER = re.compile(r"\W*0*(\d{1,2})\W*$")


class Fields:
    """The fields of two records, each compared when first asked for."""

    def __init__(self, a: Paper, b: Paper) -> None:
        self._a, self._b = a, b
        self._titles = str(a.get("title") or ""), str(b.get("title") or "")
        self._venues = tuple(str(r.get("venue") or "")[: thresholds.VENUE_READ] for r in (a, b))
        extra_a, extra_b = a.get("extra") or {}, b.get("extra") or {}
        self._pages = text(extra_a, "pages"), text(extra_b, "pages")
        self._volumes = text(extra_a, "volume"), text(extra_b, "volume")
        self._numbers = text(extra_a, "number"), text(extra_b, "number")

    @cached_property
    def title(self) -> title_match.TitleMatch:
        match = title_match.compare(*self._titles)
        if match.relation not in ("same", "unknown") and surroundings.explained(self._a, self._b):
            return title_match.surrounded(match)
        return match

    @cached_property
    def authors(self) -> names.AuthorMatch:
        return names.compare(self._a.get("authors") or (), self._b.get("authors") or ())

    @property
    def strangers(self) -> bool:
        """Whether both name authors and no word of their names is shared: the cheap half of `authors`."""
        return names.strangers(self._a.get("authors") or (), self._b.get("authors") or ())

    @cached_property
    def abstract(self) -> abstracts.AbstractMatch:
        return abstracts.compare(self._a.get("abstract"), self._b.get("abstract"))

    @cached_property
    def doi(self) -> Relation:
        return _same(identifiers.doi(self._a), identifiers.doi(self._b))

    @cached_property
    def deposit(self) -> bool:
        """Whether the DOIs are of two versions of one deposit, as the registry counts them."""
        a, b = identifiers.deposit(self._a), identifiers.deposit(self._b)
        return a == b != "" and self.doi == "other"

    @cached_property
    def in_a_row(self) -> bool:
        """Whether the DOIs are of two deposits made one soon after the other."""
        return self.doi == "other" and identifiers.in_a_row(self._a, self._b)

    @cached_property
    def arxiv(self) -> Relation:
        return _same(identifiers.arxiv(self._a), identifiers.arxiv(self._b))

    @cached_property
    def pmid(self) -> Relation:
        """Whether PubMed's number is one: PubMed lists hardly any article twice."""
        return _same(identifiers.pmid(self._a), identifiers.pmid(self._b))

    @cached_property
    def trial(self) -> Relation:
        """Whether both name trials of one register, and the same one; a trial may stand in several."""
        a, b = identifiers.trials(self._a), identifiers.trials(self._b)
        alike = [bool(a[register] & b[register]) for register in a.keys() & b.keys()]
        return "unknown" if not alike else "same" if any(alike) else "other"

    @cached_property
    def venue(self) -> venues.Relation:
        return venues.compare_venues(*self._venues)

    @cached_property
    def volume(self) -> venues.Relation:
        return places.compare_volumes(*self._volumes)

    @cached_property
    def pages(self) -> venues.Relation:
        return places.compare_pages(*self._pages)

    @property
    def other_number(self) -> bool:
        """Whether both give an issue's number (1–99: databases put other things there, too), or a report's,
        that differs."""
        a, b = (_NUMBER.match(text) for text in self._numbers)
        if a is not None and b is not None:
            return a[1] != b[1]
        one, other = places.report_number(self._a), places.report_number(self._b)
        return bool(one and other) and one != other

    @property
    def whole_range(self) -> bool:
        """Whether both give one range of several pages."""
        return places.whole_range(*self._pages, least=2)

    @property
    def long_range(self) -> bool:
        """Whether that range is of so many pages that it is one article's."""
        return places.whole_range(*self._pages, least=thresholds.ARTICLE_PAGES)

    @property
    def near_pages(self) -> bool:
        """Whether pages that differ may be one article's, written differently."""
        return places.near_pages(*self._pages)

    @cached_property
    def gap(self) -> int | None:
        """The years between them, None if one is unknown."""
        a, b = self._a.get("year"), self._b.get("year")
        return abs(a - b) if isinstance(a, int) and isinstance(b, int) else None

    @cached_property
    def _parts(self) -> tuple[titles.Title, titles.Title]:
        return titles.take_apart(self._titles[0]), titles.take_apart(self._titles[1])

    @property
    def _content(self) -> int:
        """How many content words the shorter title has."""
        return min(part.content for part in self._parts)


def text(extra: Extra, name: str) -> str:
    """A further field as text; empty if it is not given."""
    value = extra.get(name)
    return "" if value is None else str(value)


def _same(a: str, b: str) -> Relation:
    if not a or not b:
        return "unknown"
    return "same" if a == b else "other"
