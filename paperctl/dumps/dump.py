"""Opening dumps: files, folders, stdin and compressed files become `Dump`s that readers read.

Text is decoded line by line: strict UTF-8 first, so that one foreign byte costs one line's
guess and not the file. Decompression is bounded, because dumps are hostile.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar, cast

from paperctl.errors import DumpError

T = TypeVar("T")

HEAD_BYTES = 1 << 16
SPOOL_BYTES = 1 << 25
BLOCK_BYTES = 1 << 18
MAX_BYTES = 8 << 30
MAX_RATIO = 500
"""A compressed dump may grow this many times; real ones grow 3 to 15 times, bombs 1,000."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3", b"\xd0\xcf\x11\xe0")
"""How files begin that are never text, so that no encoding was guessed for their sake."""


class Dump:
    """One file of entries.

    `name` is how the source calls it; `open()` gives its uncompressed bytes from the start, any
    number of times; `encoding` overrides the guess. `one_of_many`: it was found in a folder or an
    archive, not named.
    """

    one_of_many = False

    def __init__(self, name: str, opener: Callable[[], BinaryIO], encoding: str | None = None) -> None:
        self.name = name.encode("utf-8", "replace").decode()  # a file name may be any bytes
        self.open = opener
        self._asked = encoding
        self.warnings: list[str] = []

    @classmethod
    def from_text(cls, text: str, name: str = "text") -> Dump:
        """A dump made of a string; for tests and small callers."""
        return cls.from_bytes(text.encode("utf-8"), name)

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "bytes") -> Dump:
        return cls(name, lambda: io.BytesIO(data))

    @cached_property
    def magic(self) -> bytes:
        """The first 64 KiB as bytes."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    @cached_property
    def head(self) -> str:
        """The first 64 KiB as text, without a last half line."""
        raw = self.magic
        text = raw.decode(self.encoding, "replace")
        if len(raw) == HEAD_BYTES and "\n" in text:
            text = text[: text.rindex("\n") + 1]
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the uncompressed bytes: the same dump is the same, gzipped or not."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        return digest.hexdigest()

    @cached_property
    def encoding(self) -> str:
        """The encoding asked for, else: byte order mark, strict UTF-8, NUL pattern, a guess."""
        if self._asked:
            return self._asked
        raw = self.magic
        for mark, name in BOMS:
            if raw.startswith(mark):
                return name
        if raw[1:400:2].count(0) > len(raw[:400]) // 4:
            return "utf-16-le"
        if raw[0:400:2].count(0) > len(raw[:400]) // 4:
            return "utf-16-be"
        if _mostly_utf8(raw):
            return "utf-8"
        return self._guess(raw)

    def _guess(self, raw: bytes) -> str:
        import charset_normalizer

        best = charset_normalizer.from_bytes(raw).best()
        found = best.encoding if best else "cp1252"
        # Western single-byte pages differ in a handful of signs; cp1252 is what people's files are.
        if found in {"ascii", "latin_1", "cp1250", "cp1257", "iso8859_15", "mac_roman", "cp437", "cp850"}:
            found = "cp1252"
        if not raw.startswith(BINARY):
            self.warnings.append(f"not UTF-8; read as {found} (--encoding NAME reads it otherwise)")
        return found

    def lines(self) -> Iterator[tuple[int, str]]:
        """Numbered lines from 1, without their line ends; flat in memory.

        A line ends at LF, CRLF or a lone CR (old Mac exports), never at U+2028 or U+0085.
        """
        if self.encoding in {"utf-8", "utf-8-sig"}:
            yield from enumerate(self._utf8_lines(), 1)
        else:
            with self.open() as stream:
                text = codecs.getreader(self.encoding)(stream, "replace")
                yield from enumerate(_split(iter(lambda: text.read(1 << 16), "")), 1)

    def _utf8_lines(self) -> Iterator[str]:
        bad = 0
        old_mac = b"\n" not in self.magic and b"\r" in self.magic
        with self.open() as stream:
            raw_lines: Iterator[bytes] = stream
            if old_mac:
                raw_lines = iter(stream.read().replace(b"\r", b"\n").splitlines(keepends=True))
            for n, raw in enumerate(raw_lines):
                if n == 0:
                    raw = raw.removeprefix(codecs.BOM_UTF8)
                try:
                    line = raw.decode("utf-8")
                except UnicodeDecodeError:
                    bad += 1
                    line = raw.decode("cp1252", "replace")
                yield line.rstrip("\r\n") if line.endswith(("\n", "\r")) else line
        self._warn_of(bad)

    def _warn_of(self, bad: int) -> None:
        if bad:
            self.warnings.append(f"{bad} line{'s' * (bad > 1)} not UTF-8, read as Windows-1252")

    def blocks(self) -> Iterator[str]:
        """The text in pieces, lines or parts of lines, with LF line ends: flat in memory even where
        a line is a gigabyte. Line numbers agree with `lines()`."""
        if self.encoding not in {"utf-8", "utf-8-sig"} or (b"\n" not in self.magic and b"\r" in self.magic):
            for _, line in self.lines():
                yield line + "\n"
            return
        rest, bad = b"", 0
        with self.open() as stream:
            for n, piece in enumerate(iter(lambda: stream.readline(BLOCK_BYTES), b"")):
                raw = rest + piece if n else piece.removeprefix(codecs.BOM_UTF8)
                try:
                    text, used = codecs.utf_8_decode(raw, "strict", len(piece) < BLOCK_BYTES)
                except UnicodeDecodeError:
                    bad += 1
                    text, used = raw.decode("cp1252", "replace"), len(raw)
                rest = raw[used:]
                if text.endswith("\r"):  # its LF opens the next piece
                    text, rest = text[:-1], b"\r" + rest
                yield text.rstrip("\r\n") + "\n" if text.endswith("\n") else text
        if rest:
            yield rest.decode("cp1252", "replace")
        self._warn_of(bad)

    def text(self) -> str:
        """The whole dump as text with LF line ends; line numbers agree with `lines()`."""
        return "\n".join(line for _, line in self.lines())


def _split(blocks: Iterator[str]) -> Iterator[str]:
    """Lines of a text that comes in blocks."""
    begun: list[str] = []  # a line may be a gigabyte: its parts are joined once
    held = "\ufeff"
    for block in blocks:
        block = block.removeprefix("\ufeff") if held == "\ufeff" else held + block
        held = "\r" * block.endswith("\r")  # its LF may open the next block
        head, *others = re.split(r"\r\n|\n|\r", block.removesuffix("\r"))
        begun.append(head)
        if others:
            yield "".join(begun)
            yield from others[:-1]
            begun = [others[-1]]
    if (rest := "".join(begun)) or held == "\r":
        yield rest


def _mostly_utf8(raw: bytes) -> bool:
    """Whether at most one line in twenty fails strict UTF-8: the rest is damage, not an encoding."""
    raw = raw[: raw.rfind(b"\n") + 1] or raw
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw)
        return True
    except UnicodeDecodeError:
        pass
    high = [line for line in raw.split(b"\n") if not line.isascii()]
    bad = 0
    for line in high:
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad += 1
    return bad < len(high) and bad * 20 <= max(20, len(high))


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
    """An opener that undoes gzip, bzip2, xz or zstd, told by the first bytes."""
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
                f"{name}: a .zst file needs the zstd extra", "pip install 'paperctl-triage[zstd]'"
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
        where = Path(path)
        if where.is_dir():
            for file in sorted(p for p in where.rglob("*") if p.is_file()):
                relative = file.relative_to(where)
                if not any(part.startswith(".") for part in relative.parts):
                    name = f"{where.resolve().name}/{relative.as_posix()}"
                    yield from map(_one_of_many, _file(file, name, encoding))
        else:
            yield from _file(where, where.name, encoding)
    except DumpError as fault:
        yield fault


def _file(path: Path, name: str, encoding: str | None) -> Iterator[Dump | DumpError]:
    try:
        with path.open("rb") as stream:
            opener = _spooled(stream, name) if path.exists() and not path.is_file() else None
        yield from _one(name, opener or (lambda: path.open("rb")), encoding)
    except FileNotFoundError:
        yield DumpError(f"{path}: no such file", "check the path; `-` reads stdin")
    except OSError as fault:
        yield DumpError(f"{path}: {fault.strerror or fault}", "check that the file is readable")
    except DumpError as fault:
        yield fault


def _one(name: str, opener: Callable[[], BinaryIO], encoding: str | None) -> Iterator[Dump | DumpError]:
    with opener() as stream:
        magic = stream.read(8)
        size = stream.seek(0, io.SEEK_END)
    if magic.startswith(b"PK\x03\x04"):
        with opener() as stream:
            try:
                names = zipfile.ZipFile(stream).namelist()
            except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
                raise DumpError(f"{name}: damaged zip file ({fault})", "unpack it by hand") from fault
        # A workbook is a zip of parts; its reader takes it whole.
        if "[Content_Types].xml" not in names:
            for member in sorted(
                n for n in names if not n.endswith("/") and not Path(n).name.startswith(".")
            ):
                if not member.startswith("__MACOSX/"):
                    yield _one_of_many(Dump(f"{name}/{member}", _member(opener, name, member), encoding))
            return
    yield Dump(name, _unpacker(opener, magic, name, size), encoding)


def _one_of_many(dump: T) -> T:
    if isinstance(dump, Dump):
        dump.one_of_many = True
    return dump


def _member(opener: Callable[[], BinaryIO], name: str, member: str) -> Callable[[], BinaryIO]:
    def open_member() -> BinaryIO:
        try:
            archive = zipfile.ZipFile(opener())
            part = archive.open(member)
        except (zipfile.BadZipFile, OSError, RuntimeError, ValueError) as fault:  # encrypted, or damaged
            raise DumpError(f"{name}/{member}: cannot be unpacked ({fault})", "unpack it by hand") from fault
        return _bounded(part, f"{name}/{member}", archive.getinfo(member).compress_size)

    return open_member


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
