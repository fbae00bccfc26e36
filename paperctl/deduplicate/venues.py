"""Venues: whether two names are one journal or conference.

Journals are written whole, in ISO 4 abbreviations, run together, in translation; conferences by
acronym, by name, by their proceedings, with number, city and year. Of two spellings this says `same`,
`unclear`, `unknown` where one names no venue ("Proc."), or `other` where they name two kinds of venue, two
known conferences, or two journals in one language.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import Literal

from paperctl.deduplicate import vocabulary
from paperctl.text.fold import fold

Relation = Literal["same", "other", "unclear", "unknown"]

_PREPRINT = re.compile(
    r"\b(?:arxiv|corr|\w*rxiv|ssrn|preprints?|openreview|research square|authorea|hal|osf|nber"
    r"|(?:working|discussion) papers?)\b"
)
_WORKSHOP = re.compile(r"\b(?:workshops?|wkshps?|findings|companion|adjunct|demos?|posters?|tutorials?)\b")
_THESIS = re.compile(
    r"\b(?:dissertations?|thesis|theses|proquest)\b"
    r"|^universit\w+ of (?!.*\b(?:press|quarterly|quart|journal|j|review|rev|bulletin|studies)$)\w+(?: \w+)?$"
)
# A register of trials or reviews, by its name or address.
_REGISTER = re.compile(
    r"clinicaltrials\s?gov|clinicaltrialsregister|\bisrctn|\banzctr|\bchictr|\bdrks\b|\bumin\b|trialsearch|\bictrp\b"
    r"|trialregister|\bprospero\b|\b(?:clinical )?trials? (?:registry|register)\b|\bnct\d{8}\b"
)
_PUBLISHER = re.compile(r"\b(?:press|verlag|publish\w*|books?|wiley|elsevier|springer|routledge|sons)$")
# How a conference's site calls what it took: no other event.
_TAKEN = re.compile(
    r"(?<=\d{4}) (?:conference )?(?:main (?:track|conference) |datasets and benchmarks (?:track )?)?"
    r"(?:poster|oral|spotlight|talk|regular|notable top \d+(?: \w+)?|accept\w*|conference)"
    r"(?: paper| presentation)?$"
)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans|j|record|letters|magazine|review|reviews|annals|bulletin|archives"
    r"|newsletter|notices|explorations|forum)\b"
)
_CONFERENCE = re.compile(r"\b(?:conference|conf|proceedings|proc|symposium|symp|meeting|workshop)\b")
# Series that print the proceedings of many conferences.
_SERIES = re.compile(
    r"\b(?:lecture ?notes in|lncs|lnai|lnbip|ceur|communications in computer and information science|ccis"
    r"|ifip advances|proceedings of machine learning research|pmlr|jmlr workshop"
    r"|international conference proceedings? series|advances in intelligent systems and computing)\b"
)
LONGEST = 300
"""A venue of a dump that is not sane is cut to so many characters."""
_ROUND = re.compile(r"\(([^()]*)\)")
_AFTER = re.compile(r"(?:\s*[:;/]|\s[-–—]+|\.(?=\s+conference\b))\s.*$", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.\.\.)\s*$")
_ACRONYM_WORD = re.compile(r"(?<![A-Za-z])(?=[A-Za-z]*[A-Z][a-z]?[A-Z])[A-Za-z]{2,12}(?![a-z])")
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)?$")
_GLUED_YEAR = re.compile(r"(?<=[a-z]{3})(?:19|20)?\d\d$")


@lru_cache(maxsize=100_000)
def is_preprint(venue: str) -> bool:
    """Whether a venue is a preprint server rather than a publication."""
    return bool(_PREPRINT.search(fold(venue)))


@lru_cache(maxsize=100_000)
def is_register(venue: str) -> bool:
    """Whether a venue or a link is a register of trials or reviews."""
    return bool(_REGISTER.search(fold(venue)))


@lru_cache(maxsize=100_000)
def is_publisher(venue: str) -> bool:
    """Whether a venue is a publisher, so that what it names is a whole book."""
    return bool(_PUBLISHER.search(fold(venue)))


@lru_cache(maxsize=200_000)
def compare_venues(a: str, b: str) -> Relation:
    """Whether two venue strings name one venue; of a name in two languages ("… = …") either may agree."""
    a, b = a[:LONGEST], b[:LONGEST]
    if " = " in a or " = " in b:
        pairs = itertools.product(a.split(" = ", 2)[:2], b.split(" = ", 2)[:2])
        return min((compare_venues(*pair) for pair in pairs), key=_SUREST.index)
    left, right = (_TAKEN.sub("", fold(venue)) for venue in (a, b))
    if not left or not right or _names_none(left) or _names_none(right):
        return "unknown"
    if left == right or left.replace(" ", "") == right.replace(" ", ""):
        return "same"
    for kind in (_REGISTER, _PREPRINT, _WORKSHOP, _THESIS):
        if bool(kind.search(left)) != bool(kind.search(right)):
            return "other"
    kind_a, kind_b = _kind(left), _kind(right)
    if {kind_a, kind_b} == {"journal", "conference"}:
        return "other"
    known_a, known_b = conference_of(a), conference_of(b)
    if known_a and known_b:
        return "same" if known_a == known_b else "other"
    if _SERIES.search(left) or _SERIES.search(right):
        return "unclear"
    found = _compare_names(a, b, kind_a, kind_b)
    return "unclear" if found == "same" and kind_a != kind_b and "journal" in (kind_a, kind_b) else found


_SUREST: tuple[Relation, ...] = ("same", "unclear", "other", "unknown")


def _names_none(folded: str) -> bool:
    """Whether a venue says no more than that there is one, or where it met: "Proc.", "Proc., San Diego"."""
    words = [w for w in folded.split() if not _NUMBERED.match(w)]
    kinds = vocabulary.VENUE_KINDS
    if all(w in kinds for w in words):
        return True
    rest = " ".join(w for w in words if w not in kinds)
    return (len(words) > len(rest.split()) and rest in vocabulary.CITIES) or folded in vocabulary.CITIES


@lru_cache(maxsize=100_000)
def conference_of(venue: str) -> str:
    """The name of the known conference that a venue is, by its acronym or its name; empty if it is none.

    Words beside the acronym must be of the conference's name: the "AAAI Conference on Human Computation" is
    not AAAI's own.
    """
    folded = _TAKEN.sub("", fold(venue))
    if _kind(folded) == "journal" or _WORKSHOP.search(folded):
        return ""
    inner = " ".join(_ROUND.findall(venue))
    text = venue if _COMMA_NAME.search(venue) else venue.split(",")[0]
    words = _telling_words(f"{_ROUND.sub(' ', text)} {inner}")
    acronyms = {vocabulary.VENUE_NAMES[w] for w in words if w in vocabulary.CONFERENCES}
    if len(acronyms) == 1:
        (name,) = acronyms
        rest = [w for w in words if w not in vocabulary.CONFERENCES and w not in name.split()]
        return name if not rest else ""
    name = " ".join(words)
    conference = bool(_CONFERENCE.search(folded))
    return name if name in (_NAMES if conference else _LONG_NAMES) else ""


_COMMA_NAME = re.compile(r",[^,]*\b(?:and|&)\b")


def _telling_words(text: str) -> list[str]:
    """The words of a venue without ordinals, years, and what every conference is called."""
    words = (_GLUED_YEAR.sub("", w) for w in fold(text).split())
    noise = vocabulary.VENUE_NOISE - vocabulary.CONFERENCES
    return [
        w
        for w in words
        if w not in noise and w not in vocabulary.ORDINALS and not _NUMBERED.match(w) and len(w) > 1
    ]


def _compare_names(a: str, b: str, kind_a: str, kind_b: str) -> Relation:
    words_a, words_b = _name(a), _name(b)
    if not words_a or not words_b:
        return "unclear"
    if words_a == words_b:
        return "same"
    if len(words_a) == len(words_b) == 1 and _begins(words_a[0], words_b[0]):
        return "same"
    if (conference_of(a) and " ".join(words_b) in _NAMES) or (
        conference_of(b) and " ".join(words_a) in _NAMES
    ):
        # "Machine Learning" is a journal or, in the words of some lists, the conference.
        return "unclear" if _spelled(words_a) == _spelled(words_b) else "other"
    if _acronym_like(words_a) and _acronym_like(words_b):
        return "same" if _spelled(words_a) == _spelled(words_b) else "other"
    if "journal" not in (kind_a, kind_b) and (_names_acronym(words_a, b) or _names_acronym(words_b, a)):
        return "same"
    known = _acronym_like(words_a) or _acronym_like(words_b)
    words_a, words_b = _spelled(words_a), _spelled(words_b)
    set_a, set_b = frozenset(words_a), frozenset(words_b)
    if set_a != set_b and {set_a, set_b} <= _KNOWN:
        return "other"
    conference = "conference" in (kind_a, kind_b)
    if conference and set_a != set_b and set_a and set_b and set_a ^ set_b <= vocabulary.REGIONS:
        return "other"
    if (_CUT.search(a) and _cut_off(words_a, words_b)) or (_CUT.search(b) and _cut_off(words_b, words_a)):
        return "same"
    if _abbreviates(words_a, words_b) or _abbreviates(words_b, words_a):
        return "same"
    if _is_acronym_of(words_a, b) or _is_acronym_of(words_b, a):
        return "same"
    if not conference and (_is_sister(a, words_b) or _is_sister(b, words_a)):
        return "other"
    shared = set_a & set_b
    if shared and len(shared) >= _MOST * max(len(words_a), len(words_b)):
        return "same"
    if kind_a == kind_b == "journal" and _english(a) and _english(b) and _nothing_alike(words_a, words_b):
        return "other"
    return "other" if known and not shared and min(len(words_a), len(words_b)) > 1 else "unclear"


_MOST = 0.75
_NAMES = set(vocabulary.VENUE_NAMES.values())
_KNOWN = {frozenset(name.split()) for name in _NAMES}
# Conferences named in so many words that no journal is called so ("Machine Learning" is one).
_NAME_WORDS = 4
_LONG_NAMES = {
    vocabulary.VENUE_NAMES[c]
    for c in vocabulary.CONFERENCES
    if len(vocabulary.VENUE_NAMES.get(c, "").split()) >= _NAME_WORDS
}


def _kind(venue: str) -> str:
    if _JOURNAL.search(venue):
        return "journal"
    if _CONFERENCE.search(venue) or venue in vocabulary.CONFERENCES or venue in _LONG_NAMES:
        return "conference"
    return ""


@lru_cache(maxsize=100_000)
def _name(venue: str) -> tuple[str, ...]:
    """The words of a venue that name it."""
    text = _AFTER.sub("", _ROUND.sub(" ", _TAKEN_RAW.sub("", venue))) or venue
    if _kind(fold(text)) == "conference" and not _COMMA_NAME.search(text):
        text = text.split(",")[0]
    words = tuple(w for w in _telling_words(text) if w not in vocabulary.VENUE_NOISE)
    return (
        tuple(w for w in words if w not in vocabulary.PERIODICAL)
        or words
        or tuple(w for w in fold(venue).split() if not w.isdigit())
    )


_TAKEN_RAW = re.compile(
    r"(?<=\d{4})\s+(?:datasets and benchmarks|poster|oral|spotlight|talk|notable|conference|accept\w*)\b.*$",
    re.IGNORECASE,
)


def _spelled(words: tuple[str, ...]) -> tuple[str, ...]:
    return (
        tuple(vocabulary.VENUE_NAMES[words[0]].split())
        if len(words) == 1 and words[0] in vocabulary.VENUE_NAMES
        else words
    )


def _names_acronym(short: tuple[str, ...], venue: str) -> bool:
    """Whether a venue names the acronym that another one is: "… and Interventions – MICCAI 2021"."""
    if len(short) != 1 or short[0] in vocabulary.SPONSORS:
        return False
    return any(short[0] == acronym.lower() for acronym in _ACRONYM_WORD.findall(venue))


def _cut_off(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name that was cut is the beginning of another one."""
    whole, last = short[:-1], short[-1]
    return len(whole) > 1 and long[: len(whole)] == whole and "".join(long[len(whole) :])[: len(last)] == last


