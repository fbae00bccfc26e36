"""Exports: one module for each format that papers leave in.

An export is a module in this folder with four names:

    NAME     the word for `--format`
    ABOUT    one line for `export --help`
    SUFFIX   the ending of a file that asks for this format; "" where none does
    render(records, request) -> Iterator[str]     the text, in pieces, so that large exports stream

An export with sections that `--group-by` chooses has `GROUPED = True`. One that names papers by their cite
keys has `CITES = True`: all its papers come with one.

An export that makes a folder has one name more:

    files(records, request) -> Iterator[tuple[str, str]]   safe file names (no folders) and texts

An export that is no text has, in place of `render`:

    pack(records, request) -> Iterator[bytes]     the file, in pieces

Modules whose names begin with an underscore are shared parts, not exports.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from importlib.util import find_spec
from typing import Protocol, cast

from msgspec import Struct, field

from paperctl.record import Record

GROUPS = ("section", "topic", "year", "venue", "source", "decision")
"""What the papers of a reading list can be grouped by."""


class Flow(Struct, frozen=True):
    """How sources are called in a review's flow, those that do not count, and what an updated review had
    included before: studies, reports."""

    names: Mapping[str, str] = {}
    left_out: Collection[str] = ()
    previous: Mapping[str, int] = {}


class Request(Struct, frozen=True):
    """What the user asked of an export.

    `fields` are the columns of tabular formats; `title` heads a document; `existing` is the text
    of the file about to be replaced, for formats that keep what a reader wrote into it;
    `earlier` does the same for a folder: a file's name to the text it has now, or None;
    `topic_names` gives the display name of each topic; `template` is the text of a user's own template,
    `template_name` the name of its file, whose ending says what it makes; `group_by` is what formats with
    `GROUPED` make their sections of, by topic if it is None; `flow` is what a review says of its sources.
    """

    fields: tuple[str, ...] | None = None
    title: str | None = None
    query: str = ""
    existing: str | None = None
    topic_names: Mapping[str, str] = {}
    template: str | None = None
    template_name: str = ""
    earlier: Callable[[str], str | None] | None = None
    group_by: str | None = None
    flow: Flow = field(default_factory=Flow)


class Export(Protocol):
    """What a module in this folder offers."""

    NAME: str
    ABOUT: str
    SUFFIX: str

    def pack(self, records: Iterable[Record], request: Request, /) -> Iterator[bytes]: ...

    def render(self, records: Iterable[Record], request: Request, /) -> Iterator[str]: ...


def packed(name: str, records: Iterable[Record], request: Request) -> Iterator[bytes]:
    """What an export writes to a file, in pieces of bytes, whether it is text or not."""
    module = export(name)
    if hasattr(module, "pack"):
        yield from module.pack(records, request)
    else:
        for piece in module.render(records, request):
            yield piece.encode("utf-8", "replace")


def cites(module: object) -> bool:
    """Whether an export names papers by their cite keys."""
    return bool(getattr(module, "CITES", False))


def names() -> list[str]:
    """The words that `--format` takes, read off the folder without importing a module."""
    import pkgutil

    found = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name.replace("_", "-") for name in found if not name.startswith("_"))


def exists(name: str) -> bool:
    """Whether there is an export called `name`."""
    plain = name.replace("-", "").isalnum() and name.isascii()
    return plain and find_spec(f"{__name__}.{name.replace('-', '_')}") is not None


def export(name: str) -> Export:
    """The export called `name`; its module is named alike, with `_` for `-`."""
    return cast(Export, importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))
