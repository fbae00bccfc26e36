"""The words that name a venue, and how two names of one venue may differ: cut, abbreviated, an acronym."""

from __future__ import annotations

import re
from functools import lru_cache

from paperctl.deduplicate import thresholds, vocabulary
from paperctl.deduplicate.venue_kinds import CONFERENCE, LONG_NAMES, NAMES, WORKSHOP, kind_of
from paperctl.text.fold import fold

Words = tuple[str, ...]

# How a conference's site calls what it took: no other event.
_TAKEN = re.compile(
    r"(?<=\d{4}) (?:conference )?(?:main (?:track|conference) |datasets and benchmarks (?:track )?)?"
    r"(?:poster|oral|spotlight|talk|regular|notable top \d+(?: \w+)?|accept\w*|conference)"
    r"(?: paper| presentation)?$"
)
_TAKEN_RAW = re.compile(
    r"(?<=\d{4})\s+(?:datasets and benchmarks|poster|oral|spotlight|talk|notable|conference|accept\w*)\b.*$",
    re.IGNORECASE,
)
_ROUND = re.compile(r"\(([^()]*)\)")
_AFTER = re.compile(r"(?:\s*[:;/]|\s[-–—]+|\.(?=\s+conference\b))\s.*$", re.IGNORECASE)
_COMMA_NAME = re.compile(r",[^,]*\b(?:and|&)\b")
_CUT = re.compile(r"(?:…|\.\.\.)\s*$")
_ACRONYM_WORD = re.compile(r"(?<![A-Za-z])(?=[A-Za-z]*[A-Z][a-z]?[A-Z])[A-Za-z]{2,12}(?![a-z])")
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)?$")
_GLUED_YEAR = re.compile(r"(?<=[a-z]{3})(?:19|20)?\d\d$")


def folded(venue: str) -> str:
    """A venue folded, without the kind of paper that a conference's site adds ("NeurIPS 2020 poster")."""
    return _TAKEN.sub("", fold(venue))


def as_known(venue: str) -> str:
    """A venue by the name that it is known by, where it has another: "The Web Conference" is WWW."""
    text = fold(venue)
    for name, known in vocabulary.VENUE_ALIASES.items():
        if name in text:
            return re.sub(rf"\b{name}\b", known, text)
    return venue


def names_none(folded_venue: str) -> bool:
    """Whether a venue has no name, at most a city: "Proc.", "Proc., San Diego"."""
    words = [w for w in folded_venue.split() if not _NUMBERED.match(w)]
    kinds = vocabulary.VENUE_KINDS
    if all(w in kinds for w in words):
        return True
    rest = " ".join(w for w in words if w not in kinds)
    return (len(words) > len(rest.split()) and rest in vocabulary.CITIES) or folded_venue in vocabulary.CITIES


@lru_cache(maxsize=100_000)
def conference_of(venue: str) -> str:
    """The name of the known conference that a venue is, by its acronym or its name; empty if it is none.

    Words next to the acronym must be of the conference's name: the "AAAI Conference on Human Computation" is
    not AAAI's own.
    """
    text = folded(venue)
    if kind_of(text) == "journal" or WORKSHOP.search(text):
        return ""
    inner = " ".join(_ROUND.findall(venue))
    words = _telling(f"{_ROUND.sub(' ', _before_comma(venue))} {inner}")
    acronyms = {vocabulary.VENUE_NAMES[w] for w in words if w in vocabulary.CONFERENCES}
    if len(acronyms) == 1:
        (name,) = acronyms
        rest = [w for w in words if w not in vocabulary.CONFERENCES and w not in name.split()]
        return name if not rest else ""
    named = _BY_WORDS.get(frozenset(words), "")
    return named if named in (NAMES if CONFERENCE.search(text) else LONG_NAMES) else ""


# The European Conference on Computer Vision and "computer vision, european" are one.
_BY_WORDS = {frozenset(name.split()): name for name in NAMES}


_COUNTING = (
    vocabulary.ORDINALS | vocabulary.ROMAN.keys() | {"xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix"}
)


def _before_comma(venue: str) -> str:
    """What stands before a city or a publisher; a name may itself have a comma ("…, Speech, and …")."""
    return venue if _COMMA_NAME.search(venue) else venue.split(",")[0]


def _telling(text: str) -> list[str]:
    """The words of a venue without ordinals, years, and what every conference is called."""
    words = (_GLUED_YEAR.sub("", w) for w in fold(text).split())
    noise = vocabulary.VENUE_NOISE - vocabulary.CONFERENCES
    return [
        w for w in words if w not in noise and w not in _COUNTING and not _NUMBERED.match(w) and len(w) > 1
    ]


