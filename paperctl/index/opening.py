"""Opening the index of a store: as it is if it fits the papers, else brought up to date or made anew."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from paperctl.errors import StoreError
from paperctl.index.indexed import Indexed
from paperctl.index.layout import LAYOUT
from paperctl.parallel.reports import Notify, Progress, no_message, no_progress
from paperctl.store import Store, files

NAME = "search.index"
STAMP = "search.index.json"


@contextlib.contextmanager
def opened(
    store: Store,
    report: Progress = no_progress,
    notify: Notify = no_message,
    *,
    make: bool = True,
) -> Iterator[Indexed | None]:
    """The index of the papers as they are now; None if it cannot be had, or would have to be made and `make`
    is false.

    `report` gets the progress of making it, `notify` what was wrong with an old one.
    """
    with contextlib.ExitStack() as stack:
        yield _index(store, report, notify, stack, make=make)


def freshen(store: Store, report: Progress = no_progress) -> None:
    """Brings the index of a store up to date, if there is one: the next search then need not wait."""
    if (store.folder / NAME).exists():
        with opened(store, report):
            pass


def _index(
    store: Store, report: Progress, notify: Notify, stack: contextlib.ExitStack, *, make: bool
) -> Indexed | None:
    try:
        stream = stack.enter_context(store.papers_file.open("rb", buffering=files.BLOCK))
        if _stamp(store, stream) == _read_stamp(store):
            try:
                return _connected(store, stream, stack)
            except sqlite3.DatabaseError as fault:
                forget(store)
                notify(f"the index is not used: {fault}")
        if not make:
            return None
        _make(store, stream, report, notify)
        return _connected(store, stream, stack)
    except (OSError, sqlite3.Error, MemoryError) as fault:
        notify(f"no index: {fault}; the papers are looked through one by one")
        return None


def forget(store: Store) -> None:
    """Has the index of a store made anew where it is next needed: it was found to be damaged."""
    with contextlib.suppress(OSError):
        (store.folder / STAMP).unlink(missing_ok=True)


def _connected(store: Store, stream: BinaryIO, stack: contextlib.ExitStack) -> Indexed:
    address = f"{(store.folder / NAME).absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True)
    stack.callback(connection.close)
    # Without a buffer, which reads a whole block for each line: the lines that are read lie far apart.
    lines = stack.enter_context(os.fdopen(os.dup(stream.fileno()), "rb", buffering=0))
    return Indexed(store, connection, lines)


def _make(store: Store, stream: BinaryIO, report: Progress, notify: Notify) -> None:
    from paperctl.index.build import Wasted

    target = store.folder / NAME
    temporary = target.with_name(f"{NAME}.json{files.TEMPORARY}{os.getpid()}")  # swept with the others
    try:
        for old in (target, None):
            temporary.unlink(missing_ok=True)
            if old is not None:
                if _state(old) != _read_stamp(store).get("index") or not _same_layout(store):
                    if old.exists():
                        notify("the index is made anew: it is not as it was made")
                    continue
                shutil.copyfile(old, temporary)
            try:
                _write(temporary, store, stream, report, new=old is None)
                break
            except (sqlite3.DatabaseError, Wasted) as fault:
                if old is None:
                    raise
                notify(f"the index is made anew: {fault or 'too much of it is of papers gone'}")
        files.put_in_place(temporary, target)
        stamp = msgspec.json.encode(_stamp(store, stream))
        files.write_whole(store.folder / STAMP, [stamp])
    except StoreError as fault:
        raise OSError(fault.message) from fault
    finally:
        temporary.unlink(missing_ok=True)


def _write(path: Path, store: Store, stream: BinaryIO, report: Progress, *, new: bool) -> None:
    from paperctl.index.build import create, fill

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # No other process sees the file before it is whole.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("BEGIN")
        if new:
            create(connection)
        label = "indexing the papers" if new else "bringing the index up to date"
        quiet = Store(store.folder)
        fill(connection, stream, lambda line: quiet.record(line, 0), lambda share: report(label, share))
        connection.execute("COMMIT")
    finally:
        connection.close()


def _stamp(store: Store, stream: BinaryIO) -> dict[str, object]:
    """Names the papers and the file made of them: an index fits if nothing was written to either since."""
    return {
        **_layout(),
        "papers": _state(stream.fileno()),
        "index": _state(store.folder / NAME),
    }


def _layout() -> dict[str, object]:
    return {"layout": LAYOUT, "unicode": unicodedata.unidata_version}


def _same_layout(store: Store) -> bool:
    return _layout().items() <= _read_stamp(store).items()


def _state(file: Path | int) -> list[int] | None:
    """The state of a file as JSON gives it back."""
    found = files.state(file)
    return list(found) if found else None


def _read_stamp(store: Store) -> dict[str, object]:
    try:
        found = msgspec.json.decode((store.folder / STAMP).read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}
    return found if isinstance(found, dict) else {}
