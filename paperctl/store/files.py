"""Files that survive anything: an exclusive lock, whole-file replacement and durable appending.

Every change to a store goes through these functions and nothing else. The order of the system
calls is what makes a stop at any of them leave the old file or the new one:

- replace: temporary file in the same folder (O_EXCL, 0600), write, fsync, rename, fsync of the folder;
- append: one write of whole lines, fsync; a torn last line gives way to the next one.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from paperctl.errors import StoreError
from paperctl.store.last_line import whole_lines

LOCK = ".lock"
TEMPORARY = ".tmp-"
BLOCK = 1 << 20


Piece = bytes | memoryview


class Stamp(NamedTuple):
    """Names the content of a file: size in bytes and CRC-32; equal stamps, equal content."""

    size: int
    crc: int


State = tuple[int, int, int]


def state(file: Path | int) -> State | None:
    """Size, time of the last write (nanoseconds) and inode of a file or an open descriptor: what changes when
    it is written or replaced. None if it is not there or may not be looked at."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def make_folder(folder: Path) -> None:
    """The folder, made private (0700) if it is new."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise failure(folder, fault) from fault


@contextlib.contextmanager
def locked(folder: Path, waiting: Callable[[], None] | None = None, patience: float = 30.0) -> Iterator[None]:
    """The only writer in `folder`; waits for another one, calling `waiting` once after a second. Raises
    StoreError, which names the other one, after `patience` seconds.

    The lock is on a file of its own that is never deleted: locking the data file itself would lock
    a file that the next rename takes away. The kernel frees it when a process dies.
    """
    make_folder(folder)
    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise failure(folder, fault) from fault
    try:
        began = time.monotonic()
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as fault:
                if fault.errno != errno.EAGAIN:
                    raise _cannot_lock(folder, fault) from fault
            waited = time.monotonic() - began
            if waited > patience:
                raise StoreError(
                    f"{folder} is being written by {_holder(lock)}; gave up after {patience:g} s",
                    "try again later, or wait longer with --wait SECONDS",
                    code="store-busy",
                )
            if waiting and waited > 1:
                waiting()
                waiting = None
            time.sleep(0.02)
        _sign(lock)
        yield
    finally:
        os.close(lock)


def _sign(lock: int) -> None:
    """Writes into the lock file who holds it, for those who wait."""
    with contextlib.suppress(OSError):
        os.ftruncate(lock, 0)
        os.pwrite(
            lock, f"process {os.getpid()} ({' '.join(sys.argv[1:3])[:60]})".encode("utf-8", "replace"), 0
        )


def _holder(lock: int) -> str:
    with contextlib.suppress(OSError):
        if name := os.pread(lock, 200, 0).decode("utf-8", "replace"):
            return name
    return "another paperctl"


def _cannot_lock(folder: Path, fault: OSError) -> StoreError:
    return StoreError(
        f"cannot lock {folder}: {fault.strerror or fault}",
        "network file systems often have no locks; --store DIR names a folder on a local disk",
    )


def sweep(folder: Path) -> None:
    """Removes what a killed writer left half-written. Call it under the lock."""
    for kind in ("*.json*", "*.keys"):
        for stale in folder.glob(f"{kind}{TEMPORARY}*"):
            with contextlib.suppress(OSError):
                stale.unlink()


def write_temporary(path: Path, pieces: Iterable[Piece], *, sync: bool = True) -> tuple[Path, Stamp]:
    """Writes a complete temporary file in the folder of `path`, synced unless `sync` is false; gives its path
    and stamp."""
    temporary = path.with_name(f"{path.name}{TEMPORARY}{os.getpid()}")
    try:
        temporary.unlink(missing_ok=True)  # of a killed process that had this one's number
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise failure(path.parent, fault) from fault
    try:
        size = crc = 0
        pending = bytearray()
        for piece in pieces:
            pending += piece
            if len(pending) >= BLOCK:
                size, crc = size + len(pending), zlib.crc32(pending, crc)
                _write_all(handle, pending)
                pending = bytearray()
        size, crc = size + len(pending), zlib.crc32(pending, crc)
        _write_all(handle, pending)
        if sync:
            os.fsync(handle)
    except BaseException as fault:
        os.close(handle)
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(fault, OSError):
            raise failure(path, fault) from fault
        raise
    os.close(handle)
    return temporary, Stamp(size, crc)


def put_in_place(temporary: Path, path: Path, *, sync: bool = True) -> None:
    """Renames a temporary file over `path` and syncs the folder: the moment of commitment."""
    try:
        os.replace(temporary, path)
        if sync:
            _sync_folder(path.parent)
    except OSError as fault:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise failure(path, fault) from fault


def write_whole(path: Path, pieces: Iterable[Piece], mode: int | None = None, *, sync: bool = True) -> Stamp:
    """Replaces a file, or makes it, so that readers see the old one or the new one; gives the new stamp. The
    file is private unless `mode` says otherwise. A derived file that is checked when it is read needs no
    `sync`, which waits for the disk."""
    temporary, written = write_temporary(path, pieces, sync=sync)
    if mode is not None:
        temporary.chmod(mode)
    put_in_place(temporary, path, sync=sync)
    return written


def append(path: Path, line: bytes) -> None:
    """Appends one line (without its line end) durably: it is on the disk when this returns.

    Call it under the lock. What a killed writer left of a last line is cut off first; a last line that
    is whole but lacks its line end (an editor's doing) gets it.
    """
    new = not path.exists()
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise failure(path, fault) from fault
    try:
        end = os.lseek(handle, 0, os.SEEK_END)
        whole, missing = whole_lines(handle, end)
        try:
            if whole != end:
                os.ftruncate(handle, whole)
            os.lseek(handle, 0, os.SEEK_END)
            _write_all(handle, missing + line + b"\n")
            os.fsync(handle)
        except BaseException as fault:
            with contextlib.suppress(OSError):
                os.ftruncate(handle, whole)
            if isinstance(fault, OSError):
                raise failure(path, fault) from fault
            raise
    finally:
        os.close(handle)
    if new:
        try:
            _sync_folder(path.parent)
        except OSError as fault:  # a file that holds this line alone
            with contextlib.suppress(OSError):
                path.unlink()
            raise failure(path, fault) from fault


def torn_end(path: Path) -> bytes:
    """What stands behind the last whole line: the next `append` cuts it off. Empty for a missing file."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return b""
    except OSError as fault:
        raise failure(path, fault) from fault
    try:
        end = os.lseek(handle, 0, os.SEEK_END)
        whole = whole_lines(handle, end)[0]
        return os.pread(handle, end - whole, whole)
    finally:
        os.close(handle)


def stamp(path: Path) -> Stamp:
    """The stamp of a file's content; of a missing file, that of an empty one."""
    size = crc = 0
    with contextlib.suppress(FileNotFoundError), path.open("rb", buffering=0) as stream:
        while block := stream.read(BLOCK):
            size, crc = size + len(block), zlib.crc32(block, crc)
    return Stamp(size, crc)


def has_stamp(path: Path, stamped: Stamp) -> bool:
    """Whether a file has this content; it is read only where it is as long."""
    return (state(path) or (0,))[0] == stamped.size and stamp(path) == stamped


def failure(path: Path, fault: OSError) -> StoreError:
    """The error of the disk, in one line."""
    hints = {
        errno.ENOSPC: "free some space and try again; the store is as it was",
        errno.EDQUOT: "free some space and try again; the store is as it was",
        errno.EROFS: "the file system is read-only; --store DIR names another folder",
        errno.EACCES: "check who owns the folder, or name another one with --store DIR",
        errno.EPERM: "check who owns the folder, or name another one with --store DIR",
    }
    where = path if fault.filename is None else fault.filename
    message = f"cannot write {where}: {fault.strerror or fault}"
    return StoreError(message, hints.get(fault.errno or 0), code="system")


def _write_all(handle: int, data: bytes | bytearray) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
