"""Which papers are preprints: by their venue, their DOI, or an arXiv id that stands alone."""

from __future__ import annotations

from functools import lru_cache

from paperctl.record import Paper
from paperctl.text import late
from paperctl.text.fold import fold

_LONGEST = 300
"""A venue of a dump that is not sane is cut to so many characters."""
PREPRINT = late.pattern(
    r"\b(?:arxiv|corr|\w*rxiv|ssrn|preprints?|openreview|research square|authorea|hal|osf|nber"
    r"|(?:working|discussion) papers?)\b"
)
# The prefixes of arXiv, bioRxiv and medRxiv, SSRN, Research Square, TechRxiv, Preprints.org, ChemRxiv, OSF,
# PsyArXiv and Authorea.
_DOI = late.pattern(r"10\.(?:48550|1101(?=/\d)|2139|21203|36227|20944|26434|31219|31234|22541)/")


@lru_cache(maxsize=100_000)
def is_preprint(venue: str) -> bool:
    """Whether a venue is a preprint server rather than a publication."""
    return bool(PREPRINT.search(fold(venue)))


def of_preprint(record: Paper) -> bool | None:
    """Whether a record is of a preprint, by its venue, DOI or arXiv id in this order; None if none tells."""
    if venue := record.get("venue"):
        return is_preprint(str(venue)[:_LONGEST])
    if doi := record.get("doi"):
        return bool(_DOI.match(str(doi)))
    return True if record.get("arxiv_id") else None
