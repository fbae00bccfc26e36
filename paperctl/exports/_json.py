"""JSON that is safe to print: what a terminal would obey is written as an escape."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from paperctl.exports._columns import selected
from paperctl.record import Record
from paperctl.text.sanitise import UNWANTED

_BETWEEN_LINES = re.compile(f"(?!\n){UNWANTED.pattern}")
"""Line ends stand between the lines of JSON only: in its texts they are escapes already."""
_encode = msgspec.json.Encoder().encode


def line(record: Record, fields: Iterable[str] | None = None) -> str:
    """A record, or the fields of it, as JSON on one line; reads back as the same values."""
    return text_of(selected(record, fields))


def text_of(value: object) -> str:
    """Any value as JSON on one line, safe to print."""
    encoded = _encode(value)
    text = encoded.decode()
    return text if encoded.isascii() and b"\x7f" not in encoded else escaped(text)


def escaped(text: str) -> str:
    """JSON with escapes for what no screen should get; reads back as the same value."""
    return _BETWEEN_LINES.sub(_as_escape, text)


def _as_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
