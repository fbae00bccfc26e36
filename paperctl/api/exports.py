"""Exports for the Python API."""

from __future__ import annotations

from collections.abc import Iterable

from paperctl.api.records import Rows, records
from paperctl.errors import UsageError, did_you_mean
from paperctl.exports import Request, cites, names
from paperctl.exports import export as module
from paperctl.record.citekeys import with_keys


def export(
    papers: Rows, format: str = "markdown", *, fields: Iterable[str] | None = None, title: str | None = None
) -> str:
    """The papers as text in a format of `paperctl export`. `fields` are the columns of tabular formats,
    `title` heads a document. Raises UsageError for an unknown format or field, and for a format that is
    no text or writes a folder of files."""
    if format not in names():
        raise UsageError(
            f"no output format called {format!r}{did_you_mean(format, names())}",
            ", ".join(names()),
            code="no-such-format",
        )
    found = module(format)
    if hasattr(found, "files"):
        raise UsageError(
            f"{format} writes a folder of files", f"`paperctl export -f {format} -o FOLDER` writes it"
        )
    if hasattr(found, "pack"):
        raise UsageError(f"{format} is no text", f"paperctl export -f {format} -o FILE writes it")
    request = Request(fields=tuple(fields) if fields else None, title=title)
    made = records(papers)
    return "".join(found.render(with_keys(made) if cites(found) else made, request))
