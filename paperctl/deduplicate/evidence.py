"""What two records have in common, as a score and in words for a person."""

from __future__ import annotations

from paperctl.deduplicate.comparison import Comparison


def score(c: Comparison) -> float:
    """The mean agreement 0..1 of the known fields, weighted by how much evidence each is."""
    parts = [(0.4, c.title.ratio)]
    if c.abstract.relation != "unknown":
        parts.append((0.3, c.abstract.ratio))
    if c.authors.shorter:
        parts.append((0.2, c.authors.shared / c.authors.shorter))
    for weight, relation in ((0.1, c.pages), (0.05, c.volume), (0.05, c.venue), (0.2, c.doi), (0.2, c.arxiv)):
        if relation in ("same", "other"):
            parts.append((weight, float(relation == "same")))
    if c.gap is not None:
        parts.append((0.05, float(c.gap == 0)))
    return round(sum(w * s for w, s in parts) / sum(w for w, _ in parts), 3)


def in_words(c: Comparison) -> tuple[str, ...]:
    """Which fields agree and which do not, in words and numbers."""
    only_a, only_b = " ".join(c.title.only_a), " ".join(c.title.only_b)
    parts = [
        f"title {c.title.ratio:.0%} alike",
        f"words in one title only: {only_a or '–'} / {only_b or '–'}" if only_a or only_b else "",
        f"authors {c.authors.shared} of {c.authors.shorter} agree" if c.authors.shorter else "",
        _of_abstracts(c),
        _of_years(c),
        *(
            f"{name} {'agrees' if relation == 'same' else 'differs'}"
            for name, relation in (
                ("DOI", c.doi),
                ("arXiv id", c.arxiv),
                ("PubMed number", c.pmid),
                ("venue", c.venue),
                ("volume", c.volume),
                ("pages", c.pages),
            )
            if relation in ("same", "other")
        ),
        "issue number differs" if c.other_number else "",
    ]
    return tuple(filter(None, parts))


def _of_abstracts(c: Comparison) -> str:
    if c.abstract.relation == "unknown":
        return ""
    return f"abstract {c.abstract.ratio:.0%} alike" + (" (one is cut)" if c.abstract.cut else "")


def _of_years(c: Comparison) -> str:
    if c.gap is None:
        return ""
    return "year agrees" if c.gap == 0 else f"years {c.gap} apart"
