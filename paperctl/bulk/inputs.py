"""What there is to read: the files behind the paths of a command line, cut into slices to share out."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from paperctl.errors import UsageError
from paperctl.readers.parquet import MAGIC

SLICE = 1 << 26
"""Bytes of plain JSON Lines in a slice; of a packed file or one of Parquet the whole is one."""
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_GROWS = 4
"""How many times a packed file is larger than it looks, about."""


class Slice(NamedTuple):
    """A part of a file: from which byte to which (None: all of it), and how many lines stand before.

    `file` is how the file was named, `path` where it is: workers of Spark have working folders of their own.
    """

    number: int
    file: str
    path: str
    start: int
    stop: int | None
    lines_before: int

    @property
    def name(self) -> str:
        """The file as a text that tables and messages can hold: its name may be any bytes."""
        return self.file.encode("utf-8", "replace").decode()


def files_of(paths: Iterable[str]) -> list[Path]:
    """The files that paths, folders and patterns name, in one order whatever order they were named in. Raises
    UsageError for what is not there."""
    found: set[Path] = set()
    for path in paths:
        where = Path(path)
        some = [where] if where.exists() else [Path(name) for name in glob.glob(path, recursive=True)]  # noqa: PTH207
        if not some:
            raise UsageError(f"{path}: no such file", "name JSON Lines or Parquet, a folder, or a 'pattern*'")
        for one in some:
            found.update(_within(one) if one.is_dir() else [one])
    if not found:
        raise UsageError("no file in what was named", "name JSON Lines or Parquet")
    return sorted(found)


def _within(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        # Files that Spark and others write next to their parts begin so.
        hidden = any(part.startswith((".", "_")) for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden:
            yield file


def size_of(files: Iterable[Path]) -> int:
    """About how many bytes there are to read, unpacked."""
    total = 0
    for file in files:
        with file.open("rb") as stream:
            packed = stream.read(8).startswith((*_PACKED, MAGIC))
        total += file.stat().st_size * (_GROWS if packed else 1)
    return total


def slices_of(files: Iterable[Path]) -> list[Slice]:
    """The slices of files, numbered in their order."""
    found: list[Slice] = []
    for file in files:
        for start, stop, before in _parts(file):
            found.append(Slice(len(found), str(file), str(file.absolute()), start, stop, before))
    return found


def _parts(file: Path) -> Iterator[tuple[int, int | None, int]]:
    with file.open("rb") as stream:
        magic = stream.read(8)
        size = stream.seek(0, 2)
        if magic.startswith((*_PACKED, MAGIC)) or size <= SLICE:
            yield 0, None, 0
            return
        start = before = 0
        while start < size:
            stream.seek(start)
            lines = 0
            left = SLICE
            while left > 0 and (block := stream.read(min(left, 1 << 20))):
                lines += block.count(b"\n")
                left -= len(block)
            rest = stream.readline()
            lines += rest.endswith(b"\n")
            yield start, stream.tell(), before
            start, before = stream.tell(), before + lines


def fingerprint(files: Iterable[Path]) -> str:
    """Names these files as they are now: what was made of them is no good for others."""
    digest = hashlib.sha256()
    for file in files:
        stat = file.stat()
        digest.update(f"{file.resolve()}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode("utf-8", "replace"))
    return digest.hexdigest()[:16]
