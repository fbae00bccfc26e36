"""What `config` prints."""

from __future__ import annotations

from typing import Any, TypedDict

Setting = TypedDict("Setting", {"value": Any, "from": str})
"""A setting in force, and where it came from."""
Settings = dict[str, Setting]


class Mistake(TypedDict):
    """A mistake in a config file."""

    file: str
    line: int | None
    message: str
    hint: str | None