def _is_sister(venue: str, long: tuple[str, ...]) -> bool:
    """Whether one journal has the one word that names the other, and more: Nature and Nature Medicine."""
    short = [w for w in fold(venue).split() if w not in ("the", "journal")]
    rest = long[1:]
    if len(short) != 1 or long[:1] != (short[0],) or not 0 < len(rest) <= _SISTER_WORDS:
        return False
    return vocabulary.EDITIONS.isdisjoint(rest) and " ".join(rest) not in vocabulary.CITIES


_SISTER_WORDS = 3


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word of `short` begins a word of `long`, in order: "Ann Fr Anesth"."""
    if len(short) > len(long) or len("".join(short)) < _ENOUGH or set(short) < set(long):
        return False
    at = iter(long)
    if not all(
        any(word.startswith(w[:_STEM]) if len(w) > _STEM else word.startswith(w) for word in at)
        for w in short
    ):
        return False
    return 2 * len(short) >= len(long)


_ENOUGH, _STEM = 4, 5


def _is_acronym_of(short: tuple[str, ...], venue: str) -> bool:
    if len(short) != 1:
        return False
    words = [w for w in fold(_AFTER.sub("", _ROUND.sub(" ", venue))).split() if w not in vocabulary.STOP]
    return len(words) > 1 and short[0] == "".join(w[0] for w in words)


def _english(venue: str) -> bool:
    return vocabulary.NOT_ENGLISH.isdisjoint(fold(venue).split())


def _nothing_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of several words have none that begin alike, as an abbreviation would."""
    return len(a) > 1 < len(b) and {w[:_BEGINNING] for w in a}.isdisjoint(w[:_BEGINNING] for w in b)


_BEGINNING = 3


def _begins(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= _ENOUGH and long.startswith(short) and long != f"{short}s"


def _acronym_like(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and len(words[0]) <= _ACRONYM


_ACRONYM = 12
