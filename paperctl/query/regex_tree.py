"""The tree that Python's `re` builds of a pattern: private to the standard library, used only here."""

from __future__ import annotations

import re
from typing import Any


def regex_tree(pattern: str) -> Any:
    """The parsed pattern, case ignored: a sequence of (opcode, argument). Raises `re.error`."""
    from re import _parser  # type: ignore[attr-defined]

    return _parser.parse(pattern, re.IGNORECASE)
