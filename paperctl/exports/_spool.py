"""Records that must be seen twice wait on disk: an export of a million papers stays flat in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import msgspec

from paperctl.record import Record

_MEMORY = 1 << 24


@contextmanager
def spooled(records: Iterable[Record], look: Callable[[Record], object]) -> Iterator[Iterator[Record]]:
    """Calls `look` with every record, then gives the records once more."""
    encode, decode = msgspec.json.Encoder().encode, msgspec.json.Decoder().decode
    with tempfile.SpooledTemporaryFile(_MEMORY) as spool:
        for record in records:
            look(record)
            spool.write(encode(record) + b"\n")
        spool.seek(0)
        yield (decode(line) for line in spool)
