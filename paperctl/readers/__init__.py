"""Readers: one module for each dump format, recognised by content.

A reader is a module in this folder with four names:

    NAME   the word for `--format`
    ABOUT  one line for `load --help` and the docs
    sniff(dump) -> Sniff | None      looks at `dump.head` (text) or `dump.magic` (bytes) only
    read(dump) -> Iterator[Item]     every non-blank line of the dump belongs to exactly one
                                     Entry, Skip or Fault

Modules whose names begin with an underscore are shared parts, not readers. Heavy libraries are
imported inside `read`, because every `load` imports every reader to sniff.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, Protocol, cast

from paperctl.dumps.dump import Dump
from paperctl.record.items import Item


class Sniff(NamedTuple):
    """How sure a reader is that a dump is its own (0 to 1), and the evidence it saw, in words."""

    score: float
    why: str


class Reader(Protocol):
    """What a module in this folder offers."""

    NAME: str
    ABOUT: str

    def sniff(self, dump: Dump, /) -> Sniff | None: ...

    def read(self, dump: Dump, /) -> Iterator[Item]: ...


@cache
def readers() -> dict[str, Reader]:
    """All readers by name, in the order of their names."""
    found: dict[str, Reader] = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            reader = cast(Reader, importlib.import_module(f"{__name__}.{module.name}"))
            found[reader.NAME] = reader
    return dict(sorted(found.items()))
