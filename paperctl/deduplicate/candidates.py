"""From blocking keys to candidate pairs: sort, then a window over each block (Hernández & Stolfo 1995,
"The merge/purge problem"). A block of n records gives at most n times the window pairs, whatever the data.

A key and the record it belongs to are one 64-bit number, `crc32(key) << 32 | index`, so that sorting
an array makes the blocks. A clash of two checksums costs one comparison, no more.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from paperctl.deduplicate import thresholds, titles
from paperctl.deduplicate.blocking import keys
from paperctl.deduplicate.entries import Entries, is_merged
from paperctl.record import Paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Packed = NDArray[np.uint64]
    Pairs = NDArray[np.uint64]
    Column = NDArray[Any]

# Kinds that are reason enough to judge a pair; of the other kinds the titles must be alike at a glance.
_KIND_OF = dict.fromkeys("dxmtpbz", 0) | dict.fromkeys("hea", 1) | {"w": 2}
_TITLE = "t"
_BATCH = 4096


class Table(NamedTuple):
    """The packed keys of a range of records, each array sorted: firm, loose, and pairs of title words."""

    firm: Packed
    loose: Packed
    weak: Packed


class Scan(NamedTuple):
    """What one reading of a range of records gives: their keys, flat titles, and which are merged papers."""

    table: Table
    flats: list[str]
    merged: list[int]


class Scanned(NamedTuple):
    """What `steps.prepared` made of a range of records, where a caller kept it: in other words, a `Scan` that
    is done, before it is put together."""

    orders: Sequence[str]
    flats: Sequence[str]
    keys: Sequence[bytes]
    """The numbers of the keys, of 64 bits each."""


class Candidates(NamedTuple):
    """Pairs as `lower << 32 | higher`, ascending, each once; `loose` are worth a glance at the titles."""

    firm: Pairs
    loose: Pairs


def table(records: Sequence[Paper], start: int, stop: int) -> Table:
    """The packed keys of `records[start:stop]`."""
    return scan(records, start, stop).table


def scan(records: Sequence[Paper], start: int, stop: int) -> Scan:
    """Read `records[start:stop]` once."""
    import numpy as np

    parts: tuple[list[Packed], ...] = ([], [], [])
    flats, merged = [], []
    for begin in range(start, stop, _BATCH):
        sums: tuple[list[int], ...] = ([], [], [])
        for index in range(begin, min(begin + _BATCH, stop)):
            record = records[index]
            if is_merged(record):
                merged.append(index)
            flat = None
            for key in keys(record):
                if flat is None and key[0] == _TITLE:
                    flat = key[2:]
                sums[_KIND_OF[key[0]]].append(_checksum(key) << 32 | index)
            flats.append(flat or "")
        for part, some in zip(parts, sums, strict=True):
            part.append(np.array(some, dtype=np.uint64))
    joined = Table(*(np.concatenate(p) if p else np.empty(0, np.uint64) for p in parts))
    return Scan(merge_tables([joined]), flats, merged)


def scan_of(scanned: Scanned, start: int) -> Scan:
    """The scan of records from `start` on; none of them is a merged paper."""
    import numpy as np

    counts = np.fromiter(map(len, scanned.keys), np.int64, len(scanned.keys)) // 8
    numbers = np.frombuffer(b"".join(scanned.keys), np.uint64)
    rows = np.repeat(np.arange(start, start + len(counts), dtype=np.uint64), counts)
    kinds, packed = numbers >> np.uint64(32), numbers << np.uint64(32) | rows
    table = Table(*(_ascending(packed[kinds == kind]) for kind in range(len(Table._fields))))
    return Scan(table, list(scanned.flats), [])


def hashed(keys: Iterable[str]) -> list[int]:
    """Each key as a number, ascending, each once: its place in a `Table`, that of its kind, above its
    checksum, which names its block."""
    return sorted({_KIND_OF[key[0]] << 32 | _checksum(key) for key in keys})


def _checksum(key: str) -> int:
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))


def merge_tables(tables: Sequence[Table]) -> Table:
    """One sorted table of several."""
    return Table(*(_ascending(*arrays) for arrays in zip(*tables, strict=True)))


def renumbered(keys_: Table, numbers: Sequence[int | None]) -> Table:
    """The table with the keys of record n under `numbers[n]`: records that became one have one number, and
    those of None are left out."""
    import numpy as np

    low = np.uint64(0xFFFFFFFF)
    now = np.array([low if n is None else n for n in numbers], np.uint64)

    def moved(packed: Packed) -> Packed:
        to = now[packed & low]
        return _ascending((packed & ~low | to)[to != low])

    return Table(*map(moved, keys_))


def _ascending(*arrays: Packed) -> Packed:
    """The numbers of all the arrays, ascending, each once. `np.unique` would hash them first, which takes
    ten times as long; a stable sort finds the parts that are sorted already."""
    import numpy as np

    joined = np.concatenate([np.empty(0, np.uint64), *arrays])
    joined.sort(kind="stable")
    once: Packed = joined[np.diff(joined, prepend=~joined[:1]) != 0]
    return once


def with_title(title: str, keys_: Table) -> list[int]:
    """The records that have a title's whole title key, and with them now and then another."""
    import numpy as np

    flat = "".join(titles.core(title))
    block = np.uint64(_checksum(f"{_TITLE}:{flat}") << 32)
    low = np.searchsorted(keys_.firm, block)
    high = np.searchsorted(keys_.firm, block | np.uint64(0xFFFFFFFF), side="right")
    found: list[int] = (keys_.firm[low:high] & np.uint64(0xFFFFFFFF)).tolist()
    return found


