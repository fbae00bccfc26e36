"""Which entries of dumps a store holds already, told without looking at the papers they went into."""

from __future__ import annotations

from paperctl.reading.incoming import spot_of
from paperctl.store.lazy import StoredSource

Name = tuple[str, str | bytes]
"""What an entry is known by: its dump's SHA-256 and its spot there, or the dump's name and the facts."""


def names_of(source: StoredSource) -> tuple[Name, Name]:
    """What the entry of a source is known by."""
    spot = spot_of(source.lines, source.key, source.title)
    return (source.sha256, spot), (source.file, source.entry)
