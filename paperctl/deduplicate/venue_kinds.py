"""What kind of venue a name is of: a register, a publisher, a journal, a conference."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from paperctl.deduplicate import thresholds, vocabulary
from paperctl.text.fold import fold

Kind = Literal["journal", "conference", ""]

WORKSHOP = re.compile(r"\b(?:workshops?|wkshps?|findings|companion|adjunct|demos?|posters?|tutorials?)\b")
THESIS = re.compile(
    r"\b(?:dissertations?|thesis|theses|proquest)\b"
    r"|^universit\w+ of (?!.*\b(?:press|quarterly|quart|journal|j|review|rev|bulletin|studies)$)\w+(?: \w+)?$"
)
# A register of trials or reviews, by its name or address.
REGISTER = re.compile(
    r"clinicaltrials\s?gov|clinicaltrialsregister|\bisrctn|\banzctr|\bchictr|\bdrks\b|\bumin\b|trialsearch|\bictrp\b"
    r"|trialregister|\bprospero\b|\b(?:clinical )?trials? (?:registry|register)\b|\bnct\d{8}\b"
)
_PUBLISHER = re.compile(r"\b(?:press|verlag|publish\w*|books?|wiley|elsevier|springer|routledge|sons)$")
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans|j|record|letters|magazine|review|reviews|annals|bulletin|archives"
    r"|newsletter|notices|explorations|forum|rev|lett|bull|mag)\b"
)
CONFERENCE = re.compile(r"\b(?:conference|conf|proceedings|proc|symposium|symp|meeting|workshop)\b")
# Series that print the proceedings of many conferences.
SERIES = re.compile(
    r"\b(?:lecture ?notes in|lncs|lnai|lnbip|ceur|communications in computer and information science|ccis"
    r"|ifip advances|proceedings of machine learning research|pmlr|jmlr workshop"
    r"|international conference proceedings? series|advances in intelligent systems and computing)\b"
)
NAMES = frozenset(vocabulary.VENUE_NAMES.values())
"""The names of known venues."""
# Conferences named in so many words that no journal is called so ("Machine Learning" is one).
LONG_NAMES = frozenset(
    vocabulary.VENUE_NAMES[c]
    for c in vocabulary.CONFERENCES
    if len(vocabulary.VENUE_NAMES.get(c, "").split()) >= thresholds.NAME_WORDS
)


@lru_cache(maxsize=100_000)
def is_register(venue: str) -> bool:
    """Whether a venue or a link is a register of trials or reviews."""
    return bool(REGISTER.search(fold(venue)))


@lru_cache(maxsize=100_000)
def is_publisher(venue: str) -> bool:
    """Whether a venue is a publisher, so that what it names is a whole book."""
    return bool(_PUBLISHER.search(fold(venue)))


def kind_of(folded: str) -> Kind:
    """The kind that a folded venue names; empty if it names none."""
    if _JOURNAL.search(folded):
        return "journal"
    if CONFERENCE.search(folded) or folded in vocabulary.CONFERENCES or folded in LONG_NAMES:
        return "conference"
    return ""
