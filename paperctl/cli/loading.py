"""What `paperctl load` does: dumps read, and what they hold stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from paperctl.cli.session import Session
from paperctl.library.enrich import NameIndex, enrich
from paperctl.library.finding import freshen
from paperctl.library.load import Open, load
from paperctl.library.preparing import Preparing
from paperctl.library.stored_entries import Changed, Held
from paperctl.parallel.reports import Progress
from paperctl.reading.incoming import Incoming
from paperctl.reading.read import read_dumps
from paperctl.reading.receipt import Receipt
from paperctl.terminal.progress import reporting


class Options(NamedTuple):
    """How dumps are to be read, and what is to be done with their entries. `type` is what they come from."""

    format: str | None
    encoding: str | None
    type: str
    tag: bool
    dedupe: bool
    dry_run: bool
    decisions_only: bool
    fill: bool
    again: bool


def loaded(session: Session, paths: Sequence[str], asked: Options) -> tuple[Receipt, Open]:
    """Reads dumps and writes what they hold; gives the receipt and the pairs of papers left open."""
    with reporting(session.quiet) as progress:
        read = partial(
            read_dumps,
            paths,
            format=asked.format,
            encoding=asked.encoding,
            progress=progress,
            select=NameIndex(session.store.papers()) if asked.fill else None,
            prepare=_preparing(session, asked),
            type=asked.type,
        )
        found = _read_and_store(session, read, asked, stdin="-" in paths, progress=progress)
        freshen(session.store, progress)
    return found


def _preparing(session: Session, asked: Options) -> Preparing | None:
    """What is made of entries that become papers."""
    if asked.fill:
        return None
    tagger = session.tagger if asked.tag and not asked.dry_run and not asked.decisions_only else None
    return Preparing(tagger, session.store.key_pattern, dedupe=asked.dedupe)


def _read_and_store(
    session: Session,
    read: Callable[..., tuple[list[Incoming], Receipt]],
    asked: Options,
    *,
    stdin: bool,
    progress: Progress,
) -> tuple[Receipt, Open]:
    """Reads dumps and writes what they hold; gives the receipt and the pairs of papers left open. What can be
    read twice is not understood again where the store has it."""
    held = None if stdin or asked.fill or asked.decisions_only else Held(session.store)
    incoming, receipt = read(held=held)
    try:
        return receipt, _store(session, incoming, receipt, asked, held, progress)
    except Changed:  # by another process, while we read
        incoming, receipt = read()
        return receipt, _store(session, incoming, receipt, asked, None, progress)


def _store(
    session: Session,
    incoming: Sequence[Incoming],
    receipt: Receipt,
    asked: Options,
    held: Held | None,
    progress: Progress,
) -> Open:
    """Writes the entries as was asked, and counts in the receipt; gives the pairs of papers left open."""
    tagger = session.tagger if asked.tag else None
    if asked.fill:
        names = [file.file for file in receipt.files if file.read]
        enrich(session.store, incoming, tagger=tagger, dry_run=asked.dry_run, files=names)
        for file in receipt.files:
            file.unknown = file.read - file.unchanged
        return Open()
    if receipt.faulty and not receipt.total("read"):
        return Open()
    return load(
        session.store,
        incoming,
        receipt,
        tagger=tagger,
        dedupe=asked.dedupe,
        dry_run=asked.dry_run,
        decisions_only=asked.decisions_only,
        again=asked.again,
        theirs=session.named_reviewer,
        held=held,
        progress=progress,
    )
