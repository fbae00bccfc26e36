"""Whether two records are one work: duplicate, version, maybe or distinct, and on what evidence.

Titles propose, the other fields dispose. A false merge hides a paper, a miss shows one twice; so
whatever contradicts (other people, other pages, another number in the title) speaks louder than
what agrees. docs/deduplication.md states the rules in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from paperctl.deduplicate import evidence
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.title_match import TitleMatch, misprint

Kind = Literal["duplicate", "version", "maybe", "distinct"]


@dataclass(slots=True, frozen=True)
class Verdict:
    """What two records are to each other.

    `score` 0..1 is how far the known fields agree; a maybe scores one half at most if the titles are two or
    neither place nor abstract nor identifier supports them. `evidence` says in words and numbers which
    fields agreed, which did not, and which rule decided (last).
    """

    kind: Kind
    score: float
    evidence: tuple[str, ...]


Judged = tuple[int, int, Verdict]
"""Two records by their index, and what they are to each other."""


def verdict(a: Mapping[str, Any], b: Mapping[str, Any]) -> Verdict:
    """Judge a pair of records (mappings with the keys of `record.FACTS`). Pure and symmetric."""
    c = Comparison(a, b)
    return _verdict(c, *_judge(c))


def verdict_if_any(a: Mapping[str, Any], b: Mapping[str, Any]) -> Verdict | None:
    """The same, but None for distinct records, which needs only the fields that tell them apart."""
    c = Comparison(a, b)
    kind, why = _judge(c)
    return None if kind == "distinct" else _verdict(c, kind, why)


def _verdict(c: Comparison, kind: Kind, why: str) -> Verdict:
    score = evidence.score(c)
    if kind == "maybe" and (c.title.relation == "other" or not c.supported):
        score = min(score, UNSUPPORTED)
    return Verdict(kind, score, (*evidence.said(c), why))


# So much a doubtful pair scores at most that has two titles, or that only title, people, venue and year speak
# for.
UNSUPPORTED = 0.5


def _judge(c: Comparison) -> tuple[Kind, str]:
    kind, why = _rules(c)
    if kind != "distinct" and c.trial == "other":
        if c.same_id:
            return "maybe", "veto: the numbers of two registered trials, though an identifier agrees"
        return "distinct", "veto: the numbers of two registered trials"
    proven = c.same_id or c.abstract.relation == "same" or c.whole_range
    outvoted = c.slip_outvoted and not c.title.turned
    if kind == "duplicate" and c.title.doubt and (c.two_abstracts or not (proven or outvoted)):
        return "maybe", f"titles alike but for what may be a slip or two things ({c.title.doubt})"
    if kind == "duplicate" and c.pmid == "other":
        return "maybe", "alike, but under two numbers of PubMed"
    if kind == "version" and c.title.dated:
        return "distinct", "two issues of a column: one title has only a date more"
    if kind == "duplicate" and c.title.dated and not c.supported:
        return "maybe", "one title has only a date more, as the issues of a column do"
    return kind, why


def _rules(c: Comparison) -> tuple[Kind, str]:
    """The rules, strongest first; each names its reason."""
    t = c.title
    if t.veto:
        return _vetoed(c)
    if c.same_id:
        return _one_identifier(c)
    if (t.relation != "same" and c.strangers) or c.authors.relation == "none":
        return _other_people(c)
    if c.generic:
        return _generic(c)
    if t.relation == "same":
        return _one_title(c)
    one_range = c.long_range and c.place == "same" and c.volume == "same" and c.gap == 0
    if c.place == "same" and c.authors.relation == "same" and c.abstract.relation != "same":
        one_page = not (c.long_range or t.relation == "part" or _one_slip(t))
        if c.doi == "other" or c.two_abstracts or one_page or (t.relation == "other" and not one_range):
            return "maybe", "the same people and page, but other titles and nothing else that agrees"
    if one_range and (c.authors.relation == "same" or t.relation == "near") and c.abstract.relation in _AGREE:
        if c.one_language and t.common < _SOME_WORDS:
            return "maybe", "one range of pages, but titles of one language without words in common"
        return "duplicate", "the same pages of the same volume: the title was translated or changed"
    if t.relation in ("part", "added"):
        return _longer_title(c)
    if t.relation == "near":
        return _near_title(c)
    return _other_title(c)


_SOME_WORDS = 0.34


def _vetoed(c: Comparison) -> tuple[Kind, str]:
    sure = c.place == "same" and (c.whole_range or (c.abstract.relation == "same" and c.abstract.long))
    if sure and c.authors.relation == "same" and c.title.ratio >= _SLIP and not c.one_is_about:
        return "duplicate", f"one place and the same people; a slip in the title ({c.title.veto})"
    if c.same_id and c.abstract.relation == "same":
        return "maybe", f"veto: {c.title.veto}, though identifier and abstract agree"
    return "distinct", f"veto: {c.title.veto}"


_SLIP = 0.9


def _other_people(c: Comparison) -> tuple[Kind, str]:
    if c.title.relation == "same" and not c.generic:
        if c.place == "same" and c.long_range:
            return (
                "duplicate",
                "one title on the same pages; one record names a group, an editor or nobody right",
            )
        if c.place == "same" or (c.place != "other" and c.abstract.relation == "same"):
            return "maybe", "veto: no author in common, though title and place or abstract agree"
    return "distinct", "veto: no author in common"


def _one_identifier(c: Comparison) -> tuple[Kind, str]:
    other_work = c.two_abstracts or c.pages == "other"
    if c.title.relation in ("same", "part") or (
        (c.title.relation == "added" or _one_slip(c.title))
        and c.authors.relation != "none"
        and not other_work
    ):
        if c.authors.relation == "none" and c.abstract.relation != "same":
            return "maybe", "the identifier and the title agree, the authors do not"
        return "duplicate", "one identifier and one title"
    changed = c.whole_range and c.authors.relation == "same" and not c.two_abstracts
    if c.abstract.relation == "same" or changed:
        return "duplicate", "one identifier and one abstract or place; the title was changed or translated"
    if c.authors.relation == "none" or (
        c.title.relation == "other" and c.two_abstracts and c.authors.relation != "same" and c.arxiv != "same"
    ):
        return "distinct", "one identifier for two works (an issue, a supplement): nothing else agrees"
    if c.renamed:
        return "version", "one identifier and the same people under a new title"
    if c.title.relation == "near":
        return "maybe", "one identifier, but titles that differ in a few words"
    return "maybe", "one identifier, but other titles"


def _generic(c: Comparison) -> tuple[Kind, str]:
    if c.title.relation in ("same", "part", "added") and c.authors.relation == "same" and c.doi != "other":
        if c.place == "same" or (c.abstract.relation == "same" and c.abstract.long and c.place != "other"):
            return "duplicate", "a title of kind ('Editorial'), but authors and place agree"
        if c.one_issue and c.authors.shared > 1 and c.place != "other":
            return "duplicate", "a title of kind ('Editorial'), but several authors and the issue agree"
        if c.place != "other" and c.gap == 0:
            return "maybe", "a title of kind ('Editorial') says too little, even with the authors"
    return "distinct", "a title of kind ('Editorial') needs a second field that agrees"


def _one_title(c: Comparison) -> tuple[Kind, str]:
    if c.place == "same":
        if c.doi == "other" and c.gap and not c.whole_range:
            return "version", "one title and page, but another year and identifier"
        return "duplicate", "one title and one place"
    found = _two_places(c) or _two_texts(c) or _too_little(c)
    if found:
        return found
    return "duplicate", "one title and nothing against it"


def _two_places(c: Comparison) -> tuple[Kind, str] | None:
    """What one title in two shapes or two places makes of a pair."""
    if c.extended and not c.one_issue:
        return "version", "one title, one of them the extended abstract or version"
    if c.place == "other":
        agree = c.one_issue and c.doi != "other" and c.authors.relation == "same"
        if agree and c.abstract.relation in _AGREE and c.near_pages:
            return (
                "duplicate",
                "one title, the same people, venue and volume; the pages are written differently",
            )
        return "version", "one title in two places"
    if c.doi == "other" or c.arxiv == "other":
        if c.abstract.relation == "same":
            return "version", "one title and abstract, but two identifiers"
        return "version", "one title, but two identifiers"
    return None


def _two_texts(c: Comparison) -> tuple[Kind, str] | None:
    """What another abstract or year makes of a pair of one title."""
    if c.abstract.relation == "other":
        if c.outvoted and not c.other_number and c.volume != "other":
            return "duplicate", "one title, the same people, venue and year; one abstract was rewritten"
        return "version", "one title, but other abstracts"
    if c.gap and c.abstract.figures and not c.same_id:
        return "version", "one title a year apart, but other numbers in the abstract"
    if c.abstract.relation == "close" and c.abstract.ratio < _REWRITTEN:
        return "version", "one title, the abstract was rewritten"
    if c.gap and not c.supported and not (c.venue == "same" and c.telling):
        return "version", "one title, a year apart, and nothing that says it is one place"
    return None


def _too_little(c: Comparison) -> tuple[Kind, str] | None:
    """Why a pair of one title, against which nothing speaks, is only asked about."""
    if c.anonymous and c.abstract.relation == "close":
        return "maybe", "one title, the abstracts differ in places, and no author, venue or year is known"
    if c.authors.relation == "some" and c.abstract.relation != "same":
        return "maybe", "one title, but few authors in common"
    if c.supported:
        return None
    if c.answer and not c.authors.shared:
        return "maybe", "an answer to a work may be one of several, and no author is known"
    if c.namesakes and not (c.venue == "same" and c.gap == 0):
        return "maybe", "one title, but the people may be namesakes"
    if c.volume == "other":
        return "maybe", "one title and year, but two volumes"
    if c.other_number:
        return "maybe", "one title in two issues: their numbers differ"
    if c.short and c.authors.shared < 2:
        return "maybe", "one title, but too short to be one work's alone"
    return None


_REWRITTEN = 0.7
_AGREE = ("same", "unknown")


def _longer_title(c: Comparison) -> tuple[Kind, str]:
    same_people = c.authors.relation == "same"
    certain = c.title.relation == "part" or c.whole_range or c.abstract.relation == "same"
    if c.place == "same" and certain and (same_people or c.authors.relation == "unknown"):
        return "duplicate", "one place; one title has words the other lacks"
    if c.place == "other" or c.doi == "other" or c.extended:
        alike = (
            c.title.ratio >= _EXTENDED
            or c.title.relation == "part"
            or c.abstract.relation in ("same", "close")
        )
        if same_people and c.abstract.relation != "other" and alike and not c.topic:
            return "version", "the same people, one title longer, two places"
        if same_people and c.abstract.relation != "other" and c.title.relation == "part":
            return "maybe", "the same people in two places; one title may be the topic of both"
        if c.abstract.relation in ("same", "close"):
            return "version", "one title longer, one abstract, two places"
        return "distinct", "titles and places differ"
    if c.abstract.relation == "same":
        if c.title.relation == "added" and c.title.end and c.abstract.long and c.abstract.ratio == 1:
            return "duplicate", "one long abstract; one title is the beginning or the end of the other"
        if c.authors.relation == "unknown" and c.title.relation == "added" and c.title.ratio < _LONGER:
            return "maybe", "one abstract; one title has words the other lacks, and no author is known"
        return "duplicate", "one abstract; one title has words the other lacks"
    part = c.title.relation == "part" and not c.short
    one_venue = c.venue == "same" or (c.venue == "unclear" and part)
    if c.abstract.relation == "unknown" and one_venue and not c.other_number and c.volume != "other":
        if same_people and c.one_hand and not (c.supported or c.title.noted):
            return (
                "maybe",
                "one title has words the other lacks, and both are written as one list writes its papers",
            )
        if c.authors.whole and (c.gap == 0 or (c.gap is None and part)):
            return "duplicate", "the same people, venue and year; one title has words the other lacks"
        if c.authors.relation == "unknown" and part and c.one_issue:
            return "duplicate", "one venue and year; one title is the beginning or the end of the other"
    if c.abstract.relation == "close":
        return "version", "one title longer, the abstract was rewritten"
    if c.abstract.relation == "other" or (
        not c.supported and not same_people and c.title.relation == "added"
    ):
        return "distinct", "the titles differ and nothing else agrees enough"
    return "maybe", "one title has words the other lacks"


_LONGER, _EXTENDED = 0.9, 0.8


def _near_title(c: Comparison) -> tuple[Kind, str]:
    same_people = c.authors.relation == "same"
    if c.abstract.relation == "same" and c.template:
        return "maybe", "the abstracts differ in the very words that the titles exchange"
    if c.place == "same" and same_people:
        return "duplicate", "the same people in one place; the titles differ in a few words"
    if c.abstract.relation == "same":
        if c.place == "other" or c.doi == "other" or c.extended:
            return "version", "one abstract in two places, titles that differ in a few words"
        if c.gap:
            return "version", "one abstract, another year, titles that differ in a few words"
        if c.abstract.long and same_people:
            return "duplicate", "the same people and abstract, titles that differ in a few words"
        return "maybe", "one abstract, titles that differ in a few words"
    if same_people and c.abstract.ratio >= _MOST:
        return "version", "the same people, most of one abstract, titles that differ in a few words"
    if not same_people or c.abstract.relation != "unknown" or c.doi == "other":
        return "distinct", "the titles differ"
    if _one_slip(c.title) and c.one_issue and c.place != "other":
        return "duplicate", "the same people and issue, one word of the title misspelt"
    if c.title.one_word and c.slip_outvoted and c.venue == "same" and not c.one_hand:
        return "duplicate", "the same people, venue and year, one word of a long title misspelt"
    if c.title.ratio >= _ALMOST and c.gap == 0:
        return "maybe", "the same people and year, titles that differ in a few words"
    return "distinct", "the titles differ"


_ALMOST, _ONE_SLIP = 0.85, 0.92


def _one_slip(title: TitleMatch) -> bool:
    """Whether the words that differ are one misprint; letters put in front make another word: "QLoRA"."""
    a, b = "".join(title.only_a), "".join(title.only_b)
    return title.ratio >= _ONE_SLIP and not (a.endswith(b) or b.endswith(a)) and misprint(a, b)


# Follow-up papers of one group share some two thirds of an abstract.
_MOST = 0.75


def _other_title(c: Comparison) -> tuple[Kind, str]:
    same_people = c.authors.relation == "same"
    if c.abstract.relation == "same" and c.abstract.long:
        if same_people and c.place == "same":
            return "duplicate", "the same people, abstract and place; the title was translated or changed"
        if same_people:
            return "version", "the same people and abstract under two titles"
        return "maybe", "one abstract under two titles"
    if same_people and c.abstract.ratio >= _MOST:
        return "version", "the same people and most of one abstract under two titles"
    return "distinct", "the titles differ"