@lru_cache(maxsize=100_000)
def name_of(venue: str) -> Words:
    """The words of a venue that name it."""
    text = _AFTER.sub("", _ROUND.sub(" ", _TAKEN_RAW.sub("", venue))) or venue
    if kind_of(fold(text)) == "conference":
        text = _before_comma(text)
    words = tuple(w for w in _telling(text) if w not in vocabulary.VENUE_NOISE)
    return (
        tuple(w for w in words if w not in vocabulary.PERIODICAL)
        or words
        or tuple(w for w in fold(venue).split() if not w.isdigit())
    )


def spelled_out(words: Words) -> Words:
    """The name of a known venue that an acronym stands for; any other name as it is."""
    known = len(words) == 1 and words[0] in vocabulary.VENUE_NAMES
    return tuple(vocabulary.VENUE_NAMES[words[0]].split()) if known else words


def is_acronym(words: Words) -> bool:
    """Whether a name is one word so short that it may be an acronym."""
    return len(words) == 1 and len(words[0]) <= thresholds.ACRONYM


def names_acronym(short: Words, venue: str) -> bool:
    """Whether a venue names the acronym that another one is: "… and Interventions – MICCAI 2021"."""
    if len(short) != 1 or short[0] in vocabulary.SPONSORS:
        return False
    return any(short[0] == acronym.lower() for acronym in _ACRONYM_WORD.findall(venue))


def is_acronym_of(short: Words, venue: str) -> bool:
    """Whether a name is made of the first letters of a venue's words."""
    if len(short) != 1:
        return False
    words = [w for w in fold(_AFTER.sub("", _ROUND.sub(" ", venue))).split() if w not in vocabulary.STOP]
    return len(words) > 1 and short[0] == "".join(w[0] for w in words)


def is_cut_off(venue: str, short: Words, long: Words) -> bool:
    """Whether a venue was cut ("…") and its words are the beginning of another name."""
    if not _CUT.search(venue) or len(short) < 3:
        return False
    whole, last = short[:-1], short[-1]
    return long[: len(whole)] == whole and "".join(long[len(whole) :])[: len(last)] == last


def abbreviates(short: Words, long: Words) -> bool:
    """Whether each word of `short` begins a word of `long`, in order: "Ann Fr Anesth"."""
    if len(short) > len(long) or len("".join(short)) < thresholds.ABBREVIATED or set(short) < set(long):
        return False
    at = iter(long)
    begins = (any(_abbreviates_word(w, word) for word in at) for w in short)
    return all(begins) and 2 * len(short) >= len(long)


def _abbreviates_word(short: str, long: str) -> bool:
    """Whether a word begins another, but for its ending ("Anesth", "Anesthesie"): of two whole words of one
    stem each may name another field ("Psychology", "Psychiatry")."""
    if long.startswith(short):
        return True
    return long.startswith(short[: max(thresholds.STEM, len(short) - 2)]) and short != long


def is_sister(venue: str, long: Words) -> bool:
    """Whether one journal has the one word that names the other, and more: Nature and Nature Medicine."""
    short = [w for w in fold(venue).split() if w not in ("the", "journal")]
    rest = long[1:]
    if len(short) != 1 or long[:1] != (short[0],) or not 0 < len(rest) <= thresholds.SISTER_WORDS:
        return False
    return vocabulary.EDITIONS.isdisjoint(rest) and " ".join(rest) not in vocabulary.CITIES


def is_english(venue: str) -> bool:
    """Whether no word of a venue is foreign to the English names of journals."""
    return vocabulary.NOT_ENGLISH.isdisjoint(fold(venue).split())


def nothing_alike(a: Words, b: Words) -> bool:
    """Whether two names of several words have none that begin alike, as an abbreviation would."""
    beginnings = ({w[: thresholds.BEGINNING] for w in words} for words in (a, b))
    return len(a) > 1 < len(b) and set.isdisjoint(*beginnings)


def one_begins_the_other(a: Words, b: Words) -> bool:
    """Whether two names of one word are one, cut: "Anesthesiol" and "Anesthesiology", but no plural."""
    if not len(a) == len(b) == 1:
        return False
    short, long = sorted((a[0], b[0]), key=len)
    return len(short) >= thresholds.ABBREVIATED and long.startswith(short) and long != f"{short}s"
