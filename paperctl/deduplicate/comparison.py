"""Two records side by side: what their fields mean together, all that the rules look at."""

from __future__ import annotations

from functools import cached_property

from paperctl.deduplicate import places, spelling, thresholds, titles, vocabulary
from paperctl.deduplicate.fields import Fields, Relation, text
from paperctl.record import Paper
from paperctl.record.preprints import of_preprint
from paperctl.text.fold import fold

_LISTED = ("year", "doi", "volume", "number", "pages")


class Comparison(Fields):
    """The fields of two records, and what they mean together."""

    @property
    def other_kind(self) -> bool:
        """Whether only one is an entry of a register, or only one a whole book."""
        for a, b in ((self._a, self._b), (self._b, self._a)):
            if places.of_register(a) and places.is_published(b) and not places.of_register(b):
                return True
            if places.of_book(a) and not places.of_book(b) and text(b.get("extra") or {}, "pages"):
                return True
        return False

    @property
    def one_hand(self) -> bool:
        """Whether both are written alike: one spelling of the venue and of the people, titles capitalised in
        one way, the same fields given. So are two papers of one list; two databases differ in something."""
        unique = (
            self._content >= thresholds.UNIQUE_TITLE and self.title.ratio >= thresholds.UNIQUE_TITLE_RATIO
        )
        if unique and self.title.relation != "near":
            return False
        styles = {titles.style(title) for title in self._titles} - {""}
        short, long = sorted((self._a.get("authors") or (), self._b.get("authors") or ()), key=len)
        return (
            _venue(self._a) == _venue(self._b)
            and _given(self._a) == _given(self._b)
            and len(styles) < 2
            and all(author in long for author in short)
        )

    @property
    def one_slip(self) -> bool:
        """Whether the words that differ are one misprint; letters put in front make another word: "QLoRA"."""
        a, b = "".join(self.title.only_a), "".join(self.title.only_b)
        if self.title.ratio < thresholds.ONE_SLIP or a.endswith(b) or b.endswith(a):
            return False
        return spelling.misprint(a, b)

    @property
    def slip_outvoted(self) -> bool:
        """Whether a long title, several people and the year outweigh one word that may be two."""
        long = self._content >= thresholds.SLIPPED_TITLE
        return (
            long and self.authors.sure >= thresholds.SEVERAL_PEOPLE and self.authors.whole and self.gap == 0
        )

    @property
    def namesakes(self) -> bool:
        """Whether the people that both name may be others of the same names."""
        return self.authors.shared > 0 and not self.authors.sure

    @property
    def preprint(self) -> bool:
        """Whether one appeared on a preprint server and the other elsewhere."""
        a, b = of_preprint(self._a), of_preprint(self._b)
        return None not in (a, b) and a != b

    @property
    def generic(self) -> bool:
        """Whether a title names a kind of page only ("Editorial")."""
        return any(part.generic for part in self._parts)

    @property
    def short(self) -> bool:
        """Whether a title has so few words that it may be anyone's; one more where at most the year is known
        besides."""
        unplaced = self.authors.shared == 1 and self.venue == "unclear"
        return self._content < thresholds.SHORT_TITLE + (self.bare or unplaced)

    @property
    def brief(self) -> bool:
        """Whether a title has so few words that the same people may use it again, years later."""
        return self._content <= thresholds.BRIEF_TITLE

    @property
    def topic(self) -> bool:
        """Whether a title has so few words that it may be the topic of many works; one with a subtitle in the
        other record may have one word less, unless years lie between."""
        subtitle = self.title.relation == "part" and (self.gap or 0) <= thresholds.TOPIC_YEARS
        return self._content < thresholds.TOPIC_TITLE - subtitle

    @property
    def outvoted(self) -> bool:
        """Whether title, several people, venue and year outweigh another abstract:
        databases write their own."""
        people = self.authors.sure > 1 and self.authors.whole
        return people and self.venue == "same" and self.gap == 0 and not self.topic and not self.generic

    @property
    def telling(self) -> bool:
        """Whether both titles have so many words that they do not come back the year after."""
        return self._content >= thresholds.TELLING_TITLE

    @property
    def supported(self) -> bool:
        """Whether more than people, venue and year support the titles."""
        if self.place == "same" or self.abstract.relation == "same" or self.same_id:
            return True
        return self.volume == "same" and not self.other_number

    @property
    def anonymous(self) -> bool:
        """Whether neither authors nor place nor identifier nor year can be compared."""
        return self.bare and self.gap is None

    @cached_property
    def bare(self) -> bool:
        """Whether neither authors nor place nor identifier can be compared, whatever the years are."""
        known = self.authors.relation, self.venue, self.volume, self.pages, self.doi, self.arxiv
        return set(known) == {"unknown"}

    @property
    def one_is_about(self) -> bool:
        """Whether only one is an item about a work ("Erratum: …"), or about it in another way."""
        return self._parts[0].about != self._parts[1].about

    @property
    def answer(self) -> bool:
        """Whether a title is of an answer to another work ("Commentary on ...")."""
        return any(part.about for part in self._parts)

    @property
    def one_language(self) -> bool:
        """Whether the titles share a small word ("of", "und"): then neither is the other's translation."""
        a, b = self._parts
        return not vocabulary.SMALL_WORDS.intersection(a.words).isdisjoint(b.words)

    @property
    def extended(self) -> bool:
        """Whether one of them is by its title the extended abstract or version."""
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
        return (
            self.abstract.relation in ("close", "other")
            and self.abstract.ratio < thresholds.KINDRED_ABSTRACTS
        )

    @property
    def one_text(self) -> bool:
        """Whether the abstracts are one; those of twin studies ("before", "after") differ in figures only, so
        that under titles of two meanings they must agree to the letter."""
        return self.abstract.relation == "same" and (self.abstract.ratio == 1 or not self.title.turned)

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
        """Whether both appeared in one place; pages and volume count more than venue and year."""
        if self.other_kind:
            return "other"
        if self.pages == "same" and self.other_number and not self.long_range:
            return "unknown"  # a column stands on one page of every issue
        if self.pages == "same" and self._one_page_of_one_volume:
            return "same"
        return "other" if self.pages == "other" or self._elsewhere else "unknown"

    @property
    def _one_page_of_one_volume(self) -> bool:
        """Whether venue, volume and year let one page be one place."""
        if self.venue == "other" and (self.volume != "same" or self.preprint):
            return False
        gap = self.gap or 0
        if gap <= 1 and self.volume != "other":
            return True
        return self.whole_range and self.venue == "same" and (gap == 0 or self.volume == "same")

    @property
    def _elsewhere(self) -> bool:
        """Whether volume, venue or year make another place, whatever the pages are."""
        gap = self.gap or 0
        volumes = self.volume == "other" and self.pages == "unknown" and (gap or self.venue != "same")
        return bool(volumes) or self.venue == "other" or self.preprint or gap > 1

    @property
    def one_article_range(self) -> bool:
        """Whether both are on one article's range of pages in one volume of one year."""
        return self.long_range and self.place == "same" and self.volume == "same" and self.gap == 0


def _venue(record: Paper) -> str:
    return str(record.get("venue") or "").strip()


def _given(record: Paper) -> list[bool]:
    """Which of the fields that a list gives for all its papers or for none a record has."""
    return [bool(record.get(name) or (record.get("extra") or {}).get(name)) for name in _LISTED]