def blocks_of(n: int, keys_: Table) -> Table:
    """The part of a table that has the keys of record n, with all the records that share one."""
    import numpy as np

    def shared(packed: Packed) -> Packed:
        sums = packed >> np.uint64(32)
        return packed[np.isin(sums, sums[packed & np.uint64(0xFFFFFFFF) == n])]

    return Table(*map(shared, keys_))


def pairs_within(keys_: Table) -> Candidates:
    """The candidate pairs of one table."""
    return _candidates(
        _window(keys_.firm, 0),
        [*_window(keys_.loose, 0), *_window(keys_.weak, thresholds.LARGEST_WEAK_BLOCK)],
    )


def _candidates(firm: list[Pairs], loose: list[Pairs]) -> Candidates:
    import numpy as np

    sure = _ascending(*firm)
    return Candidates(sure, np.setdiff1d(_ascending(*loose), sure, assume_unique=True))


def both(a: Candidates, b: Candidates) -> Candidates:
    """The candidates of both."""
    return _candidates([a.firm, b.firm], [a.loose, b.loose])


def ends(pairs: Candidates) -> list[int]:
    """The records that stand in a pair."""
    import numpy as np

    low = np.uint64(0xFFFFFFFF)
    both_ends = (end for kind in pairs for end in (kind >> np.uint64(32), kind & low))
    found: list[int] = _ascending(*both_ends).tolist()
    return found


def without(papers: Candidates, settled: Iterable[tuple[int, int]]) -> Candidates:
    """The candidate pairs that are not settled."""
    import numpy as np

    known = np.array([a << 32 | b for a, b in settled], np.uint64)
    return Candidates(*(pairs[~np.isin(pairs, known)] for pairs in papers)) if len(known) else papers


def of_entries(papers: Candidates, entries: Entries) -> Candidates:
    """The candidate pairs with each entry of a merged paper in the paper's place."""
    return (
        Candidates(*(_taken_apart(pairs, entries.numbers) for pairs in papers)) if entries.numbers else papers
    )


def _taken_apart(pairs: Pairs, numbers: Mapping[int, Sequence[int]]) -> Pairs:
    import numpy as np

    merged = np.fromiter(numbers, np.uint64, len(numbers))
    low, high = pairs >> np.uint64(32), pairs & np.uint64(0xFFFFFFFF)
    apart = np.isin(low, merged) | np.isin(high, merged)
    between = [
        min(a, b) << 32 | max(a, b)
        for i, j in zip(low[apart].tolist(), high[apart].tolist(), strict=True)
        for a, b in itertools.product(numbers.get(i, (i,)), numbers.get(j, (j,)))
    ]
    return _ascending(pairs[~apart], np.array(between, dtype=np.uint64))


def _window(packed: Packed, largest: int) -> list[Pairs]:
    import numpy as np

    sums = (packed >> np.uint64(32)).astype(np.uint32)
    return [_pack(a, b) for a, b in window(sums, packed & np.uint64(0xFFFFFFFF), largest)]


def window(blocks: Column, rows: Column, largest: int) -> Iterator[tuple[Column, Column]]:
    """Each row with those that follow it in its block; both arrays are in order. Blocks of more rows than
    `largest` are left out, if that is not 0."""
    if largest and len(blocks):
        keep = _block_sizes(blocks) <= largest
        blocks, rows = blocks[keep], rows[keep]
    for step in range(1, thresholds.WINDOW + 1):
        same = blocks[:-step] == blocks[step:]
        if not same.any():
            break
        yield rows[:-step][same], rows[step:][same]


def _block_sizes(sums: Column) -> NDArray[np.int64]:
    """For each entry of a sorted array how many are equal to it."""
    import numpy as np

    starts = np.flatnonzero(np.concatenate(([True], sums[1:] != sums[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(sums)])))
    return np.repeat(sizes, sizes)


def _pack(a: Pairs, b: Pairs) -> Pairs:
    import numpy as np

    low, high = np.minimum(a, b), np.maximum(a, b)
    packed: Pairs = (low << np.uint64(32) | high)[low != high]
    return packed


def pairs_between(stored: Table, new: Table) -> Candidates:
    """The candidate pairs of new records with stored ones: each new key looks its block up by bisection."""
    found = [
        _between(*arrays) for arrays in zip(stored, new, (0, 0, thresholds.LARGEST_WEAK_BLOCK), strict=True)
    ]
    return _candidates([found[0]], found[1:])


def _between(have: Packed, want: Packed, largest: int) -> Pairs:
    import numpy as np

    sums = want >> np.uint64(32) << np.uint64(32)
    low = np.searchsorted(have, sums)
    high = np.searchsorted(have, sums | np.uint64(0xFFFFFFFF), side="right")
    if largest:
        low = np.where(high - low <= largest, low, high)
    low = np.maximum(low, high - thresholds.WINDOW)
    counts = high - low
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    at = np.repeat(low, counts) + offsets
    return _pack(have[at] & np.uint64(0xFFFFFFFF), np.repeat(want & np.uint64(0xFFFFFFFF), counts))
