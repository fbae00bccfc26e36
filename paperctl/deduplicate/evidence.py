"""What two records have in common, as a score and in words for a person."""

from __future__ import annotations

from paperctl.deduplicate.comparison import Comparison


def score(c: Comparison) -> float:
    """The mean agreement 0..1 of the known fields, weighted by how much each tells."""
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


def said(c: Comparison) -> tuple[str, ...]:
    """Which fields agree and which do not, in words and numbers."""
    said = [f"title {c.title.ratio:.0%} alike"]
    if c.title.only_a or c.title.only_b:
        said.append(
            f"words in one title only: {' '.join(c.title.only_a) or '–'} / {' '.join(c.title.only_b) or '–'}"
        )
    if c.authors.shorter:
        said.append(f"authors {c.authors.shared} of {c.authors.shorter} agree")
    if c.abstract.relation != "unknown":
        said.append(f"abstract {c.abstract.ratio:.0%} alike" + (" (one is cut)" if c.abstract.cut else ""))
    if c.gap is not None:
        said.append("year agrees" if c.gap == 0 else f"years {c.gap} apart")
    for name, relation in (
        ("DOI", c.doi),
        ("arXiv id", c.arxiv),
        ("PubMed number", c.pmid),
        ("venue", c.venue),
        ("volume", c.volume),
        ("pages", c.pages),
    ):
        if relation in ("same", "other"):
            said.append(f"{name} {'agrees' if relation == 'same' else 'differs'}")
    if c.other_number:
        said.append("issue number differs")
    return tuple(said)
