"""A key table in a file. Derived: deleting it loses nothing but the time to make it again.

It holds the sorted key table that `plan(..., stored=…)` takes, mapped into memory. It is good for one state
of the store, named by the caller's `stamp` (size and time of the store's file, a checksum, a counter), for
one number of records and for one version of the rules; for anything else, and if it is damaged, it is made
again.
"""

from __future__ import annotations

import contextlib
import functools
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from paperctl.deduplicate.key_rules import version
from paperctl.errors import StoreError
from paperctl.store.files import write_whole

if TYPE_CHECKING:
    from paperctl.deduplicate.candidates import Table

_HEADER = 256


def load_keys(path: Path, count: int, stamp: str) -> Table | None:
    """The table in the file if it was made for this state of the store, else None."""
    import numpy as np

    from paperctl.deduplicate.candidates import Table

    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
        size = path.stat().st_size
    except OSError:
        return None
    made_for, _, lengths = header.rstrip(b"\0\n").decode("ascii", "replace").rpartition(" ")
    try:
        sizes = [int(n) for n in lengths.split("+")]
    except ValueError:
        return None
    if len(sizes) != len(Table._fields) or not sum(sizes) or size != _HEADER + 8 * sum(sizes):
        return None
    mapped = np.memmap(path, dtype="<u8", mode="r", offset=_HEADER)
    if made_for != _header_text(count, stamp, zlib.crc32(mapped.data)):
        return None
    return Table(*np.split(mapped, np.cumsum(sizes)[:-1]))


def save_keys(path: Path, table: Table, count: int, stamp: str) -> None:
    """Writes the table to the file, or leaves it as it was; readers see the old or the new one."""
    sizes = "+".join(str(len(part)) for part in table)
    parts = [part.astype("<u8", copy=False).view("u1").data for part in table]
    checksum = functools.reduce(lambda sum_, part: zlib.crc32(part, sum_), parts, 0)
    header = f"{_header_text(count, stamp, checksum)} {sizes}\n".encode("ascii")
    with contextlib.suppress(StoreError):  # a full disk or a read-only folder costs only time
        write_whole(path, [header.ljust(_HEADER, b"\0"), *parts], sync=False)


def _header_text(count: int, stamp: str, checksum: int) -> str:
    return f"{version()} {count} {zlib.crc32(stamp.encode('utf-8', 'surrogatepass')):08x} {checksum:08x}"
