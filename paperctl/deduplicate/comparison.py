"""Two records side by side, field by field: all that the rules look at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from paperctl.deduplicate import (
    abstracts,
    identifiers,
    names,
    places,
    title_match,
    titles,
    venues,
    vocabulary,
)
from paperctl.text.fold import fold

Relation = Literal["same", "other", "unknown"]

# So few words may be anyone's title; a title of so many does not come back the year after.
_SHORT, _TELLING = 2, 6
# A title of fewer words may be a topic on which one group wrote several works.
_TOPIC, _SOON = 5, 2
# A title of so many words is one work's, if so much of it agrees; one of so many may have a slip.
_LONG, _MOSTLY, _SLIPPED, _SEVERAL = 8, 0.88, 6, 3
# The abstracts of one supplement by one group share some three quarters.
_KIN = 0.85
# Fields that a list gives for all its papers or for none.
_GIVEN = ("year", "doi", "volume", "number", "pages")
_NUMBER = re.compile(r"\W*0*(\d{1,2})\W*$")


class Comparison:
    """Two records field by field: all that the rules look at, each compared when first asked for."""

    def __init__(self, a: Mapping[str, Any], b: Mapping[str, Any]) -> None:
        self._a, self._b = a, b
        self._titles = str(a.get("title") or ""), str(b.get("title") or "")
        self._venues = tuple(str(r.get("venue") or "")[: venues.LONGEST] for r in (a, b))
        extra_a, extra_b = a.get("extra") or {}, b.get("extra") or {}
        self._pages = _text(extra_a, "pages"), _text(extra_b, "pages")
        self._volumes = _text(extra_a, "volume"), _text(extra_b, "volume")
        self._numbers = _text(extra_a, "number"), _text(extra_b, "number")

    @cached_property
    def title(self) -> title_match.TitleMatch:
        return title_match.compare(*self._titles)

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
        """Whether both give an issue's number (1–99: databases put other things there, too) that differs."""
        a, b = (_NUMBER.match(text) for text in self._numbers)
        return a is not None and b is not None and a[1] != b[1]

    @property
    def whole_range(self) -> bool:
        """Whether both give one range of several pages."""
        return places.whole_range(*self._pages)

    @property
    def long_range(self) -> bool:
        """Whether that range is of three pages and more: two may hold several letters or abstracts."""
        return places.whole_range(*self._pages, least=3)

    @property
    def near_pages(self) -> bool:
        """Whether pages that differ may be one article's, written differently."""
        return places.near_pages(*self._pages)

    @cached_property
    def gap(self) -> int | None:
        """The years between them, None if one is unknown."""
        a, b = self._a.get("year"), self._b.get("year")
        return abs(a - b) if isinstance(a, int) and isinstance(b, int) else None

    @property
    def other_kind(self) -> bool:
        """Whether only one is an entry of a register, or only one a whole book."""
        for a, b in ((self._a, self._b), (self._b, self._a)):
            if places.of_register(a) and places.is_published(b) and not places.of_register(b):
                return True
            if places.of_book(a) and not places.of_book(b) and _text(b.get("extra") or {}, "pages"):
                return True
        return False

    @property
    def one_hand(self) -> bool:
        """Whether both are written alike: one spelling of the venue and of the people, titles capitalised in
        one way, the same fields given. So are two papers of one list; two databases differ in something."""
        whole = min(part.content for part in self._parts) >= _LONG and self.title.ratio >= _MOSTLY
        if whole and self.title.relation != "near":
            return False  # so long a title nobody uses twice
        venue_a, venue_b = (str(r.get("venue") or "").strip() for r in (self._a, self._b))
        given_a, given_b = (
            [bool(r.get(name) or (r.get("extra") or {}).get(name)) for name in _GIVEN]
            for r in (self._a, self._b)
        )
        styles = {titles.style(title) for title in self._titles} - {""}
        short, long = sorted((self._a.get("authors") or (), self._b.get("authors") or ()), key=len)
        alike = venue_a == venue_b and given_a == given_b and len(styles) < 2
        return alike and all(author in long for author in short)

    @property
    def slip_outvoted(self) -> bool:
        """Whether a long title, several people and the year say more than one word that may be two."""
        long = min(part.content for part in self._parts) >= _SLIPPED
        return long and self.authors.sure >= _SEVERAL and self.authors.whole and self.gap == 0

    @property
    def namesakes(self) -> bool:
        """Whether those whom both name may be other people of one name."""
        return self.authors.shared > 0 and not self.authors.sure

    @property
    def preprint(self) -> bool:
        """Whether one appeared on a preprint server and the other elsewhere."""
        a, b = places.of_preprint(self._a), places.of_preprint(self._b)
        return None not in (a, b) and a != b

    @cached_property
    def _parts(self) -> tuple[titles.Title, titles.Title]:
        return titles.take_apart(self._titles[0]), titles.take_apart(self._titles[1])

    @property
    def generic(self) -> bool:
        """Whether a title names a kind of page only ("Editorial")."""
        return any(part.generic for part in self._parts)

    @property
    def short(self) -> bool:
        """Whether a title has so few words that it may be anyone's; one more where nothing else is known."""
        unplaced = self.authors.shared == 1 and self.venue == "unclear"
        return min(part.content for part in self._parts) < _SHORT + (self.anonymous or unplaced)

    @property
    def topic(self) -> bool:
        """Whether a title has so few words that it may be the topic of many works; one with a subtitle in the
        other record may have one word less, unless years lie between."""
        subtitle = self.title.relation == "part" and (self.gap or 0) <= _SOON
        return min(part.content for part in self._parts) < _TOPIC - subtitle

    @property
    def outvoted(self) -> bool:
        """Whether title, several people, venue and year say more than that another abstract stands there:
        databases write their own."""
        people = self.authors.sure > 1 and self.authors.whole
        return people and self.venue == "same" and self.gap == 0 and not self.topic and not self.generic

    @property
    def telling(self) -> bool:
        """Whether both titles have so many words that they do not come back the year after."""
        return min(part.content for part in self._parts) >= _TELLING

    @property
    def supported(self) -> bool:
        """Whether more than people, venue and year support the titles."""
        if self.place == "same" or self.abstract.relation == "same" or self.same_id:
            return True
        return self.volume == "same" and not self.other_number

    @cached_property
    def anonymous(self) -> bool:
        """Whether neither authors nor place nor identifier can be compared."""
        known = self.authors.relation, self.venue, self.volume, self.pages, self.doi, self.arxiv
        return set(known) == {"unknown"} and self.gap is None

    @property
    def one_is_about(self) -> bool:
        """Whether only one is an item about a work ("Erratum: …"), or about it in another way."""
        return self._parts[0].about != self._parts[1].about

    @property
    def answer(self) -> bool:
        """Whether a title says that it answers another work ("Commentary on ...")."""
        return any(part.about for part in self._parts)

    @property
    def one_language(self) -> bool:
        """Whether the titles share a small word ("of", "und"): then neither is the other's translation."""
        a, b = self._parts
        return not vocabulary.SMALL_WORDS.intersection(a.words).isdisjoint(b.words)

    @property
    def extended(self) -> bool:
        """Whether one of them says that it is the extended abstract or version."""
        return self._parts[0].extended != self._parts[1].extended

    @property
    def same_id(self) -> bool:
        """Whether the DOI, the arXiv id or PubMed's number is one."""
        return "same" in (self.doi, self.arxiv, self.pmid)

    @property
    def renamed(self) -> bool:
        """Whether the same people gave one arXiv id or DOI another title. The DOI of an issue or supplement
        has several works of a group: of a DOI neither pages nor abstracts may differ."""
        if self.authors.relation != "same" or not self.authors.sure:
            return False
        one_work = self.pages != "other" and self.abstract.relation != "other"
        return self.arxiv == "same" or (self.doi == "same" and one_work and self.authors.whole)

    @property
    def two_abstracts(self) -> bool:
        """Whether the abstracts differ more than two copies of one do."""
        return self.abstract.relation in ("close", "other") and self.abstract.ratio < _KIN

    @property
    def template(self) -> bool:
        """Whether the words that the titles exchange are exchanged in the abstracts, too, as in a series of
        protocols: then that the abstracts agree otherwise proves nothing."""
        a, b = (set(fold(str(r.get("abstract") or "")).split()) for r in (self._a, self._b))
        only_a, only_b = set(self.title.only_a), set(self.title.only_b)
        return only_a <= a - b and only_b <= b - a

    @property
    def one_issue(self) -> bool:
        """Whether venue and volume agree, or venue and year without a volume; the number does not differ."""
        if self.venue != "same" or (self.gap or 0) > 1 or self.other_number:
            return False
        return self.volume == "same" or (self.volume == "unknown" and self.gap == 0)

    @cached_property
    def place(self) -> Relation:
        """Whether both appeared in one place; pages and volume say more than venue and year."""
        gap = self.gap or 0
        if self.other_kind:
            return "other"
        if self.pages == "same" and self.other_number and not self.long_range:
            return "unknown"  # a column stands on one page of every issue
        if self.pages == "same" and (self.venue != "other" or (self.volume == "same" and not self.preprint)):
            if gap <= 1 and self.volume != "other":
                return "same"
            if self.whole_range and self.venue == "same" and (gap == 0 or self.volume == "same"):
                return "same"
        if self.pages == "other":
            return "other"
        if self.volume == "other" and self.pages == "unknown" and (gap or self.venue != "same"):
            return "other"
        if self.venue == "other" or self.preprint or gap > 1:
            return "other"
        return "unknown"


def _text(extra: Mapping[str, Any], name: str) -> str:
    value = extra.get(name)
    return "" if value is None else str(value)


def _same(a: str, b: str) -> Relation:
    if not a or not b:
        return "unknown"
    return "same" if a == b else "other"
