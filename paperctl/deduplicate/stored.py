"""The keys of a store's papers in a file, so that adding papers does not read the whole store.

Derived: deleting it loses nothing but the time to make it again. It holds the sorted key table that
`plan(..., stored=…)` takes, mapped into memory. It is good for one state of the store, named by the
caller's `stamp` (size and time of the store's file, a checksum, a counter), for one number of records
and for one version of the rules; for anything else, and if it is damaged, it is made again.
"""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from paperctl.deduplicate.blocking import keys
from paperctl.deduplicate.candidates import Table
from paperctl.deduplicate.judging import key_table
from paperctl.record import FACTS

SAMPLE: tuple[Mapping[str, Any], ...] = (
    {
        "title": "Tide mills of the northern coast: who kept the <i>sluice</i> gate? (extended abstract)",
        "authors": ["Nora van der Quist", "Hron, P.", "BELLO A"],
        "year": 2016,
        "doi": "https://doi.org/10.9999/JMS.21.88/full",
        "arxiv_id": "1601.00012v3",
        "abstract": "The walls were surveyed by boat at forty sites, and old leases were read for the names. "
        * 3,
        "extra": {
            "volume": "21 (2 Suppl 1)",
            "number": "2",
            "pages": "S88-104, e17",
            "pmid": "PMID: 30000001",
        },
    },
    {
        "title": "[Gezeitenmühlen und ihre Hüter im Norden]. [German]",
        "authors": ["Müller-Lüdenscheidt, Ä."],
        "year": 1999,
    },
    {
        "title": "Erratum: β2 agonists, $R^*$-trees and part II (vol 14, pg 101, 2015)",
        "authors": ["Anonymous"],
    },
    {"title": "Keepers of a weir", "doi": "10.6084/m9.figshare.4100002.v3"},
    {"title": "Editorial", "year": 2010, "extra": {"volume": "2010", "pages": "2297-2108"}},
    {
        "title": "潮汐磨坊的守护者 = Keepers of the tide mills of the north",
        "authors": ["王伟"],
        "abstract": "Short.",
    },
    {
        "title": "Sluices of the far north = Nos vieilles écluses lointaines",
        "authors": ["WinterAB"],
        "year": 2001,
        "extra": {"pages": "88-104"},
    },
    {
        "title": "Keepers of the weirs: full version",
        "authors": ["AdaWinter"],
        "year": 2002,
        "extra": {"volume": "7", "pages": "831-5, 000, x"},
    },
    {"title": "[13C] in mill ponds", "authors": ["Ada Winter andB"], "year": 2003},
    {"title": "Eels of old weirs = Anguilles des barrages", "authors": ["\ufffdzsu, A"], "year": 2004},
    {"title": "[Of the eels in a mill pond] A note on weirs", "authors": ["-", "Moe, D."], "year": 2006},
    {"title": "[Of the eels in tide ponds] Another note here", "authors": ["Anonymous"], "year": 2007},
    {"title": "Keepers of weirs [Hüter der alten Wehre]"},
    {"title": "Mills [of the coast] in winter+", "authors": ["Anonymous", "Moe, D."], "year": 2005},
    {"title": "[Old ponds]", "extra": {"volume": "12", "pages": "Jan-14"}, "doi": "10.9999/x", "pmid": "7"},
    {**FACTS, "title": "Otters at the gate", "sources": [{}, {"own": {"title": "Otters at the old gate"}}]},
    {"title": ""},
)
"""Records that need every kind of key and every rule that makes one: a change of a rule that none of them
needs would go unnoticed."""


@functools.cache
def version() -> str:
    """What names the rules of `keys`: a checksum of the keys of `SAMPLE`, and of how they are packed. A file
    that other rules made is not taken for one of these."""
    made = "\n".join(key for record in SAMPLE for key in keys(record))
    packed = key_table(SAMPLE, 0, len(SAMPLE))
    sums = (zlib.crc32(part.astype("<u8").tobytes()) for part in packed)
    return f"paperctl keys {zlib.crc32(made.encode()):08x}{functools.reduce(lambda a, b: a ^ b, sums):08x}"


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
    """Write the table to the file, or leave no file if that fails; readers see the old or the new one."""
    sizes = "+".join(str(len(part)) for part in table)
    parts = [part.astype("<u8", copy=False).data for part in table]
    checksum = functools.reduce(lambda sum_, part: zlib.crc32(part, sum_), parts, 0)
    header = f"{_header_text(count, stamp, checksum)} {sizes}\n".encode("ascii")
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.tmp-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(header.ljust(_HEADER, b"\0"))
                file.writelines(parts)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _header_text(count: int, stamp: str, checksum: int) -> str:
    return f"{version()} {count} {zlib.crc32(stamp.encode('utf-8', 'surrogatepass')):08x} {checksum:08x}"
