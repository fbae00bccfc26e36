"""Writing an export to a file: only over what paperctl wrote, and the whole of it or nothing.

What is no regular file (a pipe, a device) is written as a stream and never read. Of each file that it writes,
paperctl keeps the path and the checksum in the store's folder `exports/`: it knows its own file while that is
unchanged. A lost record costs one `--force`.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shlex
from collections.abc import Iterable
from pathlib import Path

from paperctl.errors import PaperctlError, StoreError, UsageError
from paperctl.store.files import TEMPORARY, Stamp, make_folder, stamp, write_whole

RECORDS = "exports"
_MARKS = {"markdown": "<!-- paperctl", "html": '<meta name="generator" content="paperctl">'}
"""What marks a file of ours in formats that say so themselves. A Markdown list is read before it is written
again, so what a reader changed in it stays."""


def is_stream(output: Path) -> bool:
    """Whether the path names a pipe, a device or an open descriptor rather than a file."""
    # An open descriptor is a stream though `> FILE` made it a regular file.
    descriptor = str(output).startswith(("/dev/std", "/dev/fd/", "/proc/"))
    return descriptor or (output.exists() and not _is_file_or_folder(output))


def check_replaceable(output: Path, format: str, store: Path, *, force: bool) -> None:
    """Raises UsageError where writing `output` would replace what paperctl did not write."""
    if force or is_stream(output):
        return
    if output.is_symlink():
        raise UsageError(f"{output} is a link to {output.readlink()}", "--force writes where it leads")
    if not output.is_file() or output.stat().st_size == 0:
        return
    held = output.read_bytes()
    if kind := next((kind for kind, mark in _MARKS.items() if mark.encode() in held), None):
        if format.startswith(kind):
            return
        raise UsageError(
            f"{output} is a list in {kind} that may hold notes of yours", "--force overwrites it"
        )
    known = _record_of(output, store)
    if not known.is_file():
        raise UsageError(f"{output} was not written by paperctl", "--force overwrites it")
    if known.read_text("utf-8").split("\n")[0] != _line(stamp(output)):
        raise UsageError(f"{output} was changed since paperctl wrote it", "--force overwrites it")


def write_output(output: Path, pieces: Iterable[bytes], store: Path, *, force: bool = False) -> None:
    """Writes bytes to a file or stream. Raises PaperctlError where the disk or pipe refuses."""
    try:
        if is_stream(output):
            with output.open("wb") as stream:
                stream.writelines(pieces)
        else:
            _replace(Path(os.path.realpath(output)) if force else output, pieces, store)
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise _cannot_write(output, fault) from fault
    except StoreError as fault:
        if isinstance(fault.__cause__, OSError):
            raise _cannot_write(output, fault.__cause__) from fault
        raise


def _replace(target: Path, pieces: Iterable[bytes], store: Path) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    # What an export left that was killed.
    for stale in target.parent.glob(f"{glob.escape(target.name)}{TEMPORARY}*"):
        if not _is_running(stale.name.rpartition("-")[2]):
            stale.unlink(missing_ok=True)
    written = write_whole(target, pieces, mode)
    if store.is_dir():
        _remember(target, written, store)


def _remember(target: Path, written: Stamp, store: Path) -> None:
    """Notes what was written; where that fails the export stands all the same."""
    try:
        record = _record_of(target, store)
        make_folder(record.parent)
        write_whole(record, [f"{_line(written)}\n{target.resolve()}\n".encode()])
    except (OSError, PaperctlError, UnicodeEncodeError):
        pass


def _record_of(output: Path, store: Path) -> Path:
    path = os.fsencode(output.resolve())
    return store / RECORDS / hashlib.sha256(path).hexdigest()[:24]


def _line(written: Stamp) -> str:
    return f"{written.size} {written.crc}"


def _is_file_or_folder(path: Path) -> bool:
    return path.is_file() or path.is_dir()


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(output: Path, fault: OSError) -> PaperctlError:
    folder = output.parent
    hint = None if folder.exists() else f"make the folder first: mkdir -p {shlex.quote(str(folder))}"
    if output.is_dir():
        hint = f"it is a folder; name a file in it: {output / 'papers.md'}"
    return PaperctlError(f"cannot write {output}: {fault.strerror or fault}", hint)
