"""A person's own labels: what can be one, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable

from paperctl.errors import UsageError
from paperctl.store import Store
from paperctl.text.fold import fold
from paperctl.text.sanitise import clean

LONGEST = 60


def as_labels(store: Store, words: Iterable[str]) -> list[str]:
    """Labels as they are kept: each as it was written the first time, whatever its case. Raises UsageError
    for what a query could not ask for."""
    known = {fold(name): name for name in sorted(store.overlay.label_names)}
    return [known.get(fold(name), name) for name in map(_checked, words)]


def _checked(text: str) -> str:
    name = " ".join(clean(text.encode("utf-8", "replace").decode()).split())
    if not fold(name) or "," in name or len(name) > LONGEST:
        raise UsageError(
            f"{text!r} cannot be a label", f"a word or some, without commas, up to {LONGEST} characters"
        )
    return name
