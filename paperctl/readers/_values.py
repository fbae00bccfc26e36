"""Values that say something, apart from those that do not."""

from __future__ import annotations

from typing import Any

EMPTY: tuple[Any, ...] = (None, "", [], {})
"""Values that say nothing."""


def filled(**values: Any) -> dict[str, Any]:
    """The values that are not empty, zero or false."""
    return {name: value for name, value in values.items() if value}
