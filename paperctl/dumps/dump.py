"""A dump: one file of entries, as bytes, lines or pieces of text.

Text is decoded line by line: strict UTF-8 first, so that one foreign byte costs one line's
guess and not the file.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import BinaryIO

from paperctl.dumps.encoding import encoding_of

HEAD_BYTES = 1 << 16
BLOCK_BYTES = 1 << 18
STRETCH_BYTES = 1 << 20
_UTF8 = frozenset(("utf-8", "utf-8-sig"))


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
        self.size = 0
        """Its uncompressed bytes, once `sha256` has read them."""
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
                self.size += len(block)
        return digest.hexdigest()

    @cached_property
    def encoding(self) -> str:
        """The encoding asked for, else the one of the first bytes (`encoding_of`)."""
        return self._asked or encoding_of(self.magic, self.warnings.append)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Numbered lines from 1, without their line ends; flat in memory.

        A line ends at LF, CRLF or a lone CR (old Mac exports), never at U+2028 or U+0085.
        """
        if self.encoding in _UTF8:
            yield from enumerate(self._utf8_lines(), 1)
        else:
            with self.open() as stream:
                text = codecs.getreader(self.encoding)(stream, "replace")
                yield from enumerate(_split(iter(lambda: text.read(1 << 16), "")), 1)

    def _utf8_lines(self) -> Iterator[str]:
        bad = 0
        with self.open() as stream:
            raw_lines: Iterator[bytes] = stream
            if self._old_mac:
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
        self.warn_of(bad)

    @property
    def _old_mac(self) -> bool:
        """Whether its lines end at a lone CR."""
        return b"\n" not in self.magic and b"\r" in self.magic

    def stretches(self) -> Iterator[tuple[int, bytes]]:
        """Whole lines, a mebibyte at a time, each time with the number of the first; nothing where lines are
        not what LF ends in UTF-8."""
        if self.encoding not in _UTF8 or self._old_mac:
            return
        first, begun = 1, list[bytes]()
        with self.open() as stream:
            while block := stream.read(STRETCH_BYTES):
                end = block.rfind(b"\n") + 1
                begun.append(block[:end] if end else block)
                if end:
                    yield first, (stretch := b"".join(begun))
                    first += stretch.count(b"\n")
                    begun = [block[end:]]
        if rest := b"".join(begun):
            yield first, rest

    def warn_of(self, bad: int) -> None:
        """Notes how many lines are not UTF-8."""
        if bad:
            self.warnings.append(f"{bad} line{'s' * (bad > 1)} not UTF-8, read as Windows-1252")

    def blocks(self) -> Iterator[str]:
        """The text in pieces, lines or parts of lines, with LF line ends: flat in memory even where
        a line is a gigabyte. Line numbers agree with `lines()`."""
        if self.encoding not in _UTF8 or self._old_mac:
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
        self.warn_of(bad)

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
