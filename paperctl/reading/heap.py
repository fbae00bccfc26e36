"""Where packed entries wait: in memory while they are few, then in a file that is gone when they are."""

from __future__ import annotations

import os
import tempfile

IN_MEMORY = 256 << 20
"""Bytes from which entries go to the disk; they need half of what a load of so many takes."""
_LENGTH_BITS = 32

Place = bytes | int
"""The bytes themselves, or where they stand in the file, and their length."""


class Heap:
    """Bytes that are put away. Forked processes may get them, too."""

    def __init__(self) -> None:
        self._left = IN_MEMORY
        self._file: int | None = None
        self._end = 0

    def put(self, data: bytes) -> Place:
        """Keeps bytes; gives what `get` takes for them."""
        self._left -= len(data)
        if self._left >= 0:
            return data
        try:
            if self._file is None:
                with tempfile.TemporaryFile() as file:
                    self._file = os.dup(file.fileno())
            place = self._end << _LENGTH_BITS | len(data)
            if os.pwrite(self._file, data, self._end) != len(data):
                return data
        except OSError:  # no room there: then in memory
            return data
        self._end += len(data)
        return place

    def get(self, place: Place) -> bytes:
        if isinstance(place, bytes):
            return place
        assert self._file is not None
        return os.pread(self._file, place & (1 << _LENGTH_BITS) - 1, place >> _LENGTH_BITS)

    def __del__(self) -> None:
        if self._file is not None:
            os.close(self._file)
