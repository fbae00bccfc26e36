"""The record of a paper: a plain dict in the documented JSON shape, so that fields that this version
does not know pass through unchanged."""

from __future__ import annotations

from typing import Any

from paperctl.record.fields import FACTS

SCHEMA = 1
"""Version of the record's shape, written in every stored line."""

Record = dict[str, Any]

__all__ = ["FACTS", "SCHEMA", "Record"]
