"""The small words before a family name: "van der Berg", "de la Cruz"."""

from __future__ import annotations

PARTICLES = frozenset(
    (
        *("van", "von", "vom", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du"),
        *("la", "le", "ten", "ter", "zu", "zur", "af", "av", "bin", "ibn", "al", "el"),
    )
)
