"""Exports: one module for each format that papers leave in.

An export is a module in this folder with four names:

    NAME     the word for `--format`
    ABOUT    one line for `export --help`
    SUFFIX   the ending of a file in that format
    render(records, request) -> Iterator[str]     the text, in pieces, so that large exports stream

Modules whose names begin with an underscore are shared parts, not exports.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, cast

from paperctl.record import Record


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked of an export.

    `fields` are the columns of tabular formats; `title` heads a document; `existing` is the text
    of the file about to be replaced, for formats that keep what a reader wrote into it;
    `topic_names` gives the display name of each topic; `template` is a user's own template text.
    """

    fields: tuple[str, ...] | None = None
    title: str | None = None
    query: str = ""
    existing: str | None = None
    topic_names: Mapping[str, str] = field(default_factory=dict)
    template: str | None = None


class Export(Protocol):
    """What a module in this folder offers."""

    NAME: str
    ABOUT: str
    SUFFIX: str

    def render(self, records: Iterable[Record], request: Request, /) -> Iterator[str]: ...


def names() -> list[str]:
    """The words that `--format` takes, read off the folder without importing a module."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name.replace("_", "-") for name in found if not name.startswith("_"))


def export(name: str) -> Export:
    """The export called `name`; its module is named alike, with `_` for `-`."""
    return cast(Export, importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))
