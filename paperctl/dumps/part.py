"""A stretch of a dump's lines as a dump of its own, whose lines keep their numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from paperctl.dumps.dump import HEAD_BYTES, Dump


class Part(Dump):
    """The lines `first` to `last` of a dump; None as `last` stands for its end."""

    def __init__(self, whole: Dump, first: int, last: int | None) -> None:
        super().__init__(whole.name, lambda: io.BytesIO(self._bytes), "utf-8")
        self._whole, self._first, self._last = whole, first, last

    def lines(self) -> Iterator[tuple[int, str]]:
        return islice(self._whole.lines(), self._first - 1, self._last)

    @property
    def _bytes(self) -> bytes:
        return "\n".join(line for _, line in self.lines()).encode("utf-8", "replace")

    @cached_property
    def sha256(self) -> str:
        """The whole file's: an entry's source is the file it is in."""
        return self._whole.sha256

    @cached_property
    def head(self) -> str:
        kept: list[str] = []
        size = 0
        for _, line in self.lines():
            kept.append(line)
            size += len(line) + 1
            if size > HEAD_BYTES:
                break
        return "\n".join(kept)


class Stretch(Dump):
    """Whole lines of a dump in UTF-8 as a dump of their own, for another process to read: the lines keep
    their numbers, and how many are `bad` is left to the whole dump to say."""

    def __init__(self, name: str, first: int, data: bytes) -> None:
        super().__init__(name, lambda: io.BytesIO(data), "utf-8")
        self._before = first - 1
        self.bad = 0

    def lines(self) -> Iterator[tuple[int, str]]:
        return ((self._before + n, line) for n, line in super().lines())

    def warn_of(self, bad: int) -> None:
        self.bad = bad
