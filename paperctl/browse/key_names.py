"""Keys of Textual under the names that the keys of `screen` have."""

from __future__ import annotations

from textual.events import Key

_NAMES = {
    "enter": "enter",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "tab": "tab",
    "space": "space",
}


def key_of(event: Key) -> str:
    """The name of a key; that of a printable one is its character."""
    return _NAMES.get(event.key) or (event.character if event.is_printable else None) or event.key
