"""What a replay of screening and `stats` print."""

from __future__ import annotations

from typing import Any, TypedDict

from paperctl.cli.shapes import Counts


class Stop(TypedDict):
    """When stopping was first advised, and the share of the relevant papers found by then."""

    at: int
    recall: float


class Replay(TypedDict):
    """A replay of screening: ids in the order in which they were shown."""

    order: list[str]
    wss95: float
    recall10: float
    recall5: float
    stop: Stop | None


class Funnel(TypedDict):
    """From entries identified in dumps to papers kept."""

    identified: int
    duplicates_removed: int
    papers: int
    screened: int
    kept: int
    skipped: int
    maybe: int


class Works(TypedDict):
    """The funnel where versions of a work count once."""

    works: int
    screened: int
    kept: int
    skipped: int
    maybe: int


class Two(TypedDict):
    """How far two reviewers agree: the share of papers on which they do, and Cohen's kappa."""

    reviewers: list[str]
    papers: int
    agreed: int
    agreement: float
    kappa: float | None


class Agreement(TypedDict, total=False):
    """Papers on which several reviewers agree, do not, or did in the end; empty while there is one."""

    agreed: int
    conflict: int
    resolved: int
    pairs: list[Two]


class Statistics(TypedDict):
    """Counts of papers. `sources` and `source_types` count entries of dumps; `reasons` counts skips (""
    without a reason), `full_texts` and `full_text_reasons` decisions made from full texts; `dumps` is what
    slide decks say of their own funnel."""

    papers: int
    funnel: Funnel
    works: Works
    agreement: Agreement
    with_code: int
    topics: Counts
    years: Counts
    reasons: Counts
    full_texts: Counts
    full_text_reasons: Counts
    source_types: Counts
    papers_by_other_methods: int
    sources: Counts
    topic_years: dict[str, Counts]
    dumps: dict[str, Any]
