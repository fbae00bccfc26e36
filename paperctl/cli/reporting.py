"""Where a report goes: stdout, or a file that paperctl wrote."""

from __future__ import annotations

from pathlib import Path

import typer

from paperctl.cli.session import Session
from paperctl.errors import UsageError, did_you_mean
from paperctl.library.output import check_replaceable, write_output


def report_format(format: str | None, output: Path | None, known: tuple[str, ...]) -> str:
    """The format asked for, else that of the file's ending, else the first. Raises UsageError."""
    name = format or (output.suffix.lower().lstrip(".") if output else "") or known[0]
    if name not in known:
        raise UsageError(f"no report in {name!r}{did_you_mean(name, known)}", f"formats: {', '.join(known)}")
    return name


def put(session: Session, text: str, format: str, output: Path | None, *, force: bool = False) -> None:
    """Writes a report to a file, or to stdout."""
    if output is None:
        typer.echo(text, nl=False)
        return
    store = session.store.folder
    check_replaceable(output, format, store, force=force)
    write_output(output, [text.encode("utf-8", "replace")], store, force=force)
    session.say(f"written to {output}")
