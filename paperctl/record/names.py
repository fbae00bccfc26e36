"""Names in their parts, for formats and keys that want the family name apart."""

from __future__ import annotations

import re
from typing import NamedTuple

from paperctl.record import Paper
from paperctl.text.particles import PARTICLES
from paperctl.text.sanitise import clean

INCOMPLETE = "authors_incomplete"
"""In `extra`: that no dump names all authors."""
BODIES = "authors_bodies"
"""In `extra`: authors that a dump marks as bodies though they read as people, "Acme Minds"."""
OTHERS = "et al."
_SUFFIXES = frozenset(("jr", "sr", "jnr", "snr", "ii", "iii", "iv", "phd", "ph.d"))
_DOCTOR = frozenset(("MD", "M.D"))
"""A suffix in capitals alone: "Md" is short for Mohammed."""
# Words that name bodies and hardly ever people. "Press", "Church" and "Bank" are people's names, too.
_BODY = re.compile(
    r"&|\b(?:and|of|for|on|the|für)\b|\b(?:Inc|Ltd|LLC|GmbH|Corp(?:oration)?|Company|Group|Team|Labs"
    r"|Laborator(?:y|ies)|Consortium|Collaboration|Committee|Commission|Council|Agency|Authority|Association"
    r"|Society|Academy|Institut(?:e|ion)?|Universit(?:y|ät|é|eit)|College|School|Department|Ministry"
    r"|Office|Centre|Foundation|Federation|Organi[sz]ation|Union|Alliance|Network|Initiative|Project"
    r"|Research|Investigators|Trialists|DeepMind)\b|(?<=[a-z]\s)AI$"
)
_BODY_OF_MORE = re.compile(r"\b(?:Bureau|Center)\b")
"""Words of bodies that are family names, too, so that one word before them is a given name: "Ann Bureau"."""
_INITIALS = re.compile(r"[A-Z]|(?:[A-Z]\.-?){1,3}")


class Name(NamedTuple):
    """A name's parts; an organisation or a single name has only a family name."""

    family: str
    given: str = ""
    suffix: str = ""


def byline(record: Paper) -> list[str]:
    """The authors as they are shown: behind a list that is not whole stands "et al."."""
    names = list(record.get("authors") or ())
    return [*names, OTHERS] if names and is_incomplete(record) else names


def is_incomplete(record: Paper) -> bool:
    """Whether a paper has more authors than are named."""
    return (record.get("extra") or {}).get(INCOMPLETE) is True


def authors_in_parts(record: Paper) -> list[Name]:
    """The authors in their parts; bodies are whole."""
    bodies = (record.get("extra") or {}).get(BODIES) or ()
    return [Name(name) if name in bodies else parts(name) for name in record.get("authors") or ()]


def parts(name: str) -> Name:
    """The parts of a name in display order, "First von Last Jr.", joined by blanks the name again.

    The family name is the last word and the lower-case particles before it, as BibTeX has it
    (btxdoc, section 4); display order says no more. What reads as the name of a body stays whole, and
    initials behind a word that is none are the given name ("Smith J").
    """
    words = clean(name).split()
    whole = " ".join(words)
    if len(words) > 1 and _BODY.search(whole, len(words[0])):
        return Name(whole)
    if len(words) > 2 and _BODY_OF_MORE.search(whole, len(words[0])):
        return Name(whole)
    if len(words) == 2 and _INITIALS.fullmatch(words[1]) and not _INITIALS.fullmatch(words[0]):
        return Name(*words)
    suffix = ""
    if len(words) > 2 and _is_suffix(words[-1].rstrip(".")):
        suffix = words.pop()
    at = len(words) - 1
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
    return Name(" ".join(words[at:]), " ".join(words[:at]), suffix) if at > 0 else Name(" ".join(words))


def _is_suffix(word: str) -> bool:
    return word in _DOCTOR or word.lower() in _SUFFIXES
