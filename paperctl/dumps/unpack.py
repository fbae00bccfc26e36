"""Opening dumps: files, folders, stdin and compressed files become `Dump`s that readers read.

Decompression is bounded, because dumps are hostile.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar, cast

from paperctl.dumps.dump import Dump
from paperctl.dumps.missing import no_such_file
from paperctl.errors import DumpError
from paperctl.store.files import LOCK
from paperctl.store.history import FOLDER as HISTORY

T = TypeVar("T")
SPOOL_BYTES = 1 << 25
MAX_BYTES = 8 << 30
MAX_RATIO = 500
"""A compressed dump may grow this many times; real ones grow 3 to 15 times, bombs 1,000."""


class Readable(Protocol):
    """A stream of uncompressed bytes."""

    def read(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class _Bounded(io.RawIOBase):
    """A decompressed stream that stops with a DumpError when it has grown out of all proportion."""

    def __init__(self, stream: Readable, name: str, packed: int) -> None:
        self._stream, self._name = stream, name
        self._left = min(MAX_BYTES, max(packed * MAX_RATIO, 1 << 24))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = cast(memoryview, memoryview(buffer))  # type: ignore[arg-type]
        try:
            block = self._stream.read(len(view))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as fault:
            raise DumpError(
                f"{self._name}: damaged compressed file ({fault})",
                "decompress it by hand, or download it again",
            ) from fault
        self._left -= len(block)
        if self._left < 0:
            raise DumpError(
                f"{self._name}: unpacks to more than {MAX_RATIO} times its size, which no real dump does",
                "unpack it by hand if you trust it, and load the result",
            )
        view[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _bounded(stream: Readable, name: str, packed: int) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Bounded(stream, name, packed), 1 << 17))


def _unpacker(
    path_or_bytes: Callable[[], BinaryIO], magic: bytes, name: str, size: int
) -> Callable[[], BinaryIO]:
    """An opener that undoes gzip, bzip2, xz or zstd, recognised by the first bytes."""
    if magic.startswith(b"\x1f\x8b"):
        import gzip

        return lambda: _bounded(gzip.open(path_or_bytes()), name, size)
    if magic.startswith(b"BZh"):
        import bz2

        return lambda: _bounded(bz2.open(path_or_bytes()), name, size)
    if magic.startswith(b"\xfd7zXZ\x00"):
        import lzma

        return lambda: _bounded(lzma.open(path_or_bytes()), name, size)
    if magic.startswith(b"\x28\xb5\x2f\xfd"):
        try:
            import zstandard
        except ImportError:
            raise DumpError(
                f"{name}: a .zst file needs the zstd extra",
                "pip install 'paperctl-triage[zstd]'",
                code="missing-extra",
            ) from None
        return lambda: _bounded(zstandard.ZstdDecompressor().stream_reader(path_or_bytes()), name, size)
    return path_or_bytes


def open_dumps(path: str, encoding: str | None = None) -> Iterator[Dump | DumpError]:
    """The dumps behind a path: a file, a folder's files (sorted, hidden ones left out), `-` for
    stdin, the members of a .zip. What cannot be opened is yielded as an error, so that the rest
    is still read."""
    try:
        if path == "-":
            yield from _one("stdin", _spooled(sys.stdin.buffer, "stdin"), encoding)
            return
        if not path:
            raise DumpError("an empty path: no such file", "check the path; `.` is this folder")
        where = Path(path)
        if where.is_dir():
            for file in _files_of(where):
                relative = file.relative_to(where)
                if not any(part.startswith(".") for part in relative.parts):
                    name = f"{where.resolve().name}/{relative.as_posix()}"
                    yield from map(_one_of_many, _file(file, name, encoding))
        else:
            yield from _file(where, where.name, encoding)
    except DumpError as fault:
        yield fault


def _files_of(folder: Path) -> Iterator[Path]:
    """The files of a folder, sorted. Of a store only its papers are one; stores below it are left alone."""
    if _is_store(folder):
        yield folder / "papers.jsonl"
        return
    stores = {papers.parent for papers in folder.rglob("papers.jsonl") if _is_store(papers.parent)}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if stores.isdisjoint(file.parents):
            yield file


def _is_store(folder: Path) -> bool:
    written = (folder / LOCK).exists() or (folder / HISTORY).is_dir()
    return written and (folder / "papers.jsonl").is_file()


def _file(path: Path, name: str, encoding: str | None) -> Iterator[Dump | DumpError]:
    try:
        with path.open("rb") as stream:
            opener = _spooled(stream, name) if path.exists() and not path.is_file() else None
        yield from _one(name, opener or (lambda: path.open("rb")), encoding)
    except FileNotFoundError:
        yield DumpError(f"{path}: {no_such_file(path)}")
    except OSError as fault:
        yield DumpError(f"{path}: {fault.strerror or fault}", "check that the file is readable")
    except DumpError as fault:
        yield fault


def _one(name: str, opener: Callable[[], BinaryIO], encoding: str | None) -> Iterator[Dump | DumpError]:
    with opener() as stream:
        magic = stream.read(8)
        size = stream.seek(0, io.SEEK_END)
    if magic.startswith(b"PK\x03\x04"):
        archive = _Archive(opener, name)
        # A workbook is a zip of parts; its reader takes it whole.
        if "[Content_Types].xml" not in archive.names:
            for member in archive.dumps():
                yield _one_of_many(Dump(f"{name}/{member}", archive.opener(member), encoding))
            return
    yield Dump(name, _unpacker(opener, magic, name, size), encoding)


def _one_of_many(dump: T) -> T:
    if isinstance(dump, Dump):
        dump.one_of_many = True
    return dump


class _Archive:
    """A zip file, opened once: its directory is as long as its members are many, and each is read often."""

    def __init__(self, opener: Callable[[], BinaryIO], name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(opener())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
            raise DumpError(f"{name}: damaged zip file ({fault})", "unpack it by hand") from fault
        self.names = self._zip.namelist()

    def dumps(self) -> list[str]:
        """The members that may be dumps, sorted: no folders, no hidden files, nothing that macOS adds."""
        return sorted(
            name
            for name in self.names
            if not name.endswith("/")
            and not Path(name).name.startswith(".")
            and not name.startswith("__MACOSX/")
        )

    def opener(self, member: str) -> Callable[[], BinaryIO]:
        """What opens a member."""
        return lambda: self._open(member)

    def _open(self, member: str) -> BinaryIO:
        name = f"{self._name}/{member}"
        try:
            part = self._zip.open(member)
        except (zipfile.BadZipFile, OSError, RuntimeError, ValueError) as fault:  # encrypted, or damaged
            raise DumpError(f"{name}: cannot be unpacked ({fault})", "unpack it by hand") from fault
        return _bounded(part, name, self._zip.getinfo(member).compress_size)


def _spooled(stream: BinaryIO, name: str) -> Callable[[], BinaryIO]:
    """A pipe can be read once and dumps are read twice: small ones stay in memory, large ones on disk."""
    spool = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    shutil.copyfileobj(stream, spool)
    if not spool.tell():
        raise DumpError(f"{name}: nothing to read", "pipe a dump into it")

    class Rewound(io.RawIOBase):
        """A view on the spool that can be closed without closing it."""

        def __init__(self) -> None:
            self._at = 0

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
            base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at}.get(whence)
            self._at = spool.seek(0, io.SEEK_END) + offset if base is None else base + offset
            return self._at

        def readinto(self, buffer: object) -> int:
            view = cast(memoryview, memoryview(buffer))  # type: ignore[arg-type]
            spool.seek(self._at)
            block = spool.read(len(view))
            self._at += len(block)
            view[: len(block)] = block
            return len(block)

    return lambda: cast(BinaryIO, io.BufferedReader(Rewound()))
