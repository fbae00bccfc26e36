"""The keys of a store's papers in a file, so that adding papers does not read the whole store.

Derived: deleting it loses nothing but the time to make it again. It holds the sorted key table that
`plan(..., stored=…)` takes, and is mapped into memory, not read. It is good for one state of the
store, named by the caller's `stamp` (size and time of the store's file, a checksum, a counter), for
one number of records and for one version of the rules; for anything else it is made again.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from paperctl.dedupe.candidates import Table, merge_tables
from paperctl.dedupe.planning import key_table

FORMAT = "paperctl keys 3"
"""Changes with the rules of `keys`: an older file is then not taken for a newer one."""

_HEADER = 256


def stored_keys(path: Path, records: Sequence[Mapping[str, Any]], count: int, stamp: str) -> Table:
    """The key table of `records[:count]`: from the file at `path` if it is good, else made and written there.

    A file that cannot be written (a full disk, a read-only folder) costs only time.
    """
    found = load_keys(path, count, stamp)
    if found is None:
        found = key_table(records, 0, count)
        save_keys(path, found, count, stamp)
    return found


def load_keys(path: Path, count: int, stamp: str) -> Table | None:
    """The table in the file if it was made for this state of the store, else None."""
    import numpy as np

    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
        size = path.stat().st_size
    except OSError:
        return None
    words = header.rstrip(b"\0\n").decode("ascii", "replace").rpartition(" ")
    if words[0] != _header_text(count, stamp):
        return None
    try:
        sizes = [int(n) for n in words[2].split("+")]
    except ValueError:
        return None
    if len(sizes) != len(Table._fields) or size != _HEADER + 8 * sum(sizes):
        return None
    mapped = np.memmap(path, dtype="<u8", mode="r", offset=_HEADER) if sum(sizes) else np.empty(0, np.uint64)
    parts = np.split(mapped, np.cumsum(sizes)[:-1])
    return Table(*parts)


def save_keys(path: Path, keys: Table, count: int, stamp: str) -> None:
    """Write the table to the file, or leave no file if that fails; readers see the old or the new one."""
    sizes = "+".join(str(len(part)) for part in keys)
    header = f"{_header_text(count, stamp)} {sizes}\n".encode("ascii").ljust(_HEADER, b"\0")
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(header)
                for part in keys:
                    file.write(part.astype("<u8", copy=False).tobytes())
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def with_new(
    keys: Table, records: Sequence[Mapping[str, Any]], known: int, changed: Iterable[int] = ()
) -> Table:
    """The table of all records, given that of `records[:known]` before those `changed` were: what to
    save with the new ones. Keys that a changed record no longer has stay; they only cost a comparison."""
    return merge_tables([keys, key_table(records, known, len(records)), _table_of(records, list(changed))])


def _table_of(records: Sequence[Mapping[str, Any]], numbers: Sequence[int]) -> Table:
    """The key table of the records with these numbers."""
    import numpy as np

    places, low = np.array(numbers, np.uint64), np.uint64(0xFFFFFFFF)
    parts = key_table([records[n] for n in numbers], 0, len(numbers))
    return Table(*(part & ~low | places[part & low] for part in parts))


def _header_text(count: int, stamp: str) -> str:
    return f"{FORMAT} {count} {zlib.crc32(stamp.encode('utf-8', 'surrogatepass')):08x}"
