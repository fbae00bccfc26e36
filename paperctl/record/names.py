"""Names in their parts, for formats and keys that want the family name apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from paperctl.text.particles import PARTICLES
from paperctl.text.sanitise import clean

INCOMPLETE = "authors_incomplete"
"""In `extra`: that no dump names all authors."""
OTHERS = "et al."
_SUFFIXES = frozenset(("jr", "sr", "jnr", "snr", "ii", "iii", "iv"))


class Name(NamedTuple):
    """A name's parts; an organisation or a single name has only a family name."""

    family: str
    given: str = ""
    suffix: str = ""


def byline(record: Mapping[str, Any]) -> list[str]:
    """The authors as they are shown: behind a list that is not whole stands "et al."."""
    names = list(record.get("authors") or ())
    return [*names, OTHERS] if names and is_incomplete(record) else names


def is_incomplete(record: Mapping[str, Any]) -> bool:
    """Whether a paper has more authors than are named."""
    return (record.get("extra") or {}).get(INCOMPLETE) is True


def parts(name: str) -> Name:
    """The parts of a name in display order, "First von Last Jr.", joined by blanks the name again.

    The family name is the last word and the lower-case particles before it, as BibTeX has it
    (btxdoc, section 4); display order says no more.
    """
    words = clean(name).split()
    suffix = ""
    if len(words) > 2 and words[-1].rstrip(".").lower() in _SUFFIXES:
        suffix = words.pop()
    at = len(words) - 1
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
    return Name(" ".join(words[at:]), " ".join(words[:at]), suffix) if at > 0 else Name(" ".join(words))
